"""What the last build came to, and the way on which open pages hear of the next one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from threading import Condition


@dataclass(frozen=True, slots=True)
class State:
    """Hold what there is to show: `site` names what the last good build made, `builds` counts all builds.

    `errors` are the facts of those that the last build met.
    """

    site: str
    builds: int = 0
    errors: tuple[Mapping[str, str | int | None], ...] = ()

    @property
    def as_json(self) -> str:
        """Return the state on one line, for a page."""
        return json.dumps(asdict(self), ensure_ascii=False)


class Channel:
    """Pass the state from the thread that builds to those that answer pages."""

    def __init__(self) -> None:
        # A page that is open while Octavo is started again at the same port shall not take the new site for its own.
        self._session = secrets.token_hex(4)
        self._condition = Condition()
        self._state = State(self._site(0))
        self._closed = False

    def _site(self, builds: int) -> str:
        return f"{self._session}-{builds}"

    @property
    def state(self) -> State:
        """Return what there is now."""
        return self._state

    @property
    def closed(self) -> bool:
        """Tell whether nothing will come any more."""
        return self._closed

    def tell(self, errors: Sequence[Mapping[str, str | int | None]], *, changed: bool) -> None:
        """Say that a build is over, what was wrong, and whether the site is another now."""
        with self._condition:
            builds = self._state.builds + 1
            site = self._site(builds) if changed else self._state.site
            self._state = replace(self._state, site=site, builds=builds, errors=tuple(errors))
            self._condition.notify_all()

    def wait(self, builds: int, seconds: float) -> State | None:
        """Return the state once there were more than so many builds, or None after so many seconds or at the end."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._state.builds > builds, seconds)
            return self._state if self._state.builds > builds and not self._closed else None

    def close(self) -> None:
        """Let everyone go who waits."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

"""What the last build came to, and the way on which open pages hear of the next one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Condition
from typing import TypeAlias

Facts: TypeAlias = Mapping[str, str | int | None]  # of a diagnostic


@dataclass(frozen=True, slots=True)
class State:
    """Hold what there is to show: `site` names what the last good build made, `builds` counts all builds.

    `errors` are the facts of those that the last build met; `page` is the page of a PDF whose text changed last.
    """

    site: str
    builds: int = 0
    errors: tuple[Facts, ...] = ()
    page: int | None = None

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
        self._watching = 0

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

    @property
    def is_watched(self) -> bool:
        """Tell whether somebody has a page open that hears of builds."""
        return self._watching > 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count somebody who has a page open meanwhile."""
        with self._condition:
            self._watching += 1
        try:
            yield
        finally:
            with self._condition:
                self._watching -= 1

    def tell(self, errors: Sequence[Facts], *, changed: bool = False, page: int | None = None) -> None:
        """Say that a build is over, what was wrong, whether what is shown is another now, and where."""
        with self._condition:
            builds = self._state.builds + 1
            site = self._site(builds) if changed else self._state.site
            self._state = State(site=site, builds=builds, errors=tuple(errors), page=page or self._state.page)
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


@dataclass(frozen=True, slots=True)
class Printed:
    """Name a PDF that is shown, and the book that it is of."""

    file: Path
    title: str
    language: str


class PdfChannel(Channel):
    """Pass the state of the PDF, and which file it is."""

    printed: Printed | None = None

    def show(self, printed: Printed, page: int | None) -> None:
        """Say that there is another PDF, and on which page the text changed, if it did."""
        self.printed = printed
        self.tell((), changed=True, page=page)

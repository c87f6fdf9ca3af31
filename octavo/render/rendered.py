"""What was rendered of a book before, for a process that renders it again and again.

It is known by what it was rendered of, such as a chapter, which is the very same one where nothing in it has changed;
all else that it shows is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

from octavo.render.edition import Edition
from octavo.store import is_remembering, remember, remembered

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold what was rendered while all that it shows beside what it was rendered of was the same."""

    shown: tuple[object, ...]
    _made: dict[Hashable, tuple[object, object]] = field(default_factory=dict)

    def of(self, what: object, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is held under a key of this very thing, and is of one type, or else what `make` returns."""
        held = self._made.get(key)
        if held is None or held[0] is not what:
            held = self._made[key] = what, make()
        return held[1]  # type: ignore[return-value]


def rendered(kind: str, edition: Edition, shown: Callable[[], tuple[object, ...]]) -> Rendered:
    """Return what is held of a kind, or nothing yet where anything differs of what an edition and its `shown` are."""
    if not is_remembering():
        return Rendered(())
    name, now = f"{kind} {edition.book.files.root} {edition.slug}", (*edition.around, *shown())
    before = remembered("rendered", name, lambda: Rendered(now))
    if before.shown != now:
        before = Rendered(now)
        remember("rendered", name, before)
    return before

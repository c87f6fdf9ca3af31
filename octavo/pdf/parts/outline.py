"""The entries of the outline of all pages, one below another by their levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Item:
    """Hold an entry: its text, the page that it leads to and the place there, and the entries below it."""

    text: str
    page: int
    x: float
    y: float
    is_open: bool
    items: list[Item] = field(default_factory=list)

    @property
    def shown(self) -> int:
        """Return how many entries below this one are shown when it is open (ISO 32000-1, 12.3.3)."""
        return len(self.items) + sum(item.shown for item in self.items if item.is_open)


def outline(entries: Iterable[tuple[int, Item]]) -> list[Item]:
    """Return the entries at the top, from entries with their levels; a level that is skipped is not there."""
    top: list[Item] = []
    around: list[tuple[int, Item]] = []
    for level, item in entries:
        while around and around[-1][0] >= level:
            around.pop()
        (around[-1][1].items if around else top).append(item)
        around.append((level, item))
    return top


def flat(items: Iterable[Item]) -> Iterator[Item]:
    """Yield all entries, each before those below it."""
    for item in items:
        yield item
        yield from flat(item.items)

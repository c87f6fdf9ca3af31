"""The contents beside a page: every page of the book, and the sections of this one.

So they stay short where chapters have many sections. Where pages are very many, those in other parts are left out;
the page of a part lists them, and so does the first page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from octavo.render.contents import Entry

# As many as one finds one's way in at a glance or two.
MANY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Choose what stands beside a page; `current` is the heading it begins with, `begins` are those of all pages."""

    current: str | None
    begins: frozenset[str]

    def entries(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Return those of the contents that are wanted."""
        pages = sum(entry.heading.anchor in self.begins for entry in _all(entries))
        return self._chosen(entries, page=None, opened=True, few=pages <= MANY)

    def _chosen(self, entries: tuple[Entry, ...], *, page: str | None, opened: bool, few: bool) -> tuple[Entry, ...]:
        chosen = []
        for entry in entries:
            anchor = entry.heading.anchor
            begins = anchor in self.begins
            if not (opened if begins else page is not None and page == self.current):
                continue
            inside = few or any(each.heading.anchor == self.current for each in _all((entry,)))
            children = self._chosen(entry.children, page=anchor if begins else page, opened=inside, few=few)
            chosen.append(replace(entry, children=children))
        return tuple(chosen)


def _all(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _all(entry.children)

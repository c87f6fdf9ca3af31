"""Where an entry of the index leads to in one format: to pages where there are some, else to sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from octavo.document import CrossReference, IndexEntry, Locator
from octavo.render.page_breaks import entry_key

if TYPE_CHECKING:
    from octavo.render.target import Target

_SPAN = "–"
# So many pages in a row are a range, as printed indexes have it.
_ROW = 3


@dataclass(frozen=True, slots=True)
class Page:
    """Hold which page of the file something is on, from 0, and what is printed on it."""

    index: int
    label: str


@dataclass(frozen=True, slots=True)
class Place:
    """Hold what a reader is told, and the identifier that it leads to."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Hold a passage from one page to another; a `long` one was marked as such."""

    first: Page
    last: Page
    target: str
    long: bool

    @property
    def place(self) -> Place:
        one = self.first.index == self.last.index
        return Place(self.first.label if one else f"{self.first.label}{_SPAN}{self.last.label}", self.target)


def identifiers_of(entries: Iterable[IndexEntry]) -> Iterator[str]:
    """Yield the identifiers of entries and of all below them."""
    for entry in entries:
        yield entry.identifier
        yield from identifiers_of(entry.children)


def entry_variables(entry: IndexEntry, target: Target, marked: Callable[[str, Markup], Markup]) -> dict[str, object]:
    """Return what the template is given of an entry; `marked` marks the printed pages that begin with it."""
    return {
        "identifier": entry.identifier,
        "text": marked(entry_key(entry.identifier), escape(entry.text)),
        "locators": [{"href": target.href(place.target), "text": place.text} for place in target.locators(entry)],
        "see": _others(entry.see, target),
        "see_also": _others(entry.see_also, target),
        "children": [entry_variables(child, target, marked) for child in entry.children],
    }


def _others(references: Iterable[CrossReference], target: Target) -> list[dict[str, str | None]]:
    return [{"href": other.target and target.href(other.target), "text": other.text} for other in references]


def by_section(locators: Iterable[Locator]) -> list[Place]:
    """Return the sections that locators are in, each once."""
    targets: dict[str, str] = {}
    for locator in locators:
        targets.setdefault(locator.text, locator.target)
    return [Place(text, target) for text, target in targets.items()]


def by_page(locators: Iterable[Locator], pages: Mapping[str, Page]) -> list[Place]:
    """Return the pages that locators are on, each once, and three or more in a row as a range.

    Roman and Arabic numbers make no range together.
    """
    return [stretch.place for row in _rows(_joined(_stretches(locators, pages))) for stretch in _as_range(row)]


def _stretches(locators: Iterable[Locator], pages: Mapping[str, Page]) -> list[_Stretch]:
    found = []
    for locator in locators:
        if first := pages.get(locator.target):
            last = pages.get(locator.end or "", first)
            found.append(_Stretch(first, last, locator.target, last.index > first.index))
    return sorted(found, key=lambda stretch: (stretch.first.index, -stretch.last.index))


def _joined(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Yield stretches without those that stand inside another, and as one those that overlap."""
    current: _Stretch | None = None
    for stretch in stretches:
        if current and stretch.first.index <= current.last.index:
            if stretch.last.index > current.last.index:
                current = replace(current, last=stretch.last)
            continue
        if current:
            yield current
        current = stretch
    if current:
        yield current


def _rows(stretches: Iterable[_Stretch]) -> Iterator[list[_Stretch]]:
    """Yield single pages that follow one another together, and all else alone."""
    row: list[_Stretch] = []
    for stretch in stretches:
        if row and not (_is_next(row[-1], stretch)):
            yield row
            row = []
        row.append(stretch)
    if row:
        yield row


def _is_next(one: _Stretch, other: _Stretch) -> bool:
    alike = one.first.label.isdigit() == other.first.label.isdigit()
    return alike and not (one.long or other.long) and other.first.index == one.last.index + 1


def _as_range(row: Sequence[_Stretch]) -> Sequence[_Stretch]:
    return [replace(row[0], last=row[-1].last)] if len(row) >= _ROW else row

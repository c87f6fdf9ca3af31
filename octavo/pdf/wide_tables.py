"""Tables that are wider than the text: found when they are laid out, set so that they fit, and reported.

In: laid-out pages. Out: for each table that is too wide the classes that the sheet sets it smaller with, on a page on
its side, or both, so that the book is laid out once more. Where that is not enough words are broken, with a warning:
what is beyond the edge of the page would be lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from octavo.diagnostics import Position, Report, Rule
from octavo.document import Document, Table, note_formats, walk_formats
from octavo.pdf.markup import classes_of

SMALLER, TURNED, BROKEN = "smaller", "landscape", "broken-words"  # classes of the sheet
_SMALLER = 0.84  # of the width, with the tokens small-table-size and small-cell beside table-size and cell
_TRIFLE = 0.5  # CSS pixels: measures are sums of rounded lengths
_AROUND = frozenset({"html", "body", "main", "section"})  # of what can stand on a page of its own
_HOW = {SMALLER: "in smaller letters", TURNED: "on a page on its side", BROKEN: "with words broken anywhere"}
_HINT = "give it fewer columns or shorter words"

T = TypeVar("T")
Fits = Mapping[Position, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WideTable:
    """Hold how wide a table is, how wide what it stands in is, and how much wider on its side, in CSS pixels."""

    place: Position | None
    needs: float
    room: float
    turning: float

    @property
    def ways(self) -> tuple[str, ...]:
        """Return the classes that let it fit; words are broken anywhere where nothing else does."""
        if self.needs * _SMALLER <= self.room:
            return (SMALLER,)
        if self.turning > 0 and self.needs <= self.room + self.turning:
            return (TURNED,)
        if self.turning > 0 and self.needs * _SMALLER <= self.room + self.turning:
            return (TURNED, SMALLER)
        return (TURNED, SMALLER, BROKEN) if self.turning > 0 else (SMALLER, BROKEN)


def wide_tables(pages: Iterable[Any], root: Element, document: Document) -> list[WideTable]:
    """Return the tables of laid-out pages that are wider than what they stand in."""
    found: dict[Element, tuple[float, float, float]] = {}
    for page in pages:
        sheet = page._page_box
        for holder, table in _tables(sheet):
            needs, room = float(table.border_width()), float(holder.width)
            if needs > room + _TRIFLE and needs > found.get(holder.element, (0.0, 0.0, 0.0))[0]:
                found[holder.element] = needs, room, float(sheet.margin_height() - sheet.margin_width())
    if not found:
        return []
    parents = {child: parent for parent in root.iter() for child in parent}
    places = _places(root, parents, document)
    return [
        WideTable(
            place=places.get(element),
            needs=needs,
            room=room,
            turning=turning if all(around.tag in _AROUND for around in _around(element, parents)) else 0.0,
        )
        for element, (needs, room, turning) in found.items()
    ]


def fits_of(tables: Iterable[WideTable]) -> dict[Position, tuple[str, ...]]:
    """Return how tables are set so that they fit, by their places."""
    return {table.place: table.ways for table in tables if table.place is not None}


def report_wide_tables(wide: Sequence[WideTable], fitted: Fits, report: Report) -> None:
    """Report the tables that were fitted into the page, and those that do not fit."""
    for place, ways in fitted.items():
        *others, last = (_HOW[way] for way in ways)
        how = f"{', '.join(others)} and {last}" if others else last
        if BROKEN in ways:
            report.add(Rule.TABLE_TOO_WIDE, place, f"the table is wider than the page, and is printed {how}", _HINT)
        else:
            hint = _HINT if TURNED in ways else f"{_HINT}, or put it into ::: {{.landscape}}"
            report.add(Rule.TABLE_FITTED, place, f"the table is wider than the text, and is printed {how}", hint)
    for table in wide:
        message = f"the table is {(table.needs - table.room) * 25.4 / 96:.0f} mm wider than there is room for"
        report.add(Rule.TABLE_TOO_WIDE, table.place, message, _HINT)


def _tables(box: Any, holder: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield the box around each table, and that of its rows."""
    from weasyprint.formatting_structure.boxes import TableBox  # noqa: PLC0415 (takes half a second to load)

    box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
    if box.element is not None and box.element.tag == "div" and "table" in classes_of(box.element):
        holder = box
    if isinstance(box, TableBox) and holder is not None:
        yield holder, box
    for child in getattr(box, "children", ()):
        yield from _tables(child, holder)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for name, item in pairs:
        found.setdefault(name, []).append(item)
    return found


def _around(element: Element, parents: Mapping[Element, Element]) -> Iterator[Element]:
    while (parent := parents.get(element)) is not None:
        yield parent
        element = parent


def _places(root: Element, parents: Mapping[Element, Element], document: Document) -> dict[Element, Position]:
    """Return where the tables of the markup were written: in the text, and in each note, they are in the same order."""
    elements = _grouped(
        (_note_of(element, parents), element)
        for main in root.iter("main")
        for element in main.iter("div")
        if "table" in classes_of(element)
    )
    nodes = _grouped(_nodes(document))
    return {
        element: node.position
        for note, group in elements.items()
        if len(group) == len(nodes.get(note, ()))
        for element, node in zip(group, nodes[note], strict=True)
    }


def _note_of(element: Element, parents: Mapping[Element, Element]) -> str:
    """Return the identifier of the note that an element stands in, or nothing."""
    notes = (around.get("id", "") for around in _around(element, parents) if "foot-note" in classes_of(around))
    return next(notes, "")


def _nodes(document: Document) -> Iterator[tuple[str, Table]]:
    """Yield the tables that the PDF shows, each with the note that it stands in."""
    called = note_formats(document)
    for chapter in document.chapters:
        roots = [("", child) for child in chapter.children] + [(note.identifier, note) for note in chapter.notes]
        for name, part in roots:
            for node, formats in walk_formats(part, called):
                if isinstance(node, Table) and "pdf" in formats:
                    yield name or "", node

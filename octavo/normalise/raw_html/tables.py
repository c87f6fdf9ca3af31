"""`<table>` → a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from octavo.diagnostics import Report
from octavo.document import Alignment, Block, Inline, Table, TableCell, TableRow
from octavo.normalise.raw_html.fragment import Element, Part, left_out
from octavo.normalise.raw_html.inlines import read_inlines
from octavo.normalise.raw_html.marks import read_marks, whole
from octavo.normalise.raw_html.words import trimmed
from octavo.normalise.raw_html.wrapping import Contents

_GROUPS = ("thead", "tbody", "tfoot")
_OF_CELL = ("align", "colspan", "rowspan")
_WIDEST = 1000  # as far as browsers heed colspan


def read_table(element: Element, contents: Contents, report: Report) -> tuple[Block, ...]:
    """Return a table; its head is `<thead>`, or else the rows at its top that hold headings alone."""
    groups = [part for part in element.children if isinstance(part, Element) and part.name in _GROUPS]
    head = [row for group in groups if group.name == "thead" for row in _rows(group, contents, report)]
    bodies = sorted((group for group in groups if group.name != "thead"), key=lambda group: group.name == "tfoot")
    rows = [row for group in bodies for row in _rows(group, contents, report)]
    if not head:
        count = next((index for index, row in enumerate(rows) if not _heads(row)), len(rows))
        head, rows = _cut(rows[:count]), rows[count:]
    if not head and not rows:
        left_out(report, element.position, "<table>", "nothing is in it")
        return ()
    marks = read_marks(element, report)
    table = Table(
        head=tuple(_plain(row) for row in head),
        rows=tuple(rows),
        caption=_caption(element.children, report),
        **marks.fields,
        position=element.position,
    )
    return (table,)


def _caption(parts: Iterable[Part], report: Report) -> tuple[Inline, ...]:
    for part in parts:
        if isinstance(part, Element) and part.name == "caption":
            read_marks(part, report)
            return trimmed(read_inlines(part.children, report))
    return ()


def _rows(group: Element, contents: Contents, report: Report) -> list[TableRow]:
    """Return the rows of a group; no cell reaches out of it."""
    read_marks(group, report)
    rows = []
    for part in group.children:
        if isinstance(part, Element) and part.name == "tr":
            read_marks(part, report)
            cells = tuple(_cell(cell, contents, report) for cell in _cells(part))
            if cells:
                rows.append(TableRow(cells=cells, position=part.position))
    return _cut(rows)


def _cut(rows: Sequence[TableRow]) -> list[TableRow]:
    """Return rows whose cells end with the last of them."""
    return [
        replace(row, cells=tuple(replace(cell, rows=min(cell.rows, len(rows) - index)) for cell in row.cells))
        for index, row in enumerate(rows)
    ]


def _cells(row: Element) -> Iterator[Element]:
    return (part for part in row.children if isinstance(part, Element) and part.name in ("td", "th"))


def _cell(element: Element, contents: Contents, report: Report) -> TableCell:
    align = element.attributes.get("align", "").lower()
    known = align in ("left", "center", "right")
    return TableCell(
        children=contents(element, _OF_CELL if known else _OF_CELL[1:]),
        alignment=cast(Alignment, align) if known else None,
        columns=min(max(whole(element, "colspan") or 1, 1), _WIDEST),
        rows=max(whole(element, "rowspan") or 1, 1),
        heading=element.name == "th",
        position=element.position,
    )


def _heads(row: TableRow) -> bool:
    return all(cell.heading for cell in row.cells)


def _plain(row: TableRow) -> TableRow:
    """Return a row of the head, whose cells need not say that they are headings."""
    return replace(row, cells=tuple(replace(cell, heading=False) for cell in row.cells))

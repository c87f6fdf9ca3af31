"""Tables with spans: a list of lists, whose outer items are rows and whose inner items are cells.

In: the list. Out: head and rows of a table. A cell that is `[…]{colspan=2}` or `{rowspan=2}` spans; `.header` makes
one a heading, `.left`, `.center` and `.right` align it. Rows of headings alone at the top are the head, without any the
first row is. Rows that are too short are filled, for tables with holes cannot be read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from octavo.diagnostics import Report, Rule
from octavo.document import Alignment, List, ListItem, Paragraph, Span, TableCell, TableRow

_ALIGNMENTS: dict[str, Alignment] = {"left": "left", "center": "center", "right": "right"}
_READ = frozenset({"header", *_ALIGNMENTS})
_SPANS = ("colspan", "rowspan")
_WIDEST = 1000  # what browsers allow (HTML, 4.9.11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Hold the rows of a table: those of its head and those below."""

    head: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]


def read_rows(table: List, report: Report) -> Rows | None:
    """Return the rows that a list of lists is; None, with a report, where one of its items is no list."""
    rows: list[TableRow] = []
    for item in table.items:
        match item.children:
            case (List(items=cells),):
                rows.append(TableRow(cells=tuple(_cell(cell, report) for cell in cells), position=item.position))
            case _:
                report.add(Rule.TABLE_IRREGULAR, item.position, "a row of a table is a list of its cells", "- - a cell")
                return None
    rows = list(_filled(rows, report))
    head = _head(rows)
    return Rows(head=tuple(rows[:head]), rows=tuple(rows[head:]))


def _cell(item: ListItem, report: Report) -> TableCell:
    first, *others = item.children or (None,)
    match first:
        case Paragraph(children=(Span() as span,)):
            rest = replace(
                span,
                classes=tuple(name for name in span.classes if name not in _READ),
                attributes=tuple(pair for pair in span.attributes if pair[0] not in _SPANS),
            )
            marked = rest.identifier or rest.classes or rest.attributes
            text = replace(first, children=(rest,) if marked else span.children)
            return TableCell(
                children=(text, *others),
                alignment=next((_ALIGNMENTS[name] for name in span.classes if name in _ALIGNMENTS), None),
                columns=_span(span, "colspan", report),
                rows=_span(span, "rowspan", report),
                heading="header" in span.classes,
                position=item.position,
            )
    return TableCell(children=item.children, position=item.position)


def _span(span: Span, name: str, report: Report) -> int:
    value = span.attribute(name) or "1"
    if value.isascii() and value.isdigit() and 1 <= int(value) <= _WIDEST:
        return int(value)
    report.add(Rule.TABLE_IRREGULAR, span.position, f"“{value}” is no {name}", "write how many it spans: 2")
    return 1


def _head(rows: Sequence[TableRow]) -> int:
    """Return how many rows are the head, none of whose cells may reach below it."""
    count = 0
    while count < len(rows) and all(cell.heading for cell in rows[count].cells):
        count += 1
    if not any(cell.heading for row in rows for cell in row.cells):
        count = 1
    index = 0
    while index < min(count, len(rows)):
        count = max(count, *(index + cell.rows for cell in rows[index].cells))
        index += 1
    return min(count, len(rows))


def _filled(rows: Sequence[TableRow], report: Report) -> Iterator[TableRow]:
    """Yield rows that are all as wide as the widest, and whose cells end with the table."""
    widths = _widths(rows)
    for left, (row, width) in enumerate(zip(rows, widths, strict=True)):
        below = len(rows) - left
        cells = tuple(replace(cell, rows=min(cell.rows, below)) for cell in row.cells)
        if cells != row.cells:
            message = "a cell spans more rows than there are; it ends with the table"
            report.add(Rule.TABLE_IRREGULAR, row.position, message)
        if missing := max(widths) - width:
            report.add(
                Rule.TABLE_IRREGULAR,
                row.position,
                f"this row is {width} columns wide and the widest {max(widths)}; an empty cell fills it",
                "count the columns that its cells span, and those that come from above",
            )
            cells += (TableCell(children=(), columns=missing, position=row.position),)
        yield row if cells == row.cells else replace(row, cells=cells)


def _widths(rows: Sequence[TableRow]) -> list[int]:
    """Return how many columns each row covers, with what spans into it from above (HTML, 4.9.12)."""
    widths: list[int] = []
    covered: list[int] = []  # for how many rows each column is covered yet
    for row in rows:
        covered = [max(count - 1, 0) for count in covered]
        column = 0
        for cell in row.cells:
            while column < len(covered) and covered[column]:
                column += 1
            covered += [0] * (column + cell.columns - len(covered))
            covered[column : column + cell.columns] = [cell.rows] * cell.columns
            column += cell.columns
        widths.append(sum(count > 0 for count in covered))
    return widths

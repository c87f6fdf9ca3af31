"""A finished PDF and its book → what is wrong with the pages, and how much of everything there is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from octavo.check.layout.counts import Counts
from octavo.check.layout.drawn import Drawn
from octavo.check.layout.faces import FontRules
from octavo.check.layout.leaves import PageRules
from octavo.check.layout.lines import LineRules
from octavo.check.layout.numbers import check_numbers
from octavo.check.layout.places import PlacedBlock, place_blocks
from octavo.check.layout.read import read_drawn
from octavo.check.layout.theme import Theme
from octavo.check.layout.written import Written
from octavo.diagnostics import Position, Report, Rule
from octavo.render.edition import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Hold what was counted, and for each file of the source its lines, in order, with the pages that they are on."""

    counts: Counts
    pages: Mapping[str, Sequence[tuple[int, str]]]

    def page_of(self, position: Position | None) -> str | None:
        """Return the number of the page where a place of the source is printed, or None where it is not known."""
        lines = self.pages.get(position.file, ()) if position else ()
        if position is None or not lines:
            return None
        at = bisect_right([line for line, _ in lines], position.line)
        return lines[max(at - 1, 0)][1]


def check_layout(edition: Edition, path: Path, report: Report) -> Layout | None:
    """Report what is wrong with the pages of a PDF; return what was counted, and which lines they hold.

    Raises ValueError where it cannot be read.
    """
    drawn, written, counts = read_drawn(path), Written(edition.document), Counts()
    if not drawn.blocks:
        return None  # without tags nobody knows what is text; that the text is missing is said elsewhere
    blocks = list(place_blocks(drawn, written))
    counts.pages = len(drawn.pages)
    theme, start = Theme.of(edition), Position(edition.document.position.file)
    rules = LineRules(drawn=drawn, written=written, theme=theme, report=report, counts=counts)
    rules.check(blocks)
    PageRules(drawn=drawn, report=report, counts=counts).check(blocks)
    check_numbers(drawn, edition.document, report, counts)
    FontRules(drawn=drawn, theme=theme, start=start, report=report).check(blocks)
    report.add(Rule.CHECK_LAYOUT, None, f"the PDF: {counts}")
    return Layout(counts=counts, pages=_pages(drawn, blocks))


def _pages(drawn: Drawn, blocks: Iterable[PlacedBlock]) -> dict[str, list[tuple[int, str]]]:
    """Return for each file of the source its lines, in order, each with the number of the page where it is printed."""
    found: dict[str, dict[int, int]] = {}
    for placed in (line for block in blocks for line in block.lines if line.offset is not None):
        found.setdefault(placed.position.file, {}).setdefault(placed.position.line, placed.line.page)
    pages = {}
    for file, lines in found.items():
        # A list of figures, or the index, says again what stands elsewhere: a line is on no later page than the next.
        numbers = list(accumulate((lines[line] for line in sorted(lines, reverse=True)), min))[::-1]
        pages[file] = [(line, drawn.pages[page].label) for line, page in zip(sorted(lines), numbers, strict=True)]
    return pages

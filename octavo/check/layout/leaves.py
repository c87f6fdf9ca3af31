"""The pages of the text: what is last on them, how much is on them, and what is beyond their edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from octavo.check.layout.counts import Counts
from octavo.check.layout.drawn import HEADINGS, NOTES, PICTURE, Area, Block, Drawn, Line
from octavo.check.layout.lines import SLACK, ink_left, ink_right, shown
from octavo.check.layout.places import PlacedBlock, PlacedLine
from octavo.diagnostics import Position, Report, Rule

_FEWEST = 3
_EDGE = 1.0  # points by which a picture may be larger than the type area


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """Hold the pages of a book against what a typesetter leaves on them."""

    drawn: Drawn
    report: Report
    counts: Counts

    def check(self, blocks: Sequence[PlacedBlock]) -> None:
        """Report what is wrong with the pages that the blocks are on, and count it."""
        flow: dict[int, list[tuple[Block, PlacedLine]]] = defaultdict(list)
        for placed in blocks:
            for line in placed.lines:
                self._check_edges(placed.block, line)
                if NOTES.isdisjoint(placed.block.roles):
                    flow[line.line.page].append((placed.block, line))
        pages = sorted(flow)
        # In PDF 2.0 the title of the book is none of its headings, and chapters are the first of them.
        openings = ("H1",) if any(block.role == "Title" for block in self.drawn.blocks) else ("H1", "H2")
        for page, following in pairwise(pages):
            last, next_one = flow[page][-1][0], flow[following][0][0]
            self._check_foot(*flow[page][-1], next_one)
            if last.chapter == next_one.chapter and next_one.role not in openings:
                self._check_amount(page, [line for _, line in flow[page]])

    def _check_foot(self, last: Block, line: PlacedLine, following: Block) -> None:
        """A heading must not be last on a page, unless there is nothing below it: its section is empty."""
        if last.role not in HEADINGS or last is following or _ends_before(last, following):
            return
        page = self.drawn.pages[line.line.page]
        if not any(line.line.base < ornament.top < page.area.bottom for ornament in page.ornaments):
            self.counts.headings += 1
            told = f"the heading “{shown(line.line)}” is last"
            self._say(Rule.CHECK_HEADING_LAST, line.line.page, told, line.position)

    def _check_amount(self, page: int, lines: Sequence[PlacedLine]) -> None:
        """A page on which no chapter ends must not be nearly empty, unless one of another shape is beside it."""
        rows = {round(line.line.base / 3) for line in lines}
        pictures = any(sign.text == PICTURE for line in lines for sign in line.line.shown)
        if len(rows) >= _FEWEST or pictures:
            return
        shapes = {_width(each.area) for each in self.drawn.pages[max(page - 1, 0) : page + 2]}
        if len(shapes) == 1:
            self.counts.sparse += 1
            self._say(Rule.CHECK_PAGE_SPARSE, page, f"only {len(rows)} of at least {_FEWEST} lines", lines[0].position)

    def _check_edges(self, block: Block, placed: PlacedLine) -> None:
        line, area = placed.line, self.drawn.pages[placed.line.page].area
        for picture in (box for page, box in block.pictures if page == line.page):
            if any(sign.text == PICTURE and sign.left == picture.left for sign in line.shown):
                beyond = list(_beyond(picture, area))
                if beyond:
                    self._say_outside(placed, "a picture", beyond[0])
        beyond = list(_line_beyond(line, area))
        if beyond:
            self._say_outside(placed, f"the line “{shown(line)}”", beyond[0])

    def _say_outside(self, placed: PlacedLine, what: str, beyond: tuple[str, float]) -> None:
        self.counts.outside += 1
        side, by = beyond
        told = f"{what} stands out of the type area, by {by:.1f} pt {side}"
        self._say(Rule.CHECK_TYPE_AREA, placed.line.page, told, placed.position)

    def _say(self, rule: Rule, page: int, what: str, position: Position) -> None:
        self.report.add(rule, position, f"the PDF, page {self.drawn.pages[page].label}: {what}")


def _ends_before(heading: Block, following: Block) -> bool:
    """Tell whether what follows a heading begins a section that is not below it."""
    if heading.chapter != following.chapter:
        return True
    return following.role in HEADINGS and HEADINGS.index(following.role) <= HEADINGS.index(heading.role)


def _width(area: Area) -> int:
    return round(area.right - area.left)


def _beyond(box: Area, area: Area) -> Iterator[tuple[str, float]]:
    distances = {
        "at the left": area.left - box.left,
        "at the top": area.top - box.top,
        "at the right": box.right - area.right,
        "at the foot": box.bottom - area.bottom,
    }
    return ((side, by) for side, by in distances.items() if by > _EDGE)


def _line_beyond(line: Line, area: Area) -> Iterator[tuple[str, float]]:
    signs = [sign for sign in line.shown if sign.text != PICTURE]
    if not signs:
        return
    left, right = area.left - ink_left(signs[0]), ink_right(signs[-1]) - area.right
    yield from ((f"at the {side}", by) for side, by in (("left", left), ("right", right)) if by > SLACK * line.size)
    top, foot = area.top - line.base, line.base - area.bottom
    yield from ((f"at the {side}", by) for side, by in (("top", top), ("foot", foot)) if by > 0)

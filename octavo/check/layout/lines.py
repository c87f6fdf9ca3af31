"""The lines of the text: their edges, the gaps in them, and how far the first ones are indented."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from octavo.check.layout.counts import Counts
from octavo.check.layout.drawn import PICTURE, Block, Drawn, Line, Sign
from octavo.check.layout.marks import CLOSING, OPENING, is_forbidden_first, is_forbidden_last, is_torn
from octavo.check.layout.places import PlacedBlock, PlacedLine
from octavo.check.layout.theme import Theme, points
from octavo.check.layout.written import Written
from octavo.diagnostics import Report, Rule

SLACK = 0.3  # em by which an edge may miss the measure
_WIDEST = 0.8  # em
_INDENT = 0.5  # points
_SHOWN = 16
# Blocks in these have margins of their own, or are not justified.
_INSETS = frozenset({"Aside", "Div"})
_RAGGED = frozenset({"Caption", "Index", "TD", "TH", "TOC", "Table"})
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# What stands at the beginning of a line and cannot be broken: one word, or one wide character with its marks.
_RUN = re.compile(rf"[{_WIDE}][，。、；：！？）》」』”’]*|[^\s{_WIDE}]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRules:
    """Hold the lines of a book against its theme and the rules of its script."""

    drawn: Drawn
    written: Written
    theme: Theme
    report: Report
    counts: Counts
    _edges: dict[tuple[object, int], float] = field(default_factory=lambda: defaultdict(float))

    def check(self, blocks: Sequence[PlacedBlock]) -> None:
        """Report what is wrong with the lines of the blocks, and count it."""
        for placed in blocks:
            if _INSETS.isdisjoint(placed.block.roles):
                continue
            for line in placed.lines:
                key = placed.block.container, line.line.page
                self._edges[key] = max(self._edges[key], line.line.right)
        for placed in blocks:
            self.counts.lines += len(placed.lines)
            self._check_marks(placed)
            if self._is_body(placed):
                self._check_body(placed)

    def _check_marks(self, placed: PlacedBlock) -> None:
        for before, after in pairwise(placed.lines):
            last, first = _edge(before.line, -1), _edge(after.line, 0)
            attached = after.offset is not None and not self.written.follows_space(after.offset)
            if first and is_forbidden_first(first, attached=attached):
                self._say_mark(after, f"begins with “{first}”")
            if last and is_forbidden_last(last, attached=attached):
                self._say_mark(before, f"ends with “{last}”")
            elif last and first and is_torn(last, first):
                self._say_mark(after, f"begins with the second half of “{last}{first}”")

    def _say_mark(self, placed: PlacedLine, what: str) -> None:
        self.counts.marks += 1
        self._say(Rule.CHECK_LINE_EDGE, placed, what, "write the sentence otherwise")

    def _is_body(self, placed: PlacedBlock) -> bool:
        block, first = placed.block, placed.lines[0]
        if block.role not in ("P", "LBody") or not _RAGGED.isdisjoint(block.roles):
            return False
        if block.is_equation or block.is_code:
            return False
        return first.offset is None or not self.written.is_ragged(first.offset)

    def _check_body(self, placed: PlacedBlock) -> None:
        self.counts.body += len(placed.lines)
        for line in placed.lines:
            self._check_gaps(line)
        for line, following in pairwise(placed.lines):
            if following.offset is None or not self.written.breaks_at(following.offset):
                self.counts.full += 1
                self._check_right(placed.block, line, following.line)
        self._check_indent(placed)

    def _check_gaps(self, placed: PlacedLine) -> None:
        widest = max(_gaps(placed.line), default=0.0) / placed.line.size
        if widest > _WIDEST:
            self.counts.gaps += 1
            self._say(Rule.CHECK_LINE_GAP, placed, f"has a gap of {widest:.1f} em")

    def _check_right(self, block: Block, placed: PlacedLine, following: Line) -> None:
        line = placed.line
        measure = self._measure(block, line)
        missing = measure - line.right
        if missing > SLACK * line.size:
            self.counts.short += 1
            if self.theme.justified:
                run = _RUN.match(following.text.lstrip())
                cause = f"; “{run[0]}” would not fit" if run else ""
                self._say(Rule.CHECK_LINE_SHORT, placed, f"ends {missing / line.size:.1f} em short{cause}")

    def _measure(self, block: Block, line: Line) -> float:
        if _INSETS.isdisjoint(block.roles):
            return self.drawn.pages[line.page].area.right
        return self._edges[block.container, line.page]

    def _check_indent(self, placed: PlacedBlock) -> None:
        block, line = placed.block, placed.lines[0].line
        if block.role != "P" or set(block.roles) - {"Document", "Part", "Art", "Sect", "P"}:
            return
        offset = placed.lines[0].offset
        if offset is None or self.written.is_inset(offset):
            return
        apart = block.before is None or block.before.role != "P" or block.before.is_equation
        first = apart or self.written.follows_rule(offset)
        size = max(sign.size for sign in line.signs)  # most of a short line may be raised
        wanted = points(self.theme.indent if first else self.theme.next_indent, size)
        found = line.left - self.drawn.pages[line.page].area.left
        if wanted is not None and abs(found - wanted) > _INDENT:
            self.counts.indents += 1
            told = f"is indented by {found:.1f} pt, not by {wanted:.1f} pt"
            self._say(Rule.CHECK_INDENT, placed.lines[0], told)

    def _say(self, rule: Rule, placed: PlacedLine, what: str, hint: str | None = None) -> None:
        label = self.drawn.pages[placed.line.page].label
        self.report.add(rule, placed.position, f"the PDF, page {label}: the line “{shown(placed.line)}” {what}", hint)


def shown(line: Line) -> str:
    """Return the beginning of a line, to be known by."""
    text = line.text.strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def ink_right(sign: Sign) -> float:
    """Return where the ink of a sign ends: a closing mark fills half of its full-width cell."""
    width = sign.right - sign.left
    return sign.left + width / 2 if sign.text in CLOSING and width > 0.8 * sign.size else sign.right


def ink_left(sign: Sign) -> float:
    """Return where the ink of a sign begins."""
    width = sign.right - sign.left
    return sign.left + width / 2 if sign.text in OPENING and width > 0.8 * sign.size else sign.left


def _edge(line: Line, index: int) -> str:
    """Return the character at an edge, or nothing where it is code, a picture or the call of a note."""
    sign = line.shown[index]
    return "" if sign.text == PICTURE or not sign.inside.isdisjoint({"Code", "Reference"}) else sign.text[index]


def _gaps(line: Line) -> Iterator[float]:
    return (after.left - before.right for before, after in pairwise(line.shown))

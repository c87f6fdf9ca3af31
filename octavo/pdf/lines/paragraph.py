"""A paragraph as WeasyPrint's tree of boxes has it → its characters, and what each of them allows where a line is set.

One character stands after the other, whatever box it is in: how wide each is, where a line may end, which gaps there
are and how far they give. A box that is no text, such as a formula, stands as one character.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import category

if TYPE_CHECKING:
    from octavo.pdf.lines.choose import Line
    from octavo.pdf.lines.ruby import Ruby

OBJECT = "\ufffc"
EMERGENCY_COST = 4000.0
_ENDS = " \n"
_COLUMN = 4.0  # em: what is narrower, as in a list deep in others, holds whole words or nothing that can be read


@dataclass(slots=True)
class Node:
    """Hold a box of a paragraph, and which characters are in it: those from `start` to before `end`."""

    box: Any
    start: int
    end: int
    children: Sequence[Node] = ()
    is_text: bool = False
    ruby: Ruby | None = None
    measured: tuple[float, Any] | None = None  # the measure in which its width was asked for, and the box as laid out


@dataclass(slots=True)
class Leaf:
    """Hold a text of a paragraph, or another box that stands in it as a character does."""

    node: Node
    text: str
    em: float
    is_code: bool = False
    is_label: bool = False  # a raised or lowered small text, such as the call of a note
    keeps_together: bool = False
    is_leader: bool = False
    proportional: list[tuple[int, int]] = field(default_factory=list)  # of its own characters


class Break(NamedTuple):
    """Allow a line to end before the character `at`, at a cost; with a hyphen if that has a width."""

    at: int
    cost: float = 0.0
    hyphen: float = 0.0
    forced: bool = False
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Gaps:
    """Hold the gap behind each character, what it takes with ease and what it can lose, in CSS pixels."""

    natural: Sequence[float]
    stretch: Sequence[float]
    shrink: Sequence[float]


class Start(NamedTuple):
    """Hold where a line begins, its content `at` a character that is no space, and the sums up to there."""

    first: int
    at: int
    offset: float
    stretch: float
    shrink: float


class Stop(NamedTuple):
    """Hold where a line may end, and the sums up to there: what it takes from the beginning of the paragraph on.

    The line holds what is before `end`; the next one begins at `at`. One that `may_be_short` need not fill the measure.
    """

    at: int
    end: int
    reach: float
    stretch: float
    shrink: float
    cost: float
    hyphen: float
    forced: bool
    is_emergency: bool
    may_be_short: bool


@dataclass(slots=True)
class Paragraph:
    """Hold a paragraph's characters: each sequence of which the name is plural has one item for each of them."""

    root: Node
    leaves: Sequence[Leaf]
    leaf_numbers: Sequence[int]
    text: str
    widths: Sequence[float]  # with the padding and the margins of the boxes that begin or end there
    bare_widths: Sequence[float]
    leadings: Sequence[float]  # the blank before a mark that it loses at the beginning of a line
    trailings: Sequence[float]  # the blank behind a mark that it loses at the end of a line
    gaps: Gaps
    em: float
    stops: list[Stop] = field(default_factory=list)
    plans: dict[tuple[float, float], dict[int, Line]] = field(default_factory=dict)
    _stops_in: dict[float, list[Stop]] = field(default_factory=dict)
    _sums: tuple[list[float], list[float], list[float]] = ([], [], [])
    _starts: dict[int, Start] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def before_each(values: Iterable[float]) -> list[float]:
            return list(accumulate(values, initial=0.0))

        advances = (width + gap for width, gap in zip(self.widths, self.gaps.natural, strict=True))
        self._sums = before_each(advances), before_each(self.gaps.stretch), before_each(self.gaps.shrink)

    def allow(self, breaks: Iterable[Break]) -> None:
        """Take in where lines may end, in order; the last one is the end of the paragraph."""
        self.stops = [self._stop(found) for found in breaks]

    def start(self, at: int) -> Start:
        """Return the beginning of a line that begins with the character `at`, or with the first that is no space."""
        if at not in self._starts:
            begin = at
            while begin < len(self.text) and self._is_dropped(begin):
                begin += 1
            pull = self.leadings[begin] if 0 < begin < len(self.text) else 0.0
            advance, stretch, shrink = (sums[begin] for sums in self._sums)
            self._starts[at] = Start(at, begin, advance + pull, stretch, shrink)
        return self._starts[at]

    def stops_in(self, measure: float, at: int) -> list[Stop]:
        """Return where lines of a width may end behind a character: inside of words too that are wider than a line."""
        if measure not in self._stops_in:
            self._stops_in[measure] = list(self._broken(measure)) if self._has_wide(measure) else self.stops
        stops = self._stops_in[measure]
        return stops[bisect_right(stops, at, key=lambda stop: stop.at) :]

    def leaf(self, index: int) -> Leaf:
        """Return the text that a character is in."""
        return self.leaves[self.leaf_numbers[index]]

    def _has_wide(self, measure: float) -> bool:
        """Tell whether a word may be wider than a line: few are, and what is between two of them is a part of it."""
        if measure < _COLUMN * self.em:
            return False
        before = 0.0
        for stop in self.stops:
            if stop.reach - before > measure:
                return True
            before = stop.reach - stop.hyphen
        return False

    def _broken(self, measure: float) -> Iterator[Stop]:
        begin = 0
        for stop in self.stops:
            if stop.reach - self.start(begin).offset > measure:
                inside = range(begin + 1, stop.end)
                yield from (
                    self._stop(Break(at, EMERGENCY_COST, is_emergency=True)) for at in inside if self._gives(at)
                )
            yield stop
            begin = stop.at

    def _gives(self, at: int) -> bool:
        """Tell whether a word that is too wide may be broken before a character: not before an accent of its own."""
        leaf = self.leaf(at)
        is_inside = leaf is self.leaf(at - 1) and leaf.node.is_text and not leaf.keeps_together
        return is_inside and leaf.node.box.style["overflow_wrap"] == "break-word" and category(self.text[at])[0] != "M"

    def _stop(self, found: Break) -> Stop:
        end = found.at
        while end > 0 and self._is_dropped(end - 1):
            end -= 1
        last = max(end - 1, 0)
        advances, stretches, shrinks = self._sums
        advance, stretch, shrink = advances[last], stretches[last], shrinks[last]
        reach = advance + self.widths[last] - self.trailings[last] + found.hyphen
        short = found.forced and self.root.box.style["text_align_last"] != "justify"
        return Stop(
            found.at, end, reach, stretch, shrink, found.cost, found.hyphen, found.forced, found.is_emergency, short
        )

    def _is_dropped(self, index: int) -> bool:
        """Tell whether a character is not printed at an end of a line: a space, or the end itself."""
        character = self.text[index]
        return character in _ENDS and (character == "\n" or not self.leaf(index).keeps_together)


def leaves_of(node: Node) -> Iterator[Node]:
    """Yield the nodes of texts and of boxes that stand as a character, in order."""
    if node.is_text or not node.children:
        if node.end > node.start:
            yield node
        return
    for child in node.children:
        yield from leaves_of(child)

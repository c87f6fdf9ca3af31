"""The lines of a paragraph, chosen together: D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines (1981).

In: where the lines of a paragraph may begin and end, and the measure. Out: where they do. One line after the other is
filled at first, and that is kept where all of them are good, as those of Han alone nearly always are; else the breaks
are chosen whose costs are the least in sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from octavo.pdf.lines.paragraph import Paragraph, Start, Stop

_GOOD = 0.7  # the ratio up to which a line that was filled is good enough
_EASY = 2.0  # the ratio up to which breaks are weighed at first; then any
_HOPELESS = 100.0  # the ratio of a line in which nothing gives
_CONSECUTIVE_HYPHENS = 30000.0
_SCRAP = 2.0  # em: a last line that is shorter is a scrap
_SCRAP_COST = 20000.0
_OVERFULL_COST = 1e12
_RAGGED = 5.0  # em: what a line that is not spread may lack before a word is hyphened for it
_HAIR = 0.01  # CSS pixels: a measure that is a sum of rounded margins


@dataclass(frozen=True, slots=True)
class Line:
    """Say which characters are on a line: from `start` to before `end`.

    With the spaces around them that are not printed they are those from `first` to before `next`.

    `ratio` says how much of what its gaps take with ease, or where it is negative of what they can lose, fills the
    measure; it is 0 where a line is not to fill it. `width` is what it takes without that, in CSS pixels.
    """

    first: int
    start: int
    end: int
    next: int
    hyphen: float
    ratio: float
    width: float
    is_last: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """Hold the best way to come to a break."""

    number: int  # of the break, or -1 for the beginning
    start: Start
    cost: float = 0.0
    before: _Way | None = None
    line: Line | None = None


def choose_lines(paragraph: Paragraph, at: int, measure: float, first: float, *, spread: bool) -> list[Line]:
    """Return the lines of a paragraph from the character `at` on.

    `measure` is how wide they are, `first` how wide the first one is; `spread` says that they are to fill that.
    """
    result: list[Line] = []
    for stops in _sections(paragraph.stops_in(measure, at)):
        widths = (measure if result else first, measure)
        lines = list(_fill(stops, paragraph, at, widths, least=-1 if spread else 0))
        if spread and not _are_good(lines, paragraph.em):
            lines = _weigh(stops, paragraph, at, widths, _EASY) or _weigh(stops, paragraph, at, widths, inf) or lines
        result += lines
        at = stops[-1].at
    return result


def _sections(stops: Sequence[Stop]) -> Iterator[Sequence[Stop]]:
    """Yield what may end a line, up to each end of a line that is forced, and that one."""
    begin = 0
    for number, stop in enumerate(stops):
        if stop.forced:
            yield stops[begin : number + 1]
            begin = number + 1


def _ratio(start: Start, stop: Stop, width: float) -> float:
    """Return by how much of what it has a line gives that fills a width: -1 is the most that it can lose."""
    slack = width - (stop.reach - start.offset)
    if -_HAIR <= slack <= _HAIR or (slack > 0 and stop.may_be_short):
        return 0.0
    if slack > 0:
        stretch = stop.stretch - start.stretch
        return min(slack / stretch, _HOPELESS) if stretch > _HAIR else _HOPELESS
    shrink = stop.shrink - start.shrink
    return slack / shrink if shrink > _HAIR else -inf


def _line(start: Start, stop: Stop, ratio: float) -> Line:
    end = max(stop.end, start.at)
    return Line(start.first, start.at, end, stop.at, stop.hyphen, ratio, stop.reach - start.offset, stop.forced)


def _fill(
    stops: Sequence[Stop], paragraph: Paragraph, at: int, widths: tuple[float, float], least: float
) -> Iterator[Line]:
    """Yield lines each of which holds as much as it can, with a ratio of at `least` that; at 0 none is spread."""
    width, measure = widths
    number, ragged = 0, _RAGGED * paragraph.em
    while number < len(stops):
        start = paragraph.start(at)
        best, of_best = number, -inf
        for candidate in range(number, len(stops)):
            ratio = _ratio(start, stops[candidate], width)
            if ratio < least and not stops[candidate].hyphen:
                break
            stop = stops[candidate]
            has_better = of_best > -inf and not stops[best].is_emergency
            if ratio < least or (stop.is_emergency and has_better):
                continue
            if stop.hyphen and not least and has_better and width - stops[best].reach + start.offset < ragged:
                continue
            if of_best == -inf or ratio >= 0 or -ratio < of_best:
                best, of_best = candidate, ratio
        yield _line(start, stops[best], of_best if least and of_best > -inf else 0.0)
        at, number, width = stops[best].at, best + 1, measure


def _are_good(lines: Sequence[Line], em: float) -> bool:
    """Tell whether filled lines are good: none is wide open or hyphened, the last is no scrap."""
    if any(abs(line.ratio) > _GOOD for line in lines) or any(line.hyphen for line in lines):
        return False
    return len(lines) == 1 or lines[-1].width >= _SCRAP * em


def _weigh(
    stops: Sequence[Stop], paragraph: Paragraph, at: int, widths: tuple[float, float], tolerance: float
) -> list[Line]:
    """Return the lines that cost the least; none where that is impossible within a tolerance."""
    active = [_Way(-1, paragraph.start(at))]
    for number, stop in enumerate(stops):
        best: _Way | None = None
        kept: list[_Way] = []
        for way in active:
            ratio = _ratio(way.start, stop, widths[way.number >= 0])
            if ratio >= -1 or stop.hyphen:
                kept.append(way)
            if ratio > tolerance or (ratio < -1 and way.number != number - 1):
                continue
            cost = way.cost + _cost(way, stop, ratio, paragraph.em)
            if best is None or cost < best.cost:
                best = _Way(number, way.start, cost, way, _line(way.start, stop, max(ratio, -1.0)))
        if best is not None:
            kept.append(_Way(number, paragraph.start(stop.at), best.cost, best.before, best.line))
        active = kept
        if stop.forced:
            return _lines_to(best)
    return []


def _cost(way: _Way, stop: Stop, ratio: float, em: float) -> float:
    if ratio < -1:
        return _OVERFULL_COST
    cost = float((1 + 100 * abs(ratio) ** 3 + stop.cost) ** 2)
    if stop.hyphen and way.line is not None and way.line.hyphen:
        cost += _CONSECUTIVE_HYPHENS
    if stop.forced and way.number >= 0 and stop.reach - way.start.offset < _SCRAP * em:
        cost += _SCRAP_COST
    return cost


def _lines_to(way: _Way | None) -> list[Line]:
    lines: list[Line] = []
    while way is not None and way.line is not None:
        lines.append(way.line)
        way = way.before
    return lines[::-1]

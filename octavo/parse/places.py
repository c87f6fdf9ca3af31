"""From offsets to lines and columns.

`Source` maps offsets in a file. `Places` maps offsets in the text of one block: what markdown-it took off the block's
lines (quotation marks, list markers, indentation, the backslashes before bars in tables) is counted in again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, dropwhile
from operator import itemgetter
from typing import TypeAlias

from markdown_it.common.utils import MD_TRIM_CHARS

from octavo.diagnostics import Position

# Pairs of an offset in a block's text and one in the source: from there on, both run in step.
Steps: TypeAlias = Sequence[tuple[int, int]]

_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED_BAR = re.compile(r"\\\|")


class Source:
    """Hold the text of one file, whose line ends are LF."""

    def __init__(self, file: str, text: str, place: Callable[[int], Position] | None = None) -> None:
        """Take the text; `place` says where its characters stand, if it is not a file of its own."""
        self.text = text
        self._file = file
        self._place = place
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))

    def position(self, offset: int) -> Position:
        """Return the line and column of a character."""
        if self._place:
            return self._place(offset)
        line = bisect_right(self._starts, offset)
        return Position(self._file, line, offset - self._starts[line - 1] + 1)

    def line_from(self, offset: int) -> str:
        """Return the rest of the line in which `offset` is."""
        end = self.text.find("\n", offset)
        return self.text[offset:] if end < 0 else self.text[offset:end]

    def text_from(self, offset: int) -> int:
        """Return where the text of a line begins that markdown-it has trimmed."""
        line = self.line_from(offset)
        return offset + len(line) - len(line.lstrip(MD_TRIM_CHARS))

    def last_before(self, offset: int) -> int:
        """Return where the last character before `offset` stands that is no space or tab."""
        offset -= 1
        while offset > 0 and self.text[offset] in " \t":
            offset -= 1
        return offset


_own = itemgetter(0)


class Places:
    """Map offsets in the text of one block to positions in its file."""

    def __init__(self, source: Source, steps: Steps) -> None:
        self._source = source
        self._steps = steps

    def at(self, offset: int) -> Position:
        """Return the position of the character at `offset`."""
        index = bisect_right(self._steps, offset, key=_own) - 1 if len(self._steps) > 1 else 0
        own, other = self._steps[max(index, 0)]
        return self._source.position(other + max(offset - own, 0))


def steps_of_lines(source: Source, text: str, offsets: Sequence[int]) -> Steps:
    """Return the steps of a block's text whose lines begin, behind their indentation, at `offsets`."""
    # Lines of no-break and full-width spaces are no blank lines, but trimmed from the text nevertheless.
    kept = list(dropwhile(lambda offset: not source.line_from(offset).strip(MD_TRIM_CHARS), offsets))
    first, *others = kept or offsets
    steps = [(0, source.text_from(first))]
    start = 0
    for line, offset in zip(text.split("\n"), (first, *others), strict=False):
        if start:
            steps.append((start + len(line) - len(line.lstrip(" \t")), offset))
        start += len(line) + 1
    return steps


def steps_of_cells(row: str, offset: int) -> Iterator[Steps]:
    """Yield the steps of each cell of a row that begins at `offset`.

    In a cell a bar is written `\\|`, and markdown-it gives the bar alone.
    """
    row = row.rstrip(MD_TRIM_CHARS)
    bars = [bar.start() for bar in _BAR.finditer(row)]
    starts, ends = [0, *(bar + 1 for bar in bars)], [*bars, len(row)]
    spans = list(zip(starts, ends, strict=True))
    # What is outside the outer bars is no cell.
    for start, end in spans[ends[0] == 0 : len(spans) - (starts[-1] == len(row))]:
        indent = len(row[start:end]) - len(row[start:end].lstrip(MD_TRIM_CHARS))
        yield _steps_of_cell(row[start + indent : end], offset + start + indent)


def _steps_of_cell(written: str, offset: int) -> Steps:
    escapes = enumerate(escape.start() for escape in _ESCAPED_BAR.finditer(written))
    return [(0, offset), *((start - before, offset + start + 1) for before, start in escapes)]

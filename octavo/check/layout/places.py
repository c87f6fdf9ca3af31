"""Which line of the source each line of a page comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from octavo.check.layout.drawn import Block, Drawn, Line
from octavo.check.layout.written import Written
from octavo.check.texts import squeeze
from octavo.diagnostics import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """Hold a line, where its text was written, and its offset there, or None where it stands nowhere in the source."""

    line: Line
    position: Position
    offset: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedBlock:
    """Hold a block with its lines in their places."""

    block: Block
    lines: tuple[PlacedLine, ...]


def place_blocks(drawn: Drawn, written: Written) -> Iterator[PlacedBlock]:
    """Yield the blocks of the text; what was generated stands at the place of what is before it."""
    last = written.position(0)
    for block in drawn.text_blocks():
        lines = []
        for line, offset in zip(block.lines, _offsets(block, written), strict=True):
            last = last if offset is None else written.position(offset)
            lines.append(PlacedLine(line=line, position=last, offset=offset))
        yield PlacedBlock(block=block, lines=tuple(lines))


def _offsets(block: Block, written: Written) -> list[int | None]:
    texts = [line.own_text for line in block.lines]
    start = written.find("".join(texts))
    if start is None:
        return [written.find(text) or written.find_part(text) for text in texts]
    lengths = [len(squeeze(text)) for text in texts]
    return [*accumulate(lengths[:-1], initial=start)]

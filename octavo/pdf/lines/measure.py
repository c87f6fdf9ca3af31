"""Text and its style → how wide each of its characters is, and the text as WeasyPrint draws it, with gaps of ours.

Widths are in CSS pixels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from octavo.pdf.lines.layout import SetLayout, Stretch


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold the width of each character of a text, and of the marks among them the blank before and behind the ink."""

    widths: Sequence[float]
    blanks: Mapping[int, tuple[float, float]]


def measure(text: str, style: Any, proportional: Sequence[Stretch], marks: Sequence[int]) -> Measured | None:
    """Return what is known of a text on one line; None where some of it runs from right to left.

    `marks` are the characters whose blanks are wanted.
    """
    layout = SetLayout(style)
    layout.proportional = proportional
    layout.set_text(text)
    line, _ = layout.get_first_line()
    widths: list[float] = []
    blanks: dict[int, tuple[float, float]] = {}
    encoded = ffi.new("char[]", text.encode())
    run = line.runs
    while run != ffi.NULL:
        piece, run = run.data, run.next
        if piece.item.analysis.level % 2:
            return None
        count = piece.item.num_chars
        found = ffi.new("int[]", count)
        pango.pango_glyph_item_get_logical_widths(piece, encoded, found)
        first = len(widths)
        widths += [width * FROM_UNITS for width in found]
        if wanted := [index - first for index in marks if first <= index < first + count]:
            for index, glyph in _own_glyphs(piece, text[first : first + count], wanted):
                blanks[first + index] = _blanks(piece.item.analysis.font, glyph, widths[first + index])
    if len(widths) != len(text):
        return None
    spacing = style["letter_spacing"]
    if spacing != "normal" and widths:  # of which Pango leaves out a half at either end of a line
        widths[0] += spacing / 2
        widths[-1] += spacing / 2
    return Measured(widths, blanks)


def _own_glyphs(piece: Any, text: str, wanted: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the glyphs of wanted characters that have one to themselves: a dash of two, for example, is one glyph."""
    drawn = piece.glyphs.glyphs[0 : piece.glyphs.num_glyphs]
    if len(drawn) == len(text):  # as in nearly all texts
        yield from ((index, drawn[index].glyph) for index in wanted)
        return
    starts = piece.glyphs.log_clusters[0 : len(drawn)]
    glyphs, times = {start: info.glyph for start, info in zip(starts, drawn, strict=True)}, Counter(starts)
    ends = list(accumulate(len(character.encode()) for character in text))
    for index in wanted:
        start = ends[index - 1] if index else 0
        if times[start] == 1 and (ends[index] in glyphs or ends[index] == piece.item.length):
            yield index, glyphs[start]


def _blanks(font: Any, glyph: int, width: float) -> tuple[float, float]:
    ink = ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(font, glyph, ink, ffi.NULL)
    return ink.x * FROM_UNITS, width - (ink.x + ink.width) * FROM_UNITS


def set_piece(
    text: str, style: Any, proportional: Sequence[Stretch], gaps: Mapping[int, float], pull: float
) -> tuple[Any, float, float]:
    """Return a text as WeasyPrint draws it, its height and its baseline.

    `gaps` are added behind characters; its first one is pulled in by `pull`, the blank before its ink.
    """
    layout = SetLayout(style)
    layout.proportional, layout.gaps, layout.pull = proportional, _by_bytes(text, gaps), pull
    layout.set_text(text)
    line, _ = layout.get_drawn_line()
    extents = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    height = extents.height * FROM_UNITS
    layout.deactivate()
    return layout, height, baseline


def _by_bytes(text: str, gaps: Mapping[int, float]) -> dict[int, float]:
    if text.isascii():
        return dict(gaps)
    at, result = 0, {}
    for index, character in enumerate(text):
        if gap := gaps.get(index):
            result[at] = gap
        at += len(character.encode())
    return result

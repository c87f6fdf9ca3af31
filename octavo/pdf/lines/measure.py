"""Text and its style → how wide each of its characters is, and the text as WeasyPrint draws it, with gaps of ours.

Widths are in CSS pixels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
        if wanted := [index for index in marks if first <= index < first + count]:
            own = _own_glyphs(piece, text[first : first + count])
            for index in wanted:
                if (glyph := own.get(index - first)) is not None:
                    blanks[index] = _blanks(piece.item.analysis.font, glyph, widths[index])
    if len(widths) != len(text):
        return None
    spacing = style["letter_spacing"]
    if spacing != "normal" and widths:  # of which Pango leaves out a half at either end of a line
        widths[0] += spacing / 2
        widths[-1] += spacing / 2
    return Measured(widths, blanks)


def _own_glyphs(piece: Any, text: str) -> dict[int, int]:
    """Return the glyph of each character that has one to itself: a dash of two, for example, is one glyph of a font."""
    starts = piece.glyphs.log_clusters[0 : piece.glyphs.num_glyphs]
    glyphs: dict[int, int] = {}
    at = 0
    found = {start: index for index, start in enumerate(starts)}
    times = Counter(starts)
    for index, character in enumerate(text):
        end = at + len(character.encode())
        is_whole = end in found or end == piece.item.length
        if times[at] == 1 and is_whole:
            glyphs[index] = piece.glyphs.glyphs[found[at]].glyph
        at = end
    return glyphs


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

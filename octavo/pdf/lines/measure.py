"""Text and its style → how wide each of its characters is, and the text as WeasyPrint draws it, with gaps of ours.

The one place where Pango is asked. Widths are in CSS pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

ffi.cdef("void pango_glyph_item_get_logical_widths(PangoGlyphItem *item, const char *text, int *widths);")

# A stretch of a text, from one character to before another, in which marks take the width of a Latin font's.
Stretch = tuple[int, int]
_PROPORTIONAL = b"pwid 1"


class SetLayout(Layout):  # type: ignore[misc]  # the library has no types
    """Draw a text with gaps behind some of its characters; the text itself stays as it is."""

    proportional: Sequence[Stretch] = ()
    gaps: Mapping[int, float] = {}
    pull = 0.0
    _moved = False

    def set_text(self, text: str, justify: bool = False) -> None:
        """Give it its text, and the marks of it that are Latin their width."""
        super().set_text(text, justify)
        self._moved = False
        if self.proportional:
            self._use_latin_marks()

    def get_first_line(self) -> Any:
        """Return its line, with the gaps, and where the next one would begin."""
        line, index = super().get_first_line()
        if not self._moved and (self.gaps or self.pull):
            self._move(line)
        self._moved = True
        return line, index

    def _use_latin_marks(self) -> None:
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for first, last in self.proportional:
            attribute = pango.pango_attr_font_features_new(_PROPORTIONAL)
            attribute.start_index = len(self.text[:first].encode())
            attribute.end_index = len(self.text[:last].encode())
            pango.pango_attr_list_insert(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)

    def _move(self, line: Any) -> None:
        """Widen the glyphs behind which there is a gap: the last one of each character."""
        run, pull = line.runs, int(self.pull * TO_UNITS)
        while run != ffi.NULL:
            item, glyphs = run.data.item, run.data.glyphs
            run = run.next
            if pull:
                glyphs.glyphs[0].geometry.x_offset -= pull
                glyphs.glyphs[0].geometry.width -= pull
                pull = 0
            ends = [*glyphs.log_clusters[1 : glyphs.num_glyphs], item.length]
            before = 0
            for index, end in enumerate(ends):
                if end == before:
                    continue  # the character has more glyphs
                gap = sum(self.gaps.get(item.offset + at, 0) for at in range(before, end))
                if gap:
                    glyphs.glyphs[index].geometry.width += round(gap * TO_UNITS)
                before = end


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
        wanted = [index for index in marks if first <= index < first + count]
        if wanted and piece.glyphs.num_glyphs == count:  # else nobody knows which glyph is whose
            for index in wanted:
                glyph = piece.glyphs.glyphs[index - first].glyph
                blanks[index] = _blanks(piece.item.analysis.font, glyph, widths[index])
    if len(widths) != len(text):
        return None
    spacing = style["letter_spacing"]
    if spacing != "normal" and widths:  # of which Pango leaves out a half at either end of a line
        widths[0] += spacing / 2
        widths[-1] += spacing / 2
    return Measured(widths, blanks)


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
    line, _ = layout.get_first_line()
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

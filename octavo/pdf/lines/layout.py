"""A text as Pango sets it, with gaps of ours: what WeasyPrint measures first and draws later.

Pango is asked here and in measure.py alone. Much of what WeasyPrint does for each text is done once for all of a style,
and a line is set once, not for its size and again to be drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango
from weasyprint.text.line_break import Layout, strut

ffi.cdef(
    """
    void pango_glyph_item_get_logical_widths(PangoGlyphItem *item, const char *text, int *widths);
    PangoLayout *pango_layout_copy(PangoLayout *source);
    """
)

# A stretch of a text, from one character to before another, in which marks take the width of a Latin font's.
Stretch = tuple[int, int]
_PROPORTIONAL = b"pwid 1"
_KEPT = 10_000  # lines of a book, each of three kilobytes, that are kept as they are until they are drawn
_MODELS = 500  # styles of which one layout each is kept to make others of
_HELD = "_octavo_layouts"


class SetLayout(Layout):  # type: ignore[misc]  # the library has no types
    """Draw a text with gaps behind some of its characters; the text itself stays as it is."""

    proportional: Sequence[Stretch] = ()
    gaps: Mapping[int, float] = {}
    pull = 0.0
    _moved = False
    _is_kept = False

    def setup(self, style: Any) -> None:
        """Prepare to set a text: as the library does once for a style, and by a copy of that from then on."""
        prepared = _held_by(style).model(style).prepared
        self.__dict__.update(prepared, layout=_copy(prepared["layout"]))

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

    def get_drawn_line(self) -> Any:
        """Return its line in the mode in which it will be drawn: in another one Pango would set it anew."""
        pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        return self.get_first_line()

    def deactivate(self) -> None:
        """Let go what the library holds until it is drawn, unless there is room for it."""
        held = _held_by(self.style)
        if self._is_kept or held.lines >= _KEPT:
            self._is_kept = False
            super().deactivate()
            return
        held.lines += 1
        self._is_kept = True

    def reactivate(self, style: Any) -> None:
        """Prepare to be drawn."""
        if not (self._is_kept and style is self.style):
            super().reactivate(style)

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
        run, pull, gaps = line.runs, int(self.pull * TO_UNITS), self.gaps
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
                if gap := _within(gaps, item.offset + before, item.offset + end):
                    glyphs.glyphs[index].geometry.width += round(gap * TO_UNITS)
                before = end


def _within(gaps: Mapping[int, float], start: int, end: int) -> float:
    """Return the gaps between two bytes of a text: those of one character, or of some that are one glyph."""
    total = 0.0
    for at in range(start, end):
        if at in gaps:
            total += gaps[at]
    return total


@dataclass(frozen=True, slots=True)
class _Model:
    """Hold what the library prepares for a text of a style, and how high its lines are."""

    style: Any
    prepared: Mapping[str, Any]
    line_height: float


class _Held:
    """Hold what the layouts of one document share."""

    def __init__(self) -> None:
        self.lines = 0  # those that are kept, or were
        self._models: dict[int, _Model] = {}

    def model(self, style: Any) -> _Model:
        """Return what the library prepares for a text of a style."""
        known = self._models.get(id(style))
        if known is None or known.style is not style:
            prepared = vars(Layout(style))
            del prepared["justification_spacing"], prepared["max_width"]  # which a text has, and its style has not
            known = _Model(style, prepared, float(strut(style)[0]))
            if len(self._models) >= _MODELS:
                self._models.clear()
            self._models[id(style)] = known
        return known


def _held_by(style: Any) -> _Held:
    """Return what is held for the document that a style is of."""
    held: _Held | None = getattr(style.font_config, _HELD, None)
    if held is None:
        held = _Held()
        setattr(style.font_config, _HELD, held)
    return held


def line_height_of(style: Any) -> float:
    """Return how high the lines of a style are, in CSS pixels."""
    return _held_by(style).model(style).line_height


def _copy(layout: Any) -> Any:
    return ffi.gc(pango.pango_layout_copy(layout), gobject.g_object_unref)

"""What the whole book has drawn of one font file → the one subset of it that is written. Runs in any process."""

from __future__ import annotations

from functools import cache
from typing import Any

import pydyf

from octavo.pdf.parts.compile import styles_for
from octavo.pdf.parts.fonts import described_font
from octavo.pdf.parts.objects import packed
from octavo.pdf.parts.plain import Face, Glyphs, Sheets
from octavo.pdf.parts.whole import NotApartError
from octavo.pdf.surroundings import neutral

_VERSION = "1.7"


def write_face(sheets: Sheets, drawn: tuple[Glyphs, ...]) -> Face:
    """Return the font of a file, as objects. Raises NotApartError where it cannot be found again by its description."""
    from weasyprint import DEFAULT_OPTIONS  # noqa: PLC0415 (takes half a second to load)
    from weasyprint.pdf.fonts import build_fonts_dictionary  # noqa: PLC0415

    pdf = pydyf.PDF()
    first = len(pdf.objects)
    found = {number: _font(glyphs, styles_for(sheets).fonts) for number, glyphs in enumerate(drawn)}
    with neutral():
        dictionary = build_fonts_dictionary(pdf, found, True, True, {**DEFAULT_OPTIONS, "pdf_version": _VERSION})
    ((name, reference),) = dictionary.items()
    return Face(name, int(reference.split()[0]), {item.number: packed(item, {}) for item in pdf.objects[first:]})


@cache
def _declared() -> Any:
    """Return Pango with the one function declared that WeasyPrint has no use for."""
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415

    ffi.cdef("PangoFontDescription * pango_font_description_from_string (const char *text);")
    return pango


def _font(glyphs: Glyphs, font_config: Any) -> Any:
    """Return a font as WeasyPrint has it when it has drawn these glyphs."""
    # Pango adds the axes that it sets to those that were asked for: where none were, it is to be asked without.
    for description in (glyphs.description.partition(" @")[0], glyphs.description):
        font = _loaded(description, glyphs.size, font_config)
        if font is not None and (font.description, font.hash) == (glyphs.description, glyphs.hash):
            font.to_unicode, font.widths, font.missing = dict(glyphs.texts), dict(glyphs.widths), dict(glyphs.missing)
            return font
    raise NotApartError(f"the font “{glyphs.description}” is not found again")


def _loaded(text: str, size: float, font_config: Any) -> Any:
    from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango  # noqa: PLC0415
    from weasyprint.text.fonts import get_pango_font_key  # noqa: PLC0415

    read = _declared().pango_font_description_from_string
    description = ffi.gc(read(text.encode()), pango.pango_font_description_free)
    pango.pango_font_description_set_absolute_size(description, int(size * TO_UNITS))
    context = ffi.gc(pango.pango_font_map_create_context(font_config.font_map), gobject.g_object_unref)
    found = pango.pango_font_map_load_font(font_config.font_map, context, description)
    if found == ffi.NULL:
        return None
    kept = ffi.gc(found, gobject.g_object_unref)
    font = described_font()(kept, *get_pango_font_key(kept)[1:])
    font.keeps = kept  # what it is a font of, for as long as it is used
    return font

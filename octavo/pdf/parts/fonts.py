"""What parts have drawn of each font, and what all of them have drawn together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from typing import Any

from octavo.pdf.parts.plain import Glyphs

# What chooses a font in a stream, and the glyphs that are drawn of it, of four digits each.
_DRAWN = re.compile(rb"/(?P<font>[A-Z]{6}) \S+ Tf|<(?P<text>(?:[0-9a-fA-F]{4})+)>")


def glyphs_of(font: Any) -> Glyphs:
    """Return what was drawn of a font of WeasyPrint's."""
    return Glyphs(
        description=font.description,
        size=font.font_size,
        hash=font.hash,
        texts=dict(font.to_unicode),
        widths=dict(font.widths),
        missing=dict(font.missing),
    )


def united(drawn: Iterable[Glyphs]) -> list[Glyphs]:
    """Return what was drawn of each font in all parts: the same in whatever order these come."""
    found: dict[tuple[str, str], list[Glyphs]] = {}
    for glyphs in drawn:
        found.setdefault((glyphs.description, glyphs.hash), []).append(glyphs)
    return [_all_of(found[key]) for key in sorted(found)]


def _all_of(drawn: Sequence[Glyphs]) -> Glyphs:
    texts: dict[int, str] = {}
    for glyphs in drawn:
        for glyph, text in glyphs.texts.items():
            texts[glyph] = min(text, texts.get(glyph, text))  # some draw the same for several characters
    return Glyphs(
        description=drawn[0].description,
        size=min(glyphs.size for glyphs in drawn),
        hash=drawn[0].hash,
        texts=dict(sorted(texts.items())),
        widths=dict(sorted(item for glyphs in drawn for item in glyphs.widths.items())),
        missing=dict(sorted(item for glyphs in drawn for item in glyphs.missing.items())),
    )


def by_file(fonts: Iterable[Glyphs]) -> list[tuple[Glyphs, ...]]:
    """Return fonts by the files that they are in, of which each is written once."""
    found: dict[str, list[Glyphs]] = {}
    for glyphs in fonts:
        found.setdefault(glyphs.hash, []).append(glyphs)
    return [tuple(each) for each in found.values()]


def drawn_in(content: bytes) -> dict[str, frozenset[int]]:
    """Return the glyphs that a stream draws of each font, by the font's hash."""
    used: dict[str, set[int]] = {}
    glyphs: set[int] = set()
    for found in _DRAWN.finditer(content):
        if found["font"]:
            glyphs = used.setdefault(found["font"].decode(), set())
        else:
            text = found["text"]
            glyphs.update(int(text[at : at + 4], 16) for at in range(0, len(text), 4))
    return {font: frozenset(glyphs) for font, glyphs in used.items()}


def used_of(fonts: Iterable[Glyphs], drawn: Iterable[Mapping[str, frozenset[int]]]) -> list[Glyphs]:
    """Return what is drawn of fonts, of which more may be known."""
    used: dict[str, set[int]] = {}
    for each in drawn:
        for font, glyphs in each.items():
            used.setdefault(font, set()).update(glyphs)
    return [_only(each, used[each.hash]) for each in fonts if each.hash in used]


def _only(glyphs: Glyphs, used: Set[int]) -> Glyphs:
    return replace(
        glyphs,
        texts={glyph: text for glyph, text in glyphs.texts.items() if glyph in used},
        widths={glyph: width for glyph, width in glyphs.widths.items() if glyph in used},
        missing={character: glyph for character, glyph in glyphs.missing.items() if glyph in used},
    )


@cache
def described_font() -> Any:
    """Return WeasyPrint's class of fonts, with the description by which each is found again.

    Its own takes a copy of the whole file for each font, of 20 MB for those of Han; here that waits until it is needed.
    """
    from weasyprint.pdf import fonts  # noqa: PLC0415
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415

    copied = fonts.get_hb_object_data

    class Described(fonts.Font):  # type: ignore[misc]  # the library has no types
        """Remember what a font is called."""

        def __init__(self, pango_font: Any, description: Any, font_size: float) -> None:
            self._content: Any = None
            self.description = ffi.string(pango.pango_font_description_to_string(description)).decode()
            fonts.get_hb_object_data = lambda face: None
            try:
                super().__init__(pango_font, description, font_size)
            finally:
                fonts.get_hb_object_data = copied

        @property
        def file_content(self) -> Any:
            """Return the file, or what a subset has made of it."""
            if self._content is None:
                self._content = copied(self.hb_face)
            return self._content

        @file_content.setter
        def file_content(self, content: Any) -> None:
            self._content = content

    return Described

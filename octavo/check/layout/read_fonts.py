"""The fonts of a PDF, and which of their glyphs are drawn."""

from __future__ import annotations

from typing import Any

from octavo.check.layout.drawn import Block, Font, Use

_FILES = ("FontFile", "FontFile2", "FontFile3")


class Fonts:
    """Gather the fonts of pages, each once, with the first use of each glyph."""

    def __init__(self) -> None:
        self._fonts: dict[str, Font] = {}

    @property
    def found(self) -> list[Font]:
        """Return the fonts, in the order in which the pages name them."""
        return list(self._fonts.values())

    def read(self, page: Any) -> None:
        """Take in the fonts that a page names."""
        for font in page.fonts.values():
            name = font.fontname or ""
            if name not in self._fonts:
                self._fonts[name] = Font(name=name, family=_family(font), data=_data(font))

    def use(self, glyph: Any, page: int, block: Block | None) -> None:
        """Take in a glyph that is drawn on a page, in a block unless it is furniture."""
        font = self._fonts.get(glyph.fontname or "")
        if font is not None and glyph.cid not in font.uses:
            font.uses[glyph.cid] = Use(text=glyph.text or "", page=page, block=block)


def _family(font: Any) -> str:
    stated = font.descriptor.get("FontFamily")
    if isinstance(stated, bytes):
        return stated.decode("utf-8", "replace")
    return (font.fontname or "").rpartition("+")[2].replace("-", " ")


def _data(font: Any) -> bytes | None:
    from playa.pdftypes import ContentStream, resolve1  # noqa: PLC0415 (only a check wants it)

    file = next((resolve1(font.descriptor[name]) for name in _FILES if name in font.descriptor), None)
    return file.buffer if isinstance(file, ContentStream) else None

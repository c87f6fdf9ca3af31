"""The letters of a finished PDF: where each stands, how large it is, and in which font."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_double, c_int, create_string_buffer
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Hold a letter; `left` and `baseline` are in points from the upper left corner of its page."""

    text: str
    page: int
    left: float
    baseline: float
    size: float
    font: str


def letters_of(path: Path) -> list[Letter]:
    """Return the letters of a PDF in the order in which they are read, without spaces."""
    with pypdfium2.PdfDocument(path) as document:
        return [letter for number, page in enumerate(document, 1) for letter in _letters(page, number)]


def _letters(page: pypdfium2.PdfPage, number: int) -> Iterator[Letter]:
    text, (_, _, _, top) = page.get_textpage(), page.get_mediabox()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if character.isspace() or character < " ":
            continue
        matrix, left, base = raw.FS_MATRIX(), c_double(), c_double()
        raw.FPDFText_GetMatrix(text.raw, index, matrix)
        raw.FPDFText_GetCharOrigin(text.raw, index, left, base)
        yield Letter(
            text=character,
            page=number,
            left=left.value,
            baseline=top - base.value,
            size=raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d),
            font=_font(text, index),
        )


def _font(text: pypdfium2.PdfTextPage, index: int) -> str:
    name, flags = create_string_buffer(200), c_int()
    raw.FPDFText_GetFontInfo(text.raw, index, name, 200, flags)
    return name.value.decode().partition("+")[2] or name.value.decode()

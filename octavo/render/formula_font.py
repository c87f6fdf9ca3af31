"""The font of formulas as a file of the book, and the sheet that names it; neither is there where nothing needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from octavo.book import Files
from octavo.document import Document, Equation, Formula, walk
from octavo.mathematics import math_font
from octavo.render.target import BOOK

FILE = "formulas/formulas.woff2"
_SHEET = '@font-face { font-family: "Octavo Math"; src: url("{address}") format("woff2"); }\n'
# Drawn for a root, of which the markup holds no sign.
_DRAWN = "√"
_TAG = re.compile(r"<[^>]*>")


def has_formulas(document: Document) -> bool:
    """Tell whether a document has formulas that are set."""
    return any(True for _ in _mathml(document))


def formula_sheet(document: Document, files: Files) -> str:
    """Return the sheet that names the font, which is added to the files of the book; empty without formulas or font."""
    characters = {character for mathml in _mathml(document) for character in unescape(_TAG.sub("", mathml))}
    font = math_font("".join(sorted(characters)) + _DRAWN) if characters else None
    if font is None:
        return ""
    files.add(FILE, font)
    return _SHEET.replace("{address}", f"{BOOK}{FILE}")


def _mathml(document: Document) -> Iterator[str]:
    for node in walk(document, Formula, Equation):
        if node.shape and node.shape.mathml:
            yield node.shape.mathml

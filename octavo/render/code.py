"""A listing → the markup of its code, in which a line is an element where something is said of it.

Lines are elements in a listing with numbers or marked lines, and so is a line that is too long for a narrow page: where
it wraps, what comes below is indented and has a mark, which is drawn and can be neither copied nor read aloud.
"""

from __future__ import annotations

import unicodedata

from markupsafe import Markup

from octavo.document import CodeBlock
from octavo.render.highlight import highlight, lines_of

_LONG = 48  # columns: a page of A5 has about as many; an element for every line would make layout slow
_TAB = 4


def code_markup(node: CodeBlock) -> Markup:
    """Return the code of a listing, highlighted where its language is known."""
    every = bool(node.numbers or node.marked)
    marked = frozenset(node.marked)
    lines = zip(lines_of(node.text), highlight(node.text, node.language), strict=True)
    return Markup("").join(
        _line(markup, number if node.numbers else None, number in marked) if every or _columns(line) > _LONG else markup
        for number, (line, markup) in enumerate(lines, node.start)
    )


def _line(markup: Markup, number: int | None, marked: bool) -> Markup:
    classes = "line marked" if marked else "line"
    data = Markup(' data-number="{}"').format(number) if number is not None else ""
    return Markup('<span class="{}"{}>{}</span>').format(classes, data, markup)


def _columns(line: str) -> int:
    """Return how wide a line is in columns; a wide character takes two (Unicode Standard Annex 11)."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line)
    return len(line.rstrip("\n").expandtabs(_TAB)) + wide

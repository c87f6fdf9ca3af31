"""The fonts that a book brings along: families that the @font-face rules of its sheets give a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from urllib.parse import unquote
from urllib.request import urlopen

import tinycss2

from octavo.pdf.fonts import families_of
from octavo.render.target import BOOK


def own_fonts(sheets: Iterable[str], read: Callable[[str], bytes]) -> dict[str, frozenset[int]]:
    """Return the code points that each family has, by its name in lower case; `read` opens the book's files."""
    found: dict[str, frozenset[int]] = {}
    for sheet in sheets:
        if "@font-face" not in sheet.lower():
            continue  # to parse one takes 10 ms
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content is not None:
                for family, address in _sources(rule.content):
                    found[family] = found.get(family, frozenset()) | _characters(address, read)
    return {family: characters for family, characters in found.items() if characters}


def _sources(content: object) -> Iterator[tuple[str, str]]:
    values = {
        item.lower_name: item.value
        for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if item.type == "declaration"
    }
    families = families_of(tinycss2.serialize(values.get("font-family", ())))
    for part in values.get("src", ()) if families else ():
        if part.type == "url":
            yield families[0].casefold(), part.value
        elif part.type == "function" and part.lower_name == "url":
            yield from ((families[0].casefold(), token.value) for token in part.arguments if token.type == "string")


def _characters(address: str, read: Callable[[str], bytes]) -> frozenset[int]:
    """Return the code points of a font; none where it is no font, which WeasyPrint says."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 (few books bring a font)

    try:
        with TTFont(BytesIO(_data(address, read)), lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, ValueError, KeyError, AssertionError, ImportError):
        return frozenset()


def _data(address: str, read: Callable[[str], bytes]) -> bytes:
    if address.startswith(BOOK):
        return read(unquote(address.removeprefix(BOOK)))
    if not address.startswith("data:"):
        raise ValueError(f"{address} is no file of the book")
    with urlopen(address) as answer:
        return bytes(answer.read())

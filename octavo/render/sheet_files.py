"""The files that a style sheet of the book's own names: found where the sheet stands, and named as each format wants.

In a sheet, and so in all that is made of sheets, each file gets an address from the book's folder, which is that of the
PDF; the other formats put theirs in its place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import tinycss2

from octavo.book import Files
from octavo.diagnostics import Failure, Position, Report
from octavo.media import font_type
from octavo.normalise.pictures import picture_finder
from octavo.render.target import BOOK

Find = Callable[[str, Position], str | None]

_URL = re.compile(r"""url\(\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^)]*)\s*\)""", re.IGNORECASE | re.DOTALL)
_IN_SHEET = re.compile(rf"{re.escape(BOOK)}([^\"'()\s]*)")
_NOTHING = 'url("data:,")'


def with_book_addresses(text: str, file: str, find: Find) -> str:
    """Return a sheet with the address of each file in it counted from the book's folder.

    `find` returns the path of a file by its name and the place that names it, or None where it cannot be used, which it
    reported. What is in the sheet itself, `data:` and `#…`, stays.
    """
    lines = _starts_of_lines(text)
    parts: list[str] = []
    end = 0
    for token, address in _addresses(tinycss2.parse_component_value_list(text)):
        begin = lines[token.source_line - 1] + token.source_column - 1
        found = _URL.match(text, begin)
        if found is None or address.startswith(("data:", "#")):
            continue
        path = find(address, Position(file, token.source_line, token.source_column))
        parts += [text[end:begin], f'url("{BOOK}{quote(path)}")' if path else _NOTHING]
        end = found.end()
    return "".join(parts) + text[end:]


def files_of(text: str) -> list[str]:
    """Return the paths of the files that a text made of such sheets names."""
    return list(dict.fromkeys(unquote(path) for path in _IN_SHEET.findall(text)))


def with_addresses(text: str, addresses: Mapping[str, str]) -> str:
    """Return a text made of such sheets with the address that each file has in a format."""
    return _IN_SHEET.sub(lambda found: addresses[unquote(found[1])], text)


def sheet_file_finder(files: Files, pixels: int, report: Report) -> Find:
    """Return what finds a picture or a font by its name in a sheet; what speaks against it is reported."""
    find_picture = picture_finder(files, pixels, report)

    def find(address: str, position: Position) -> str | None:
        if not font_type(urlsplit(address).path) or urlsplit(address).scheme or address.startswith("//"):
            return find_picture(address, position)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(position.file), unquote(urlsplit(address).path)))
        try:
            files.find(path, position)
        except Failure as failure:
            report.take(failure.diagnostic)
            return None
        return path

    return find


def _starts_of_lines(text: str) -> list[int]:
    """Return where each line begins, counted as CSS counts them (CSS Syntax 3, 3.3)."""
    return [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n|\f", text))]


def _addresses(tokens: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Yield each address in a sheet with its token, but not those that at-rules of whole sheets have."""
    of_sheet = False
    for token in tokens:
        if token.type == "at-keyword":
            of_sheet = token.lower_value in ("import", "namespace")
        elif token == ";":
            of_sheet = False
        elif of_sheet:
            continue
        elif token.type == "url":
            yield token, token.value
        elif token.type == "function" and token.lower_name == "url":
            yield from ((token, part.value) for part in token.arguments if part.type == "string")
        elif inner := getattr(token, "content", None) or getattr(token, "arguments", None):
            yield from _addresses(inner)

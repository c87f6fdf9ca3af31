"""HTML → a form in which two renderings are equal if a reader's browser would show the same.

White space counts inside `pre` only, attributes have no order, characters no spelling, void elements no slash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

_SPACE = re.compile(r"[ \t\n\r\f]+")

# White space beside one of these tags, or behind a line break, shows nowhere.
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|canvas|caption|col(group)?|d[dlt]|div|embed|fieldset|fig(caption|ure)"
    "|foot(er)?|form|h[1-6r]|head(er)?|hgroup|html|iframe|li|main|map|nav|object|[ou]l|output|p|pre|progress|script"
    "|section|style|summary|t(able|body|[dhr]|extarea|foot|head|itle)|video"
)
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")


def normalise(markup: str) -> str:
    """Return the normal form of a fragment."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    pieces = reader.pieces
    edge = _Piece("", block=True)
    neighbours = zip([edge, *pieces], pieces, [*pieces[1:], edge], strict=False)
    return "".join(_trimmed(piece, before, after) for before, piece, after in neighbours)


@dataclass(slots=True)
class _Piece:
    """A tag or a run of text; `loose` marks text whose white space may go."""

    text: str
    block: bool = False
    loose: bool = False


def _trimmed(piece: _Piece, before: _Piece, after: _Piece) -> str:
    text = piece.text
    if not piece.loose:
        return text
    text = text.lstrip() if before.block else text
    return text.rstrip() if after.block else text


class _Reader(HTMLParser):
    """Read markup into pieces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[_Piece] = []
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._preformatted += tag == "pre"
        values = "".join(f' {name}="{escape(value or "")}"' for name, value in sorted(attrs, key=lambda pair: pair[0]))
        self.pieces.append(_Piece(f"<{tag}{values}>", block=bool(_BLOCKS.fullmatch(tag))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if _VOID.fullmatch(tag):
            return
        self._preformatted -= tag == "pre" and self._preformatted > 0
        self.pieces.append(_Piece(f"</{tag}>", block=bool(_BLOCKS.fullmatch(tag))))

    def handle_data(self, data: str) -> None:
        loose = not self._preformatted
        self.pieces.append(_Piece(escape(_SPACE.sub(" ", data) if loose else data), loose=loose))

    def handle_comment(self, data: str) -> None:
        self.pieces.append(_Piece(f"<!--{data}-->"))

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(_Piece(f"<!{decl}>"))

    def handle_pi(self, data: str) -> None:
        self.pieces.append(_Piece(f"<?{data}>"))

    def unknown_decl(self, data: str) -> None:
        self.pieces.append(_Piece(f"<![{data}]>"))

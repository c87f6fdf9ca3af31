"""What the end of a line hides: the space that was taken off there, and the hyphen that nobody wrote.

On paper both are right. Read aloud, searched or copied, “goes away / again” would be “awayagain” and “hyphen- / ation”
two words. The markup knows better: each drawn piece of text is followed through it, and where the two differ at the end
of a line the piece gets the text that it stands for (ISO 32000-1, 14.9.4, ActualText).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from octavo.pdf.marks import Mark

_HYPHENS = ("-", "\u2010", "\u00ad")
_AHEAD = 400  # characters: a piece that is not found so soon was not in the markup, but generated


@dataclass(slots=True)
class _Cursor:
    """Stand between two characters of a block's text, behind the last piece that was found there."""

    text: str
    at: int = 0
    last: tuple[Mark, str] | None = None


@dataclass(slots=True)
class LineEnds:
    """Gather by mark the text that it stands for, where that is not what was drawn.

    `skips` tells which elements inside a block are set elsewhere, as notes are.
    """

    skips: Callable[[Element], bool]
    texts: dict[Mark, str] = field(default_factory=dict)
    _cursors: dict[Element, _Cursor] = field(default_factory=dict)

    def follow(self, block: Element, mark: Mark, drawn: str) -> None:
        """Take in the next piece of text that was drawn of a block."""
        cursor = self._cursors.get(block)
        if cursor is None:
            cursor = self._cursors[block] = _Cursor(" ".join(self._source(block).split()))
        piece = " ".join(drawn.split())
        if not piece:
            return
        found = cursor.text.find(piece, cursor.at, cursor.at + len(piece) + _AHEAD)
        whole = piece
        if found < 0 and piece.endswith(_HYPHENS):
            whole = piece[:-1]
            found = cursor.text.find(whole, cursor.at, cursor.at + len(whole) + _AHEAD)
        if found < 0:
            return
        self._end_last(cursor, found, drawn)
        if whole != piece:
            self.texts[mark] = whole
        cursor.at, cursor.last = found + len(whole), (mark, drawn)

    def _end_last(self, cursor: _Cursor, found: int, drawn: str) -> None:
        """Give the piece before this one its space back, where the markup has one and neither of the two drew it."""
        if cursor.last is None or " " not in cursor.text[cursor.at : found] or drawn[:1].isspace():
            return
        mark, before = cursor.last
        if not before[-1:].isspace():
            self.texts[mark] = self.texts.get(mark, before) + " "

    def _source(self, element: Element) -> str:
        parts = [element.text or ""]
        for child in element:
            if not self.skips(child):
                parts.append(self._source(child))
            parts.append(child.tail or "")
        return "".join(parts)

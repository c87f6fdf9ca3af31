"""What the end of a line hides: the space that was taken off there, and the hyphen that nobody wrote.

On paper both are right. Read aloud, searched or copied, “goes away / again” would be “awayagain” and “hyphen- / ation”
two words. The markup knows better: each drawn piece of text is followed through it, and where the two differ at the end
of a line the piece gets the text that it stands for (ISO 32000-1, 14.9.4, ActualText). In a listing, where spaces are
kept as they were written, this also tells which of its lines a piece belongs to, over however many it was broken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from octavo.pdf.marks import Mark
from octavo.pdf.markup import is_note

_HYPHENS = ("-", "\u2010", "\u00ad")
_AHEAD = 400  # characters: a piece that is not found so soon was not in the markup, but generated


@dataclass(slots=True)
class _Cursor:
    """Stand between two characters of a block's text, behind the last piece that was found there."""

    text: str
    at: int = 0
    line: int = 0
    last: tuple[Mark, str] | None = None


@dataclass(slots=True)
class LineEnds:
    """Gather by mark the text that it stands for, where that is not what was drawn."""

    texts: dict[Mark, str] = field(default_factory=dict)
    _cursors: dict[Element, _Cursor] = field(default_factory=dict)

    def follow(self, block: Element, mark: Mark, drawn: str) -> None:
        """Take in the next piece of text that was drawn of a block; spaces alone are not drawn."""
        kept = block.tag == "pre"
        cursor = self._cursors.get(block)
        if cursor is None:
            source = _source(block)
            cursor = self._cursors[block] = _Cursor(source if kept else " ".join(source.split()))
        self._find(cursor, mark, drawn if kept else " ".join(drawn.split()), drawn)

    def call(self, block: Element, mark: Mark, drawn: str) -> None:
        """Take in the call of a note, which no text holds: a space that a line hides behind it is not the word's."""
        cursor = self._cursors.get(block)
        if cursor and cursor.last:
            cursor.last = (mark, drawn)

    def line(self, block: Element) -> int:
        """Return on which of a listing's lines the last piece was, from 0."""
        cursor = self._cursors.get(block)
        return cursor.line if cursor else 0

    def _find(self, cursor: _Cursor, mark: Mark, piece: str, drawn: str) -> None:
        whole = piece
        found = cursor.text.find(piece, cursor.at, cursor.at + len(piece) + _AHEAD)
        if found < 0 and piece.endswith(_HYPHENS):
            whole = piece[:-1]
            found = cursor.text.find(whole, cursor.at, cursor.at + len(whole) + _AHEAD)
        if found < 0:
            return
        missing, cursor.at = cursor.text[cursor.at : found], found + len(whole)
        lines, end, indent = missing.rpartition("\n")
        cursor.line += lines.count("\n") + len(end)  # only a listing has line ends
        if end or cursor.last is None:
            whole = indent + whole if indent.isspace() else whole
        else:
            self._end_last(cursor.last, missing, drawn)
        if whole != piece or "\t" in piece:  # a tab is drawn as a gap
            self.texts[mark] = whole
        cursor.last = (mark, drawn)

    def _end_last(self, last: tuple[Mark, str], missing: str, drawn: str) -> None:
        """Give the piece before this one its space back, where the markup has one and neither of the two drew it."""
        mark, before = last
        if " " in missing and not drawn[:1].isspace() and not before[-1:].isspace():
            self.texts[mark] = self.texts.get(mark, before) + (missing if missing.isspace() else " ")


def _source(element: Element) -> str:
    """Return the text of a block without what is set elsewhere."""
    parts = [element.text or ""]
    for child in element:
        if not is_note(child):
            parts.append(_source(child))
        parts.append(child.tail or "")
    return "".join(parts)

"""The text of the tree in one piece, so that a line of a finished page leads back to the line of its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from octavo.check.texts import squeeze
from octavo.diagnostics import Position
from octavo.document import (
    Abbreviation,
    Answer,
    Bibliography,
    Code,
    CodeBlock,
    Document,
    HardBreak,
    Heading,
    Image,
    Node,
    Reference,
    ReferenceGroup,
    SoftBreak,
    Text,
    ThematicBreak,
)

# Shorter texts are found anywhere: they do not move on where the next is looked for.
_TELLING = 6
_UNJUSTIFIED = frozenset({"center", "right"})


class Written:
    """Know where each character of a book was written; texts are squeezed, without spaces and hyphens."""

    def __init__(self, document: Document) -> None:
        self._starts: list[int] = []
        self._places: list[Position] = []
        self._parts: list[str] = []
        self._length = self._cursor = 0
        self._after_space: set[int] = set()
        self._breaks: set[int] = set()
        self._ruled: set[int] = set()
        self._ragged: list[tuple[int, int]] = []
        self._inset: list[tuple[int, int]] = []
        for chapter in document.chapters:
            self._read(chapter)
        self._text = "".join(self._parts)

    def find(self, text: str) -> int | None:
        """Return the offset of a text, sought behind the one that was found last, then from the beginning."""
        wanted = squeeze(text)
        if not wanted:
            return None
        found = self._text.find(wanted, self._cursor)
        if found < 0 or (len(wanted) < _TELLING and found > self._cursor + 1000):
            found = self._text.find(wanted)
        if found >= 0 and len(wanted) >= _TELLING:
            self._cursor = found
        return found if found >= 0 else None

    def find_part(self, text: str) -> int | None:
        """Return about where a text begins of which something else was printed in between, by its longest stretches."""
        wanted = squeeze(text)
        for length in (24, 12, _TELLING):
            for start in range(0, max(len(wanted) - length, 0) + 1, length):
                found = self.find(wanted[start : start + length]) if len(wanted) >= length else None
                if found is not None:
                    return max(found - start, 0)
        return None

    def find_from(self, text: str, start: int) -> int | None:
        """Return the offset of a text, or about that of its longest stretches, sought behind a start first."""
        wanted = squeeze(text)
        self._cursor = start
        found = self._text.find(wanted, start)
        return found if found >= 0 else self.find(wanted) or self.find_part(wanted)

    def offset_of(self, place: Position) -> int:
        """Return the offset of what was written at a place, or first behind it; 0 where nothing was."""
        starts = zip(self._places, self._starts, strict=True)
        return next((start for found, start in starts if found.file == place.file and found >= place), 0)

    def position(self, offset: int) -> Position:
        """Return where the character at an offset was written."""
        return self._places[max(bisect_right(self._starts, offset) - 1, 0)]

    def follows_space(self, offset: int) -> bool:
        """Tell whether the author wrote a space before the character at an offset."""
        return offset in self._after_space

    def breaks_at(self, offset: int) -> bool:
        """Tell whether the author broke the line before the character at an offset."""
        return offset in self._breaks

    def follows_rule(self, offset: int) -> bool:
        """Tell whether the author set a rule between the character at an offset and what is before it."""
        return offset in self._ruled

    def is_ragged(self, offset: int) -> bool:
        """Tell whether what stands at an offset is a list of works, or is wanted centred or at the right."""
        return any(start <= offset < end for start, end in self._ragged)

    def is_inset(self, offset: int) -> bool:
        """Tell whether what stands at an offset is set beside a label."""
        return any(start <= offset < end for start, end in self._inset)

    def _read(self, node: Node) -> None:
        start = self._length
        if isinstance(node, SoftBreak | HardBreak):
            self._after_space.add(self._length)
            if isinstance(node, HardBreak):
                self._breaks.add(self._length)
        if isinstance(node, ThematicBreak):
            self._ruled.add(self._length)
        for text, position in _texts_of(node):
            self._add(text, position)
        if not isinstance(node, Reference | Image):
            for child in node.children_in_order():
                self._read(child)
        if isinstance(node, Bibliography) or not _UNJUSTIFIED.isdisjoint(getattr(node, "classes", ())):
            self._ragged.append((start, self._length))
        if isinstance(node, Answer):
            self._inset.append((start, self._length))

    def _add(self, text: str, position: Position) -> None:
        squeezed = squeeze(text)
        self._starts.append(self._length)
        self._places.append(position)
        self._parts.append(squeezed)
        if any(character.isspace() for character in text):
            offset = self._length
            for character in text:
                if character.isspace():
                    self._after_space.add(offset)
                else:
                    offset += len(squeeze(character))
        self._length += len(squeezed)


def _texts_of(node: Node) -> Iterator[tuple[str, Position]]:
    """Yield what a node itself says, and where that was written."""
    match node:
        case Heading():
            yield f"{node.number or ''} {node.label or ''}", node.position
        case Text() | Code() | Abbreviation():
            yield node.text, node.position
        case Reference() if node.text and node.form != "page":
            yield node.text, node.position
        case ReferenceGroup():
            return
        case CodeBlock():
            for number, line in enumerate(node.text.split("\n"), 1):
                yield line, Position(node.position.file, node.position.line + number)

"""A text that stands as a value in another file, such as the abstract in octavo.toml, and its places there.

In: the value as it was read, the text of the file, and where the value begins in it. Out: the position of any
character. TOML and YAML write texts in nine ways between them: in quotation marks, with escapes, indented, folded. All
keep the characters in order and add others between, so the two texts are read side by side, and no grammar again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from octavo.book.files import line_and_column
from octavo.diagnostics import Position

_OPENING = re.compile(r"""\"{3}\n?|'{3}\n?|["']|[|>][-+\d]*[ \t]*(?:\#.*)?\n""")
_SPACE = re.compile(r"\s+")
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[^\s])")


@dataclass(frozen=True)
class Excerpt:
    """Hold a text and the file that it stands in, whose text is `source`; `begins` is the place of the value there."""

    text: str
    source: str = field(repr=False)
    begins: Position

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return self.begins.file

    def position(self, offset: int) -> Position:
        """Return the place of the character at `offset`, or behind the last one."""
        if not self.text:
            return self.begins
        places = self._offsets
        at = places[offset] if offset < len(places) else places[-1] + 1
        return Position(self.file, *line_and_column(self.source, at))

    @cached_property
    def _offsets(self) -> list[int]:
        """Return where in the source each character of the text stands."""
        lines = self.source.split("\n")
        at = sum(len(line) + 1 for line in lines[: self.begins.line - 1]) + self.begins.column - 1
        opening = _OPENING.match(self.source, at)
        reader = _Reader(self.source, escapes=bool(opening and opening[0].startswith('"')))
        at = opening.end() if opening else at
        result = []
        for character in self.text:
            at = reader.find(character, at)
            result.append(at)
            at += reader.length(character, at)
        return result


@dataclass(frozen=True, slots=True)
class _Reader:
    """Read a source beside the text that was made of it."""

    source: str
    escapes: bool

    def find(self, character: str, at: int) -> int:
        """Return where a character is written, at `at` or behind what is no part of the text there."""
        while at < len(self.source) - 1 and not self.length(character, at):
            at += 1
        return at

    def length(self, character: str, at: int) -> int:
        """Return how long it is written at `at`: as an escape, as itself, or as white space that was folded; or 0."""
        if self.escapes and (escape := _ESCAPE.match(self.source, at)):
            return len(escape[0])
        if self.source.startswith(character, at):
            return len(character)
        space = _SPACE.match(self.source, at) if character.isspace() else None
        return len(space[0]) if space else 0

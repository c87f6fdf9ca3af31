"""Where in the source each inline token begins.

markdown-it gives lines to blocks and nothing to inlines. Two things close the gap: an inline parser whose tokens
bear the offset at which they began in their block's text, and a map from such an offset to line and column.
Counting line breaks among the tokens would go wrong in code spans, titles and raw tags, which swallow them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from octavo.diagnostics import Position

# `super()` reads a property of the parent class but cannot assign to one.
_PENDING: property = vars(StateInline)["pending"]


class PlacedState(StateInline):
    """Note in each token's `map`, which holds lines on blocks only, the offset at which it began.

    Rules write `meta` anew after the push, so it cannot serve.
    """

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, out_tokens: list[Token]) -> None:
        self._pending_from: int | None = None
        super().__init__(src, md, env, out_tokens)

    @property
    def pending(self) -> str:
        """Return the text that waits to become a token."""
        return super().pending

    @pending.setter
    def pending(self, value: str) -> None:
        _PENDING.__set__(self, value)
        self._note_pending(value)

    def append_pending(self, text: str) -> None:
        """Add text to what waits."""
        super().append_pending(text)
        self._note_pending(text)

    def _note_pending(self, value: str) -> None:
        if not value:
            self._pending_from = None
        elif self._pending_from is None:
            self._pending_from = self.pos

    def pushPending(self) -> Token:  # noqa: N802 (the library's name)
        """Turn what waits into a token."""
        offset = self._pending_from
        token = super().pushPending()
        token.map = [offset or 0, self.pos]
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token that begins here."""
        token = super().push(ttype, tag, nesting)
        # The rule for links has stepped over the bracket when it pushes.
        inside = ttype == "link_open" and self.pos > 0 and self.src[self.pos - 1] == "["
        token.map = [self.pos - inside, self.pos]
        return token


class PlacedInlineParser(ParserInline):
    """Parse inlines with a state of ours, which may also know other rules for emphasis."""

    def __init__(self, state: type[PlacedState]) -> None:
        super().__init__()
        self._state = state

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Push the inline tokens of `src` onto `tokens`."""
        state = self._state(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class Places:
    """Map offsets in the text of one block to positions in the file."""

    def __init__(self, file: str, starts: Sequence[tuple[int, int, int]]) -> None:
        self._file = file
        self._offsets = [offset for offset, _, _ in starts]
        self._places = [(line, column) for _, line, column in starts]

    def at(self, offset: int) -> Position:
        """Return the position of the character at `offset`."""
        index = max(bisect_right(self._offsets, offset) - 1, 0)
        line, column = self._places[index]
        return Position(self._file, line, column + max(offset - self._offsets[index], 0))


def locate(file: str, lines: Sequence[str], first: int, content: str) -> Places:
    """Map the text of a block that begins in line `first` (from 0).

    What markdown-it takes off a line stands before it (quotation marks, list markers, indentation) or, in
    headings, behind it: so each line of `content` is the end of its source line, or else is found inside it.
    """
    starts: list[tuple[int, int, int]] = []
    offset = 0
    for number, text in enumerate(content.split("\n"), first):
        bare = text.strip()
        source = lines[number].rstrip() if number < len(lines) else ""
        column = len(source) - len(bare) if source.endswith(bare) else max(source.find(bare), 0)
        starts.append((offset + len(text) - len(text.lstrip()), number + 1, column + 1))
        offset += len(text) + 1
    return Places(file, starts)


def locate_cell(file: str, line: str, number: int, content: str, start: int) -> tuple[Places, int]:
    """Map the text of a table cell in line `number` (from 0), looking from column `start`; return where it ends.

    In a cell a bar is written `\\|`, and markdown-it gives the bar alone.
    """
    column = max(line.find(content.split("|", 1)[0], start), start)
    starts = [(0, number + 1, column + 1)]
    for offset, character in enumerate(content):
        if character == "|" and line[column : column + 2] == "\\|":
            column += 1
            starts.append((offset, number + 1, column + 1))
        column += 1
    return Places(file, starts), column

"""Parsers that know where each token begins, and how deep they are.

markdown-it gives lines to blocks and nothing to inlines. Counting line breaks among the inline tokens would go wrong in
code spans, titles and raw tags, which swallow them; looking for a text in its line would find where it stands first. So
block tokens note offsets in the source, inline ones offsets in the text of their block.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

# In `Token.meta` of blocks: where each line of the block begins in the source, behind the markers around it.
OFFSETS = "octavo-offsets"
# In the environment: where blocks were left out because they nest too deep, and the texts whose brackets do.
DEEP_BLOCKS = "octavo-deep-blocks"
DEEP_TEXTS = "octavo-deep-texts"
_DEPTH = "octavo-depth"

InlineRule: TypeAlias = Callable[[StateInline, bool], bool]

# `super()` reads a property of the parent class but cannot assign to one.
_PENDING: property = vars(StateInline)["pending"]


class PlacedBlockParser(ParserBlock):
    """Parse blocks that stand in up to `depth` others."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self._depth = depth

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 (the library's names)
        """Parse the lines inside one block, which is what the rules of quotations, items and notes call."""
        depth = state.env.get(_DEPTH, 0)
        if depth > self._depth:
            state.env.setdefault(DEEP_BLOCKS, []).append(_offset(state, startLine))
            state.line = endLine
            return
        state.env[_DEPTH] = depth + 1
        first = len(state.tokens)
        super().tokenize(state, startLine, endLine)
        state.env[_DEPTH] = depth
        # Now the state knows the beginning of each line as the block around it left it. Tokens of inner blocks have
        # their offsets already.
        for token in state.tokens[first:]:
            if token.map and OFFSETS not in token.meta:
                lines = range(token.map[0], max(token.map[1], token.map[0] + 1))
                token.meta[OFFSETS] = [_offset(state, line) for line in lines]


def _offset(state: StateBlock, line: int) -> int:
    # Behind the box of a task stands white space that the state does not count.
    return state.skipSpaces(state.bMarks[line] + state.tShift[line])


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
        """Add a token."""
        token = super().push(ttype, tag, nesting)
        token.map = [self._offset_of(ttype), self.pos]
        return token

    def _offset_of(self, ttype: str) -> int:
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        if ttype != "text" or not before or not before.map:
            return self.pos
        # A rule pushes a run of markers one by one, all from its beginning.
        if before.type == "text" and before.map[1] == self.pos:
            return max(self.pos, before.map[0] + len(before.content))
        # The rule for <https://…> pushes what is inside from where it begins.
        return self.pos + len("<") if before.info == "auto" and before.nesting == 1 else self.pos


class PlacedInlineParser(ParserInline):
    """Parse inlines in up to `depth` brackets with a state of ours, which may also know other rules for emphasis."""

    def __init__(self, state: type[PlacedState], depth: int) -> None:
        super().__init__()
        self._state = state
        self._depth = depth

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 (the library's name)
        """Step over one token, which is how the rules for brackets look for the closing one."""
        if state.level >= self._depth:
            raise _TooDeepError
        super().skipToken(state)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Push the inline tokens of `src` onto `tokens`; none where its brackets nest too deep."""
        state = self._state(src, md, env, tokens)
        try:
            self.tokenize(state)
        except _TooDeepError:
            env.setdefault(DEEP_TEXTS, set()).add(src)
            tokens.clear()
            return tokens
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _TooDeepError(Exception):
    """Leave a text as soon as it is known to be too deep: to read on takes the square of its length."""


def closable(rule: InlineRule) -> InlineRule:
    """Wrap a rule for brackets so that it does not look for a closing one where none follows, as in “[0, 1)”."""

    def apply(state: StateInline, silent: bool) -> bool:
        return state.html_terminator_last("]") > state.pos and rule(state, silent)

    return apply


def unless(opening: str, rule: InlineRule) -> InlineRule:
    """Wrap a rule so that it leaves alone what begins with `opening`."""

    def apply(state: StateInline, silent: bool) -> bool:
        return not state.src.startswith(opening, state.pos) and rule(state, silent)

    return apply

"""What makes markdown-it tell where each token begins.

It gives lines to blocks and nothing to inlines. Counting line breaks among the inline tokens would go wrong in code
spans, titles and raw tags, which swallow them; looking for the text in its line would find it where it stands first.
So each block rule is wrapped, to note offsets in the source, and the inline parser notes offsets in its block's text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

# The key in `Token.meta`: the offsets in the source of the lines of a block, each behind the markers around it.
OFFSETS = "octavo-offsets"
# The key in the environment: the texts whose inlines nest too deep to be understood.
TOO_DEEP = "octavo-too-deep"

BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

# `super()` reads a property of the parent class but cannot assign to one.
_PENDING: property = vars(StateInline)["pending"]


def placed(rule: BlockRule) -> BlockRule:
    """Wrap a block rule so that what it pushes bears its offsets.

    When a rule ends, the state knows the beginning of each line as the blocks around it left it. The blocks inside
    have their offsets by then, for their own rules ended before.
    """

    def place(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, first, end, silent)
        count = len(state.tokens)
        done = rule(state, first, end, silent)
        for token in state.tokens[count:]:
            if token.map and OFFSETS not in token.meta:
                token.meta[OFFSETS] = _offsets(state, token.map)
        return done

    return place


def _offsets(state: StateBlock, lines: Sequence[int]) -> list[int]:
    first, end = lines
    # Behind the box of a task stands white space that the state does not count.
    return [state.skipSpaces(state.bMarks[line] + state.tShift[line]) for line in range(first, max(end, first + 1))]


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
        """Add a token that begins here, or behind the one that was pushed from here before."""
        token = super().push(ttype, tag, nesting)
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        offset = self.pos
        # A rule pushes a run of markers one by one from its beginning.
        if ttype == "text" and before and before.type == "text" and before.map and before.map[1] == self.pos:
            offset = max(offset, before.map[0] + len(before.content))
        token.map = [offset, self.pos]
        return token


class PlacedInlineParser(ParserInline):
    """Parse inlines with a state of ours, which may also know other rules for emphasis, up to `depth` brackets."""

    def __init__(self, state: type[PlacedState], depth: int) -> None:
        super().__init__()
        self._state = state
        self._depth = depth

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 (the library's name)
        """Step over one token, or over the rest of the text where it is too deep, and note that."""
        if state.level < self._depth:
            super().skipToken(state)
            return
        state.env.setdefault(TOO_DEEP, set()).add(state.src)
        state.pos = state.cache[state.pos] = state.posMax

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Push the inline tokens of `src` onto `tokens`."""
        state = self._state(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

"""Rules by the character with which all begins that they read.

markdown-it asks every rule at every place, and each looks at the character there and says no: on a line of prose some
twenty rules for blocks, at a mark in it as many for inlines. Here one function stands for all rules of a chain, and
asks those only that may say yes, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]
InlineRule: TypeAlias = Callable[[StateInline, bool], bool]

# A rule that stands on neither list may read what begins with any character.
BLOCKS: Mapping[str, str] = {
    "front_matter": "-",
    "table_caption": ":Tt表",
    "equation": "$",
    "division": ":",
    "block_attributes": "{",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "abbreviation": "*",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "include": "{",
}
INLINES: Mapping[str, str] = {
    "attributes": "{",
    "address": "FHWfhw",
    "newline": "\n",
    "formula": "$",
    "escape": "\\",
    "backticks": "`",
    "tildes": "~",
    "strikethrough": "~",
    "emphasis": "*_",
    "sup": "^",
    "sub": "~",
    "variable": "{",
    "references": "[",
    "link": "[",
    "span": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "reference": "@",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}

R = TypeVar("R")
# The rules that may say yes at a character, and those that may at any other.
_Rules: TypeAlias = tuple[Mapping[str, Sequence[R]], Sequence[R]]


class _DispatchingRuler(Ruler[R]):
    """Hold the rules of another ruler, and have one rule stand for all of a chain."""

    def __init__(self, ruler: Ruler[R], firsts: Mapping[str, str], one: Callable[[_Rules[R]], R]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        self._firsts = firsts
        self._one = one

    def __compile__(self) -> None:
        chains = {"", *(name for rule in self.__rules__ for name in rule.alt)}
        self.__cache__ = {chain: [self._one(self._rules(chain))] for chain in chains}

    def _rules(self, chain: str) -> _Rules[R]:
        rules = [rule for rule in self.__rules__ if rule.enabled and (not chain or chain in rule.alt)]
        firsts = [self._firsts.get(rule.name) for rule in rules]
        characters = {character for first in firsts for character in first or ""}

        def at(character: str | None) -> Sequence[R]:
            return [
                rule.fn
                for rule, first in zip(rules, firsts, strict=True)
                if first is None or (character and character in first)
            ]

        return {character: at(character) for character in characters}, at(None)


def dispatch_blocks(ruler: Ruler[BlockRule]) -> Ruler[BlockRule]:
    """Return a ruler with the rules of another one, asked by the first character of a line."""

    def one(rules: _Rules[BlockRule]) -> BlockRule:
        by_first, others = rules

        def dispatch(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803 (the library's)
            start = state.bMarks[startLine] + state.tShift[startLine]
            for rule in by_first.get(state.src[start : start + 1], others):
                if rule(state, startLine, endLine, silent):
                    return True
            return False

        return dispatch

    return _DispatchingRuler(ruler, BLOCKS, one)


def dispatch_inlines(ruler: Ruler[InlineRule]) -> Ruler[InlineRule]:
    """Return a ruler with the rules of another one, asked by the character at which the text stopped."""

    def one(rules: _Rules[InlineRule]) -> InlineRule:
        by_first, others = rules

        def dispatch(state: StateInline, silent: bool) -> bool:
            for rule in by_first.get(state.src[state.pos], others):  # noqa: SIM110 (a generator costs more than the rule)
                if rule(state, silent):
                    return True
            return False

        return dispatch

    return _DispatchingRuler(ruler, INLINES, one)

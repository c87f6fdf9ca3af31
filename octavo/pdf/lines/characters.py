"""What characters are to whoever sets a line: signs of Han, marks that open or close, letters, spaces.

The names follow JLREQ and CLREQ, the requirements of the W3C for Japanese and Chinese text.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cache

# Marks that take half of their square, and leave the other half blank: before them, or behind them.
OPENING = frozenset("（《「『【〔〈［｛“‘〖〘〝")
CLOSING = frozenset("）》」』】〕〉］｝”’〗〙〞。．、，；：！？")
# Two of a kind are one mark, and are not pulled apart.
PAIRED = frozenset("—…⋯─⸺")
# By how much of their width Latin marks stand out of an edge: what is left of them looks as heavy there as a letter.
HANGING_BEFORE = {"“": 0.4, "‘": 0.5, '"': 0.4, "'": 0.5}
HANGING_BEHIND = {".": 0.7, ",": 0.6, "-": 0.5, "‐": 0.5, "”": 0.4, "’": 0.5, '"': 0.4, "'": 0.5, "–": 0.2, "—": 0.1}
# Signs that belong to the figure before them or behind them, as letters do.
_BEFORE_NUMBERS = frozenset("$#@+−€£¥")
_BEHIND_NUMBERS = frozenset("%‰+°℃")
_IDEOGRAPHS = ((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3041, 0x30FF), (0x31F0, 0x31FF))
_MORE_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


class Kind(Enum):
    """Name what a character is in a line."""

    HAN = "a sign of Han, or kana"
    OPENING = "a mark whose first half is blank"
    CLOSING = "a mark whose second half is blank"
    MARK = "another mark as wide as a sign of Han"
    LETTER = "a letter, a figure, or what counts as one"
    BEFORE = "a sign before a figure"
    BEHIND = "a sign behind a figure"
    SPACE = "a space between words"
    OTHER = "anything else"


@cache
def is_han(character: str) -> bool:
    """Tell whether a character is an ideograph or kana."""
    code = ord(character)
    return any(first <= code <= last for first, last in (*_IDEOGRAPHS, *_MORE_IDEOGRAPHS))


@cache
def kind_of(character: str) -> Kind:
    """Return what a character is by itself; whether a mark is a full-width one, its font knows."""
    if character in " \u00a0":
        return Kind.SPACE
    if is_han(character):
        return Kind.HAN
    if character in OPENING:
        return Kind.OPENING
    if character in CLOSING:
        return Kind.CLOSING
    if character in _BEFORE_NUMBERS and character not in _BEHIND_NUMBERS:
        return Kind.BEFORE
    if character in _BEHIND_NUMBERS:
        return Kind.BEHIND
    category = unicodedata.category(character)
    if category[0] in "LN" and unicodedata.east_asian_width(character) not in "WF":
        return Kind.LETTER
    return Kind.MARK if unicodedata.east_asian_width(character) in "WFA" else Kind.OTHER

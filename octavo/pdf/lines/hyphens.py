"""Where a word may be hyphenated: F. M. Liang, Word Hy-phen-a-tion by Com-put-er (1983), on the patterns of pyphen.

pyphen reads each pattern of a language before it answers: a tenth of a second for English, more than half a second for
German. Here a pattern is read when a word has it in it. Languages whose patterns also change the spelling are left to
pyphen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol

import pyphen

_DIGITS = dict.fromkeys(map(ord, "0123456789"))
# What pyphen reads beside letters and figures: another spelling, and characters that are written as numbers.
_MORE = ("/", "^^")


class Hyphenator(Protocol):
    """Tell where a word may be broken."""

    def positions(self, word: str) -> list[int]:
        """Return before which of its characters."""


class Patterns:
    """Hold the patterns of a language as they are written, those that were needed also read."""

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.split("\n")]
        bare = "\n".join(lines).translate(_DIGITS).split("\n")
        # A line without a figure says nothing; those that are no patterns begin with what no word has.
        self._written = {letters: line for letters, line in zip(bare, lines, strict=True) if letters != line}
        self._longest = max(map(len, filter(_is_pattern, self._written)), default=0)
        self._levels: dict[str, list[int]] = {}
        self._known: dict[str, list[int]] = {}

    def positions(self, word: str) -> list[int]:
        """Return before which characters a word may be broken."""
        word = word.lower()
        if word not in self._known:
            self._known[word] = self._find(f".{word}.")
        return self._known[word]

    def _find(self, word: str) -> list[int]:
        highest = [0] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(start + self._longest, len(word)) + 1):
                if (letters := word[start:end]) in self._written:
                    for at, level in enumerate(self._levels_of(letters), start):
                        highest[at] = max(highest[at], level)
        return [at - 1 for at, level in enumerate(highest) if level % 2]

    def _levels_of(self, letters: str) -> list[int]:
        """Return the level before each letter of a pattern, and behind the last one."""
        if letters not in self._levels:
            levels = [0]
            for sign in self._written[letters]:
                if sign.isdigit():
                    levels[-1] = int(sign)
                else:
                    levels.append(0)
            self._levels[letters] = levels
        return self._levels[letters]


class Limited:
    """Leave some letters on either side of a break."""

    def __init__(self, patterns: Hyphenator, left: int, right: int) -> None:
        self._patterns, self._left, self._right = patterns, left, right

    def positions(self, word: str) -> list[int]:
        """Return before which characters a word may be broken."""
        return [at for at in self._patterns.positions(word) if self._left <= at <= len(word) - self._right]


def hyphenator(language: str, left: int, right: int) -> Hyphenator:
    """Return what knows the words of a language of pyphen's, and leaves so many letters before and behind a break."""
    patterns = _patterns(pyphen.LANGUAGES[language])
    return Limited(patterns, left, right) if patterns else pyphen.Pyphen(lang=language, left=left, right=right)


@cache
def _patterns(path: Path) -> Patterns | None:
    data = path.read_bytes()
    encoding, _, patterns = data.partition(b"\n")
    name = encoding.decode().strip().lower()
    text = patterns.decode("cp1251" if name == "microsoft-cp1251" else name)
    pattern_lines = filter(_is_pattern, text.split("\n"))
    return None if any(sign in line for line in pattern_lines for sign in _MORE) else Patterns(text)


def _is_pattern(line: str) -> bool:
    return not line.startswith(pyphen.ignored)

"""Emphasis that works beside Chinese punctuation.

CommonMark decides by white space and punctuation whether `**` can open or close, and takes “：” or “” ” beside a Han
character for the edge of a word, so that `**中文：**后文` keeps its asterisks. The amendment proposed in
commonmark-spec pull request 839 looks at the characters' script: punctuation counts only where it is not Chinese,
Japanese or Korean, and a character of these scripts beside the run is as good as white space.
"""

from __future__ import annotations

import unicodedata

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Scanned

from octavo.parse.offsets import PlacedState

# Hangul syllables and jamo are East Asian, though some are not wide.
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF))

# Wide symbols outside this range are emoji: ✅ and ⭐ before it, 😀 behind it.
_FIRST_IDEOGRAPHIC, _FIRST_PICTOGRAPHIC = 0x2E80, 0x1F000


def is_east_asian(character: str) -> bool:
    """Tell whether a character belongs to Chinese, Japanese or Korean text; emoji do not."""
    code = ord(character)
    if code < 0x1100:
        return False
    if any(first <= code <= last for first, last in _HANGUL):
        return True
    if unicodedata.category(character) == "So" and not _FIRST_IDEOGRAPHIC <= code < _FIRST_PICTOGRAPHIC:
        return False
    return unicodedata.east_asian_width(character) in "WFH"


class ChineseEmphasis(PlacedState):
    """Scan runs of emphasis markers by the amended rule."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 (the library's names)
        """Return whether the run at `start` can open and close, and its length."""
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        if not (is_east_asian(before) or is_east_asian(after)):
            return super().scanDelims(start, canSplitWord)
        can_open, can_close = _flanks(before, after)
        if not canSplitWord:  # `_` does not work inside a word
            can_open, can_close = (
                can_open and (not can_close or _is_punctuation(before)),
                can_close and (not can_open or _is_punctuation(after)),
            )
        return Scanned(can_open, can_close, end - start)


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    """Return whether a run between two characters is left-flanking and right-flanking."""
    left = not isWhiteSpace(ord(after)) and (not _divides(after) or _is_edge(before))
    right = not isWhiteSpace(ord(before)) and (not _divides(before) or _is_edge(after))
    return left, right


def _is_edge(character: str) -> bool:
    return isWhiteSpace(ord(character)) or _is_punctuation(character) or is_east_asian(character)


def _divides(character: str) -> bool:
    return _is_punctuation(character) and not is_east_asian(character)


def _is_punctuation(character: str) -> bool:
    return bool(isMdAsciiPunct(ord(character)) or isPunctChar(character))

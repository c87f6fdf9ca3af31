"""What an entry of an index begins with: the letter, row or number of strokes that it stands under."""

from __future__ import annotations

import unicodedata

# The rows of kana by their first signs, each with those that stand in it.
_ROWS = (
    "あぁいぃうぅゔえぇおぉ",
    "かきくけこゕゖ",
    "さしすせそ",
    "たちつってと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゃゆゅよょ",
    "らりるれろ",
    "わゎゐゑをん",
)
# The first consonants of syllables in Hangul.
_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_SYLLABLES, _A_CONSONANT = range(0xAC00, 0xD7A4), 588
_KATAKANA, _TO_HIRAGANA = range(0x30A1, 0x30F7), 0x60


def letter_of(text: str) -> str:
    """Return the letter of an alphabet that a text begins with, without its accents; "" for any other sign."""
    first = unicodedata.normalize("NFD", text[:1]).upper()[:1]
    return first if unicodedata.category(first or " ") == "Lu" else ""


def row_of(text: str) -> tuple[int, str] | None:
    """Return which row of kana, or which consonant of Hangul, a text begins with; None for any other sign."""
    code = ord(text[:1] or " ")
    if code in _SYLLABLES:
        index = (code - _SYLLABLES.start) // _A_CONSONANT
        return index, _CONSONANTS[index]
    kana = unicodedata.normalize("NFD", chr(code - _TO_HIRAGANA if code in _KATAKANA else code))[:1]
    return next(((index, row[0]) for index, row in enumerate(_ROWS) if kana in row), None)

"""Numbers that are printed with their word: those of parts and appendices."""

from __future__ import annotations

from octavo.normalise.numbers.numerals import write_han, write_letter, write_roman
from octavo.words import words_of

_HAN = ("zh", "ja")


def part_number(order: int, language: str) -> str:
    """Return the number of a part as a language prints it: 第一部分, Part I."""
    pattern = words_of(language).numbered["part"]
    if words_of(language).language.split("-")[0] in _HAN:
        return pattern.replace(" ", "").format(write_han(order))
    return pattern.format(write_roman(order))


def appendix_number(order: int, language: str) -> str:
    """Return the number of an appendix: 附录 A, Appendix A."""
    return words_of(language).numbered["appendix"].format(write_letter(order))

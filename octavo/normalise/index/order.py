"""The order of an index: as the language of the book wants it (CLDR), and the labels that its entries stand under.

Chinese is put in order by pinyin, by strokes or by zhuyin. By pinyin the entries stand among those in Latin letters,
with which each letter begins; by strokes or zhuyin they stand behind them. Whole words are read, so that 行业 stands
under H and 行走 under X; what no dictionary knows, its author tells by `sort`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from octavo.engine import Program, call
from octavo.normalise.index.initials import letter_of, row_of
from octavo.normalise.index.pinyin import Syllable, is_han, syllables
from octavo.words import words_of

Scheme: TypeAlias = Literal["auto", "pinyin", "stroke", "zhuyin"]

_PROGRAM = Program(libraries=(), script=Path(__file__).with_name("collate.js"))
_BORDERS = {
    "stroke": [chr(0x2800 + count) for count in range(1, 48)],
    "zhuyin": list("ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦㄧㄨㄩ"),
}
# Characters are read there as no dictionary of Chinese knows.
_READ_OTHERWISE = ("ja", "ko")
_TRADITIONAL = frozenset({"TW", "HK", "MO", "Hant"})

# Where the groups of a kind stand: signs and figures before letters, what has rows of its own behind them.
_SIGNS, _LETTERS, _ROWS, _OTHERS = range(4)


@dataclass(frozen=True, slots=True)
class Place:
    """Say where an entry stands: the `label` of its group, and the `key` by which it is compared with others."""

    label: str
    key: tuple[Any, ...]


def places_of(terms: Mapping[str, str | None], language: str, scheme: Scheme) -> dict[str, Place]:
    """Return the places of terms, each of which has what it is put in order by instead, where its author says so."""
    scheme = scheme_of(language, scheme)
    sorts = {text: sort or text for text, sort in terms.items()}
    chinese = {text: sorts[text] for text in terms if is_han(text) and language[:2] not in _READ_OTHERWISE}
    locale = f"zh-u-co-{scheme}" if chinese else language
    read = {text: syllables(sort) for text, sort in chinese.items()} if scheme == "pinyin" else {}
    letters = _letters(sorts, read, locale)
    ranks = _ranks(sorts, read, letters, locale)
    rows = _rows(chinese, scheme, language)
    symbols = words_of(language).symbols
    return {
        text: _place(text, sorts[text], read.get(text), rows.get(text), letters[text], ranks, symbols) for text in terms
    }


def scheme_of(language: str, scheme: Scheme) -> Scheme:
    """Return how Chinese is put in order: by strokes where traditional characters are written, else by pinyin."""
    if scheme != "auto":
        return scheme
    return "stroke" if language.startswith("zh") and _TRADITIONAL & set(language.split("-")) else "pinyin"


def _letters(sorts: Mapping[str, str], read: Mapping[str, tuple[Syllable, ...]], locale: str) -> dict[str, str]:
    """Return the letter that each term stands under, "" for none."""
    bases = {text: letter_of(sort) for text, sort in sorts.items()}
    letters = dict(zip(sorts, call(_PROGRAM, "letters", [*sorts.values()], [*bases.values()], locale), strict=True))
    return letters | {text: found[0][0][:1].upper() for text, found in read.items()}


def _ranks(
    sorts: Mapping[str, str], read: Mapping[str, tuple[Syllable, ...]], letters: Mapping[str, str], locale: str
) -> dict[str, int]:
    """Return the ranks of all that is compared: terms, the characters of those that are read, and letters."""
    texts = sorted({*sorts.values(), *letters.values(), *(character for text in read for character in text)})
    return dict(zip(texts, call(_PROGRAM, "ranks", texts, locale), strict=True))


def _rows(chinese: Mapping[str, str], scheme: Scheme, language: str) -> dict[str, tuple[int, str]]:
    """Return by how many strokes, or with which sign of zhuyin, terms begin, and how that is called."""
    if not chinese or scheme not in _BORDERS:
        return {}
    counts = call(_PROGRAM, "buckets", list(chinese.values()), _BORDERS[scheme], f"zh-u-co-{scheme}")
    strokes = words_of(language).strokes
    names = ["", *(_BORDERS[scheme] if scheme == "zhuyin" else (strokes.format(count) for count in range(1, 48)))]
    return {text: (count, names[count]) for text, count in zip(chinese, counts, strict=True)}


def _place(
    text: str,
    sort: str,
    read: tuple[Syllable, ...] | None,
    row: tuple[int, str] | None,
    letter: str,
    ranks: Mapping[str, int],
    symbols: str,
) -> Place:
    if read:
        characters = text if len(text) == len(read) else " " * len(read)
        by_character = tuple((*each, ranks.get(sign, 0)) for each, sign in zip(read, characters, strict=True))
        return Place(letter, (_LETTERS, ranks[letter], 1, by_character, ranks[sort], text))
    if row := row or row_of(sort):
        return Place(row[1], (_ROWS, row[0], 0, (), ranks[sort], text))
    if letter:
        return Place(letter, (_LETTERS, ranks[letter], 0, (), ranks[sort], text))
    if sort[:1].isalpha():
        return Place("", (_OTHERS, 0, 0, (), ranks[sort], text))
    return Place(symbols, (_SIGNS, 0, 0, (), ranks[sort], text))

"""The forms in which authors refer by number, in all languages, as one expression.

All words of all languages are in it at once, for a Chinese book may hold a page of English. The characters that a
mention may begin with stand in front, so that the search steps over others without a look at each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from octavo.normalise.numbers.numerals import HAN_NUMERALS
from octavo.words import all_patterns

# Kinds, each with the pattern in which its number is printed: (“figure”, “图 {}”).
Kinds: TypeAlias = tuple[tuple[str, str], ...]

# Kinds that head something: their numbers are parted by full stops alone, and “Sections 2-3” are two.
HEADED = frozenset({"part", "chapter", "section", "appendix"})
# Kinds that many write small inside a sentence: see figure 3.2.
_ALSO_SMALL = frozenset({"chapter", "section", "appendix", "figure", "table", "equation", "listing"})

_SPACE = r"[ \t\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}]"
_DOTTED = r"(?:\d{1,3}|[A-Z])(?:\.\d{1,3}){1,5}"
_HAN = rf"[{HAN_NUMERALS}]{{1,4}}(?![{HAN_NUMERALS}千万])"
_OF_HEADING = rf"(?:{_DOTTED}|\d{{1,3}}|[IVXL]{{1,6}}(?!\w)|[A-Z](?!\w)|{_HAN})"
_JOINT = r"[.\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]"
_OF_THING = rf"(?:\d{{1,3}}|[A-Z](?={_JOINT}\d))(?:{_JOINT}\d{{1,3}}){{0,3}}"
_PART = rf"(?:{_SPACE}?[(（][a-z][)）]|[a-z](?![A-Za-z]))?"
# Not the beginning of a longer number, and not a measure: 图 3 张, 表 2.5 倍.
_END = rf"(?![\d%％‰°℃A-Za-z]|[.:]\d|{_SPACE}?[个個条條次种種张張天年月日元倍度岁])"
# Not 第三节课, 第一章程.
_END_OF_UNIT = r"(?![课課点點目日拍奏车車电電骨藕棉能约約气氣假程鱼魚手])"
_AND = (
    rf"(?:{_SPACE}?[,，、;；]{_SPACE}?(?:(?:and|or|und|oder|et|ou){_SPACE})?"
    rf"|{_SPACE}(?:and|or|to|und|oder|bis|et|ou|à){_SPACE}"
    rf"|{_SPACE}?(?:和|与|與|及|或|至|到|と|から|와|과|[\N{{EN DASH}}—~～]){_SPACE}?)"
)
_CUES = ("见", "見", "参见", "參見", "参看", "參看", "see", "See", "cf.", "Cf.", "siehe", "Siehe", "voir", "Voir")


@dataclass(frozen=True, slots=True)
class Forms:
    """Hold the expression, and the kind that each word in it names."""

    expression: re.Pattern[str]
    kinds: Mapping[str, str]

    @staticmethod
    def parts(found: re.Match[str]) -> tuple[str, str]:
        """Return the word and the number of what was found; the word is empty for a mere number or “§”."""
        for form in ("thing", "headed", "ordinal", "counted"):
            if found[form]:
                return found[f"{form}_word"], found[form]
        return "", found["sign"] or found["cued"]


@cache
def forms_of(own: Kinds) -> Forms:
    """Return the forms for a book that has these kinds of its own."""
    words: dict[str, str] = {}
    units: dict[str, str] = {}
    for kind, pattern in (*all_patterns(), *own):
        before, _, after = (part.strip(" ()（）") for part in pattern.partition("{}"))
        if after:
            units.setdefault(after, kind)  # 第 {} 章, {}節
        else:
            words.setdefault(before, kind)
            if kind in _ALSO_SMALL:
                words.setdefault(before[0].lower() + before[1:], kind)
    of_things = _any(word for word, kind in words.items() if kind not in HEADED)
    of_headings = _any(word for word, kind in words.items() if kind in HEADED)
    branches = (
        rf"(?P<thing_word>{of_things}){_SPACE}{{0,2}}(?P<thing>[(（]{_OF_THING}[)）]|{_OF_THING}{_PART}){_END}",
        rf"(?P<headed_word>{of_headings}){_SPACE}{{0,2}}(?P<headed>{_OF_HEADING}){_END}",
        rf"[第제]{_SPACE}?(?P<ordinal>{_OF_HEADING}){_SPACE}?(?P<ordinal_word>{_any(units)}){_END_OF_UNIT}",
        rf"(?P<counted>{_DOTTED}){_SPACE}?(?P<counted_word>{_any(units)}){_END_OF_UNIT}",
        rf"§§?{_SPACE}?(?P<sign>{_DOTTED}|\d{{1,3}}){_END}",
        rf"(?:{_any(_CUES)}){_SPACE}?(?P<cued>{_DOTTED})(?=[,，。；;、)）]|\.?$|\.\s)",
    )
    first = "".join(sorted({word[0] for word in (*words, *_CUES)}))
    begins = rf"(?=[\dA-Z第제§{re.escape(first)}])"
    return Forms(re.compile(f"{begins}(?:{'|'.join(branches)})"), words | units)


@cache
def following(kind: str) -> re.Pattern[str]:
    """Return the expression for a number that goes on from one of this kind, as “ and 3.3” does."""
    number = rf"(?:{_DOTTED}|\d{{1,3}})" if kind in HEADED else f"{_OF_THING}{_PART}"
    return re.compile(rf"{_AND}(?P<number>{number}){_END}(?!{_SPACE}?[章节節절])")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

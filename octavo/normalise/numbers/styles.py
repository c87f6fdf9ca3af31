"""The styles in which authors number headings by hand.

In: the text a heading begins with. Out: the number it may begin with, as a `Candidate`, or None. A candidate is only
a possibility; whether it is a number is for the whole book to show (`written_numbers`).

Each row of `_STYLES` is one regular expression; the first that matches wins. It matches the number together with its
separator. The group `numeral` is what counts, `printed` (where it differs) is what stays visible, `word` keeps
sequences of different words apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TypeAlias

from octavo.normalise.numbers.numerals import (
    CIRCLED,
    CIRCLED_BLACK,
    FULL_STOP,
    HAN_NUMERALS,
    PARENTHESISED,
    PARENTHESISED_HAN,
    ROMAN_SINGLE,
    read_letter,
    read_numeral,
    write_like,
)

Values: TypeAlias = tuple[int, ...]

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stand for the inline that follows the leading text (code, a formula, a link)."""


class Strength(IntEnum):
    """Tell how far the form alone speaks for a number.

    BARE: `3 Foo`, only where all of its level are bare. WEAK: `1.1LLM`, only exactly where it is expected. MARKED:
    `3.`, `（一）`. WORD: `第三章` glued to what follows. CLEAR: `第三章：`, evidence by itself.
    """

    BARE = 0
    WEAK = 1
    MARKED = 2
    WORD = 3
    CLEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Hold a possible number: its `length` in the text with all separators, its `printed` form and its `values`."""

    style: str
    values: Values
    printed: str
    numeral: str
    length: int
    strength: Strength
    lettered: bool = False

    def printed_as(self, values: Values) -> str:
        """Return the printed form with `values` in place of its own."""
        samples = self.numeral.split(".") + ["1"] * len(values)
        parts = [
            write_like(sample, value, lettered=self.lettered) for sample, value in zip(samples, values, strict=False)
        ]
        before, _, after = self.printed.rpartition(self.numeral)
        return before + ".".join(parts) + after


_HAN = f"[{HAN_NUMERALS}]+"
_ROMAN = f"(?:[IVXL]+|[{ROMAN_SINGLE}])"
_PARTS = r"\d{1,3}(?:\.\d{1,3}){1,5}"
# What may stand right behind a number without a space: East Asian letters, opening marks, another inline.
_EAST_ASIAN = r"\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_GLUED = rf"(?=[{_EAST_ASIAN}《〈“‘「『【（{OBJECT}])"
_UNIT = "部分|单元|單元|[章节節篇部卷编編回讲講课課]"
_SPACED = r" +(?=\S)"
_COLON = r" *(?:[:：、]|[.—–](?!\d)) *| +- +"
# Words that make “Part I of the story” a sentence.
_SENTENCE = r"(?:of|in|is|and|or|to|for|from|with|on|at|as|was|are|has|does|vs)\b"
# A release rather than a section: 9.7.6 (March 19), 1.2 - 2024-05-01, 2.0 (unreleased).
_RELEASE = (
    r"(?: *(?:[-–—/|]|[(（\[]) *(?:\d{4}\b|\d{1,2}(?:[./]| *月)|(?i:unreleased|released)"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? *\d)| +\d{4}-\d\d)"
)
_MEASURE = "[倍万亿年月日号个版元米秒折级届代]"

_STYLES: tuple[tuple[str, Strength, str], ...] = (
    # 第一章 绪论, 第 3 节：…, 第2部分 alone
    (
        "第{word}",
        Strength.CLEAR,
        rf"(?P<printed>第 *(?P<numeral>{_HAN}|\d+) *(?P<word>{_UNIT}))(?:{_COLON}| +|$)",
    ),
    # 第一章绪论; but 第一节课, 第三节点, and 第一部手机, 第二回合, 第三篇论文, 第一编程语言 (those units never glue)
    (
        "第{word}",
        Strength.WORD,
        rf"(?P<printed>第 *(?P<numeral>{_HAN}|\d+) *(?P<word>章(?![节節程鱼])|[节節](?![课課点目日拍奏])){_GLUED})",
    ),
    # Chapter 4: …, Part II, Chapter 1 The Beginning
    (
        "{word}",
        Strength.CLEAR,
        rf"(?P<printed>(?P<word>(?i:chapter|part)) +(?P<numeral>\d{{1,3}}|{_ROMAN}))(?:{_COLON}| +(?=[^a-z\s])|$)",
    ),
    # Chapter 1 the beginning; but Part I of the story
    (
        "{word}",
        Strength.WORD,
        rf"(?P<printed>(?P<word>(?i:chapter|part)) +(?P<numeral>\d{{1,3}}|{_ROMAN})) +(?!{_SENTENCE})(?=[a-z])",
    ),
    # 附录 A：…, Appendix B. …, 附录一 alone; “Appendix I” may be the first as well as the ninth and is not clear
    (
        "appendix",
        Strength.CLEAR,
        rf"(?P<printed>(?:附[录錄] *|(?i:appendix) +)(?P<numeral>[A-HJ-Z]|\d{{1,2}}|{_HAN}))(?:{_COLON}|$)",
    ),
    # 附录 A 名词; alone only the first, for there is 附录 C 语言速查
    ("appendix", Strength.CLEAR, r"(?P<printed>(?:附[录錄] *|(?i:appendix) +)(?P<numeral>[A1一])) +(?=[^a-z\s])"),
    (
        "appendix",
        Strength.WORD,
        rf"(?P<printed>(?:附[录錄] *|(?i:appendix) +)(?P<numeral>[A-Z]|\d{{1,2}}|{_HAN}))"
        rf"(?:{_COLON}|$| +(?!{_SENTENCE})(?=\S)|{_GLUED})",
    ),
    # §2.1 …, § 3
    ("§", Strength.CLEAR, rf"(?P<printed>§ *(?P<numeral>{_PARTS}|\d{{1,3}}))(?:{_COLON}| +|$|{_GLUED})"),
    # 1.1LLM but also 2.4GHz, 1.1元数据 but also 1.5倍
    ("digits", Strength.WEAK, rf"(?P<numeral>{_PARTS})(?=[A-Z]|{_MEASURE})"),
    # 1.1 …, 1.1.1. …, 1.1、…, 13.11训练; not 1.5%, 1.1-1.3, 2.4x
    ("digits", Strength.MARKED, rf"(?P<numeral>{_PARTS})(?!{_RELEASE})(?:[.、:：]?{_SPACED}|[.、：](?=\D)|{_GLUED})"),
    # A.1 … under Appendix A
    ("letter", Strength.MARKED, rf"(?P<numeral>[A-Z](?:\.\d{{1,3}}){{1,5}})(?:[.、:：]?{_SPACED}|{_GLUED})"),
    # 1.LLM, 1、2 号线
    ("digits", Strength.WEAK, r"(?P<numeral>\d{1,3})(?:\.(?=[A-Z])|、(?=\d))"),
    # 1. …, 1.安装, 1、…
    ("digits", Strength.MARKED, rf"(?P<numeral>\d{{1,3}})(?:\.(?:{_SPACED}|{_GLUED})|、 *(?=\S))"),
    # 1 Foo; not 3D, 0-1, 5 %, 3 × 4, nor a number of three digits (404) or more (1984)
    ("digits", Strength.BARE, r"(?P<numeral>\d{1,2}) +(?=[^\s\-–—~:×*/+=%°&|.,)）])"),
    # ⒈ …
    ("digits", Strength.MARKED, rf"(?P<numeral>[{FULL_STOP}]) *(?=\S)"),
    # 一、二线城市
    ("一、", Strength.WEAK, rf"(?P<printed>(?P<numeral>{_HAN})、)(?=[二三四五六七八九十])"),
    # 一、…, 十二. …
    ("一、", Strength.MARKED, rf"(?P<printed>(?P<numeral>{_HAN})(?:、|\.)) *(?=\S)"),
    # （一）…, (一) …, ㈠ …
    ("（一）", Strength.MARKED, rf"(?P<printed>[（(] *(?P<numeral>{_HAN}) *[)）])[、.]? *(?=\S)"),
    ("（一）", Strength.MARKED, rf"(?P<numeral>[{PARENTHESISED_HAN}]) *(?=\S)"),
    # （1）…, (1) …, ⑴ …
    ("（1）", Strength.MARKED, r"(?P<printed>[（(] *(?P<numeral>\d{1,3}) *[)）])[、.]? *(?=\S)"),
    ("（1）", Strength.MARKED, rf"(?P<numeral>[{PARENTHESISED}]) *(?=\S)"),
    # 1）…, 1) …, 一）…
    ("1）", Strength.MARKED, rf"(?P<printed>(?P<numeral>\d{{1,3}}|{_HAN})[)）]) *(?=\S)"),
    # ① …, ❶ …
    ("①", Strength.MARKED, rf"(?P<numeral>[{CIRCLED}{CIRCLED_BLACK}])[、.]? *(?=\S)"),
    # IV. …, Ⅳ、…; not I.e., I.M. Pei
    ("roman", Strength.MARKED, rf"(?P<numeral>{_ROMAN})(?:\.(?:{_SPACED}|{_GLUED})|、 *(?=\S))"),
)

_LETTERED = ("appendix", "letter")

# Full-width digits, letters and the full stop mean the same as ASCII; the length of the text must not change.
_ASCII = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0E)
}
_ASCII |= dict.fromkeys(map(ord, "\t\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"), ord(" "))


def find_candidate(text: str) -> Candidate | None:
    """Return the number that `text` may begin with, or None."""
    plain = text.translate(_ASCII)
    start = len(plain) - len(plain.lstrip())
    for style, strength, pattern in _compiled():
        if (found := pattern.match(plain, start)) and (candidate := _candidate(style, strength, found)):
            return candidate
    return None


def read_printed(printed: str) -> Candidate | None:
    """Return the number that was taken out of a heading before, from its printed form, or None."""
    # The separator is gone: “1” was 1. or 1、 and “IV” was IV.
    return find_candidate(f"{printed} {OBJECT}") or find_candidate(f"{printed}. {OBJECT}")


@cache
def _compiled() -> tuple[tuple[str, Strength, re.Pattern[str]], ...]:
    return tuple((style, strength, re.compile(pattern)) for style, strength, pattern in _STYLES)


def _candidate(style: str, strength: Strength, found: re.Match[str]) -> Candidate | None:
    groups = found.groupdict()
    numeral = groups["numeral"]
    lettered = style in _LETTERED and "A" <= numeral[0] <= "Z"
    values = _values(numeral, lettered=lettered)
    if values is None:
        return None
    printed = " ".join((groups.get("printed") or numeral).split())
    if numeral in FULL_STOP:
        printed = numeral = str(values[0])
    word = (groups.get("word") or "").lower()
    return Candidate(
        # “1.1” and “1.1.1” are different sequences, and so are 附录 A and 附录 1.
        style=f"{style.format(word=word)}{'/A' if lettered else ''}/{len(values)}",
        values=values,
        printed=printed,
        numeral=numeral,
        length=found.end(),
        strength=strength,
        lettered=lettered,
    )


def _values(numeral: str, *, lettered: bool) -> Values | None:
    first, *others = numeral.split(".")
    values = [read_letter(first) if lettered else read_numeral(first), *map(int, others)]
    return tuple(value for value in values if value is not None) if None not in values else None

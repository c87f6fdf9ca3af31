"""What reads in a text like a reference by number: “§1.3.2”, “见 1.3.2 节”, “图 3-2”, “Figures 3.2 and 3.3”.

In: a text. Out: its mentions, each with the kind that it names, the number, and what the words around it say: whether
they point (“see”), or speak of another work (“RFC 793 §3”, “《红楼梦》第三章”), whose numbers are none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from octavo.normalise.numbers.mention_forms import HEADED, Forms, Kinds, following, forms_of
from octavo.normalise.numbers.numerals import HAN_NUMERALS, read_numeral
from octavo.normalise.numbers.surroundings import ends_another_word, points, speaks_of_another_work

_PLURAL = re.compile(r"[^\W\d]+[sx]\.?\s")
_PARTS = re.compile(rf"\d+|[A-Za-z]+|[{HAN_NUMERALS}]+")
# Full-width digits and the full stop between them mean the same as ASCII; the length of the text must not change.
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0E)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Hold a mention between two offsets of a text: a `kind`, and the parts of its `number` (“3-2(a)”: 3, 2, a)."""

    start: int
    end: int
    kind: str
    number: tuple[str, ...]
    points: bool
    of_another_work: bool


def find_mentions(text: str, own: Kinds = ()) -> Iterator[Mention]:
    """Yield the mentions in a text; `own` are kinds of the author's own, each with the pattern of its label."""
    forms = forms_of(own)
    plain = text.translate(_FULL_WIDTH)
    before: Mention | None = None
    for found in forms.expression.finditer(plain):
        if (mention := _mention(plain, found, forms, before)) is None:
            continue
        yield mention
        before = mention
        for before in _others(plain, mention):
            yield before


def read_parts(text: str, kind: str) -> tuple[str, ...] | None:
    """Return the parts of a number, its numerals as digits; None where it is none."""
    if not (parts := _PARTS.findall(text)):
        return None  # a mark, such as “*”
    first, *others = parts
    if first.isascii() and first.isalpha() and len(first) == 1 and (others or kind == "appendix"):
        return (first, *others)  # the letter of an appendix
    if not first.isdigit() and kind not in HEADED:
        return None
    value = read_numeral(first)
    return None if value is None else (str(value), *others)


def _mention(text: str, found: re.Match[str], forms: Forms, before: Mention | None) -> Mention | None:
    word, written = forms.parts(found)
    kind = forms.kinds.get(word, "section")
    number = read_parts(written, kind)
    if number is None or ends_another_word(text, found.start(), word):
        return None
    if word[:1].islower() and written == "I":
        return None  # in the last chapter I told
    start = found.start("cued") if found["cued"] else found.start()
    return Mention(
        start=start,
        end=found.end(),
        kind=kind,
        number=number,
        points=bool(found["cued"]) or points(text, start, found.end()),
        of_another_work=speaks_of_another_work(text, found.start(), found.end(), before.end if before else -1),
    )


def _others(text: str, mention: Mention) -> Iterator[Mention]:
    """Yield the numbers that go on from a mention: “Figures 3.2, 3.3 and 3.5”."""
    end = mention.end
    plural = _PLURAL.match(text, mention.start)
    while found := following(mention.kind).match(text, end):
        number = read_parts(found["number"], mention.kind)
        if number is None or (len(number) < 2 and not plural):
            return  # a single figure may count anything: 图 3 和 4 月
        end = found.end()
        yield Mention(
            start=found.start("number"),
            end=end,
            kind=mention.kind,
            number=number,
            points=False,
            of_another_work=mention.of_another_work,
        )

"""Places in a work, as authors write them behind its key: `p. 33–35`, `chap. 3`, `第3章`, `第 12–15 页`, `{any words}`.

The words come from the locales of CSL, where each kind of place has a long form, a short one and perhaps a sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from octavo.citations.locales import LOCALES, locale_of, locale_text

if TYPE_CHECKING:
    from collections.abc import Iterator

# https://docs.citationstyles.org/en/stable/specification.html#locators
_UNITS = frozenset({
    "act", "appendix", "article-locator", "book", "canon", "chapter", "column", "equation", "figure", "folio", "issue",
    "line", "note", "opus", "page", "paragraph", "part", "rule", "scene", "section", "sub-verbo", "supplement", "table",
    "timestamp", "title-locator", "verse", "volume",
})  # fmt: skip
_MORE = {"ch.": "chapter", "chs.": "chapter", "sect.": "section", "段": "paragraph", "表": "table", "图": "figure",
         "回": "chapter", "篇": "part", "编": "part"}  # fmt: skip
_ONE = r"(?:\d+(?:[.:]\d+)*[a-z]?|[ivxlcdm]+|[A-Z]?\d+)"
_NUMBERS = rf"{_ONE}(?:\s*(?:--?|–|—|~|～|至|/)\s*{_ONE})?"
_LIST = rf"{_NUMBERS}(?:\s*(?:,|，|、|&)\s*{_NUMBERS})*"
_HAN = r"[零〇一二三四五六七八九十百千]+"
_BRACED = re.compile(r"\s*[,，]?\s*\{(?P<inside>[^{}]*)\}")
_ORDINAL = re.compile(rf"\s*[,，]?\s*第\s*(?P<number>{_LIST}|{_HAN}(?:\s*[-–—至]\s*{_HAN})?)\s*")
_BARE = re.compile(rf"\s*[,，]\s*(?P<number>(?=\d){_LIST})(?!\w)")
_DASH = re.compile(r"\s*(?:--?|–|—|~|～|至)\s*")


@dataclass(frozen=True, slots=True)
class Locator:
    """Hold a place: its number and what it counts; `written` is all of it, with what parts it from the key."""

    number: str
    unit: str
    written: str

    @property
    def length(self) -> int:
        """Return how many characters were written."""
        return len(self.written)

    @property
    def words(self) -> str:
        """Return what was written without what parts it from the key."""
        return self.written.strip(" ,，{}")


def read_locator(text: str, language: str) -> Locator | None:
    """Return the place that a text begins with, or None; a bare number behind a comma is that of a page."""
    if found := _BRACED.match(text):
        inner = read_locator(f", {found['inside']}", language)
        whole = inner is not None and inner.length == len(found["inside"]) + 2
        number, unit = (inner.number, inner.unit) if inner and whole else (found["inside"].strip(), "page")
        return Locator(number, unit, found[0]) if number else None
    if found := _ORDINAL.match(text):
        word = _unit_at(text, found.end(), language)
        return (
            Locator(_plain(found["number"]), _words(language)[word], text[: found.end() + len(word)]) if word else None
        )
    if found := _labelled(language).match(text):
        return Locator(_plain(found["number"]), _words(language)[found["unit"].lower()], found[0])
    if found := _BARE.match(text):
        return Locator(_plain(found["number"]), "page", found[0])
    return None


def _plain(number: str) -> str:
    """Return numbers with a hyphen between the ends of a range, for which every style has a sign."""
    return re.sub(r"\s*[，、]\s*", ", ", _DASH.sub("-", number))


def _unit_at(text: str, index: int, language: str) -> str | None:
    return next(
        (word for word in sorted(_words(language), key=len, reverse=True) if text.startswith(word, index)), None
    )


@cache
def _labelled(language: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words(language), key=len, reverse=True))
    return re.compile(rf"\s*[,，]?\s*(?P<unit>{words})\s*(?P<number>{_LIST})(?![^\W\d_])", re.IGNORECASE)


@cache
def _words(language: str) -> dict[str, str]:
    """Return what each word for a kind of place stands for, in English, in Chinese and in a language."""
    found = dict(_MORE)
    for name in dict.fromkeys(("en-US", "zh-CN", locale_of(language))):
        found |= {word.lower(): unit for unit, word in _terms(name)}
    return found


def _terms(name: str) -> Iterator[tuple[str, str]]:
    from lxml import etree  # noqa: PLC0415 (only books that cite need it)

    if not LOCALES.is_dir():
        return  # not fetched, which is reported when citations are set
    root = etree.fromstring(locale_text(name).encode())
    for term in root.iter("{*}term"):
        if term.get("name") in _UNITS:
            texts = [term.text, *(child.text for child in term)]
            yield from ((str(term.get("name")), text.strip()) for text in texts if text and text.strip())

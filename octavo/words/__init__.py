"""The words that Octavo itself puts into a book: one small table a language."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.words import de, en, fr, ja, ko, zh_cn, zh_tw
from octavo.words.table import Words

__all__ = ["Words", "all_patterns", "is_chinese", "words_of"]

_BY_LANGUAGE = {
    "de": de.WORDS,
    "en": en.WORDS,
    "fr": fr.WORDS,
    "ja": ja.WORDS,
    "ko": ko.WORDS,
    "zh": zh_cn.WORDS,
    "zh-tw": zh_tw.WORDS,
    "zh-hk": zh_tw.WORDS,
    "zh-mo": zh_tw.WORDS,
    "zh-hant": zh_tw.WORDS,
}


def words_of(language: str) -> Words:
    """Return the words for a BCP 47 tag: of the whole tag, of its language, or the English ones."""
    tag = language.lower()
    for known in sorted(_BY_LANGUAGE, key=len, reverse=True):
        if tag == known or tag.startswith(f"{known}-"):
            return _BY_LANGUAGE[known]
    return en.WORDS


def is_chinese(language: str) -> bool:
    """Tell whether a BCP 47 tag names Chinese."""
    return language.lower().split("-")[0] in ("zh", "cmn", "yue")


def all_patterns() -> Iterator[tuple[str, str]]:
    """Yield each kind with each pattern, in any language, by which its number is printed or referred to."""
    for words in (en.WORDS, zh_cn.WORDS, zh_tw.WORDS, ja.WORDS, ko.WORDS, de.WORDS, fr.WORDS):
        yield from words.numbered.items()
        yield from ((kind, pattern) for kind, patterns in words.also.items() for pattern in patterns)

"""Where words are hyphenated: as pyphen does it, which reads all patterns for that."""

from __future__ import annotations

import pyphen
import pytest

from octavo.pdf.lines.hyphens import Limited, hyphenator

WORDS = {
    "en": "hyphenation typography Associate-associate O table tables unbreakable QUEUEING extraordinarily",
    "fr": "bibliothèque anticonstitutionnellement où œuvre Été été",
    "nl": "lettergrepen ziekenhuizen één",
    "ru": "переносы библиотека",
    "el": "βιβλιοθήκη",
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(("left", "right"), [(2, 2), (4, 4)])
def test_words_are_hyphenated_as_pyphen_does_it(language: str, left: int, right: int) -> None:
    language = pyphen.language_fallback(language)
    ours, theirs = hyphenator(language, left, right), pyphen.Pyphen(lang=language, left=left, right=right)
    assert isinstance(ours, Limited)
    for word in WORDS[language[:2]].split():
        assert ours.positions(word) == theirs.positions(word), word
        assert ours.positions(word) == theirs.positions(word), f"{word}, as it is remembered"


def test_a_language_whose_patterns_change_the_spelling_is_left_to_pyphen() -> None:
    assert isinstance(hyphenator(pyphen.language_fallback("eo"), 2, 2), pyphen.Pyphen)

"""Rules that are asked by the first character say what they say when all of them are asked at every place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

from octavo.parse.dispatch import BLOCKS, INLINES
from octavo.parse.parser import Dialect, create_parser

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("tests/cases", "guide", "source")
TEXTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md") if path.is_file())
# What a rule of one character could be asked of by mistake: each begins with a mark, or stands right behind one.
MARKS = "`~>*-_+0123456789[<#:{$Tt表FHWfhw\\\n^!@&|=。，x "


def asking_all(dialect: Dialect) -> MarkdownIt:
    """Return the parser with the library's own way of asking."""
    md = create_parser.__wrapped__(dialect, 256)
    md.block.ruler = plain(md.block.ruler)
    md.inline.ruler = plain(md.inline.ruler)
    return md


def plain(ruler: Ruler[Any]) -> Ruler[Any]:
    """Return a ruler of the library with the same rules."""
    new: Ruler[Any] = Ruler()
    new.__rules__ = ruler.__rules__
    return new


@pytest.mark.parametrize("dialect", Dialect)
def test_real_texts_are_parsed_alike(dialect: Dialect) -> None:
    ours, all_asked = create_parser(dialect, 256), asking_all(dialect)
    texts = [path.read_text("utf-8", "replace") for path in TEXTS]
    assert not [text for text in texts if ours.parse(text, {}) != all_asked.parse(text, {})]
    assert len(TEXTS) > 100


@pytest.mark.parametrize("dialect", Dialect)
def test_every_pair_of_marks_is_parsed_alike(dialect: Dialect) -> None:
    ours, all_asked = create_parser(dialect, 256), asking_all(dialect)
    texts = [
        "\n\n".join(f"{one}{two} a{one}{two}b{two}{one}\n{one}{one}{two}{two}c\n\n{two}" for two in MARKS)
        for one in MARKS
    ]
    assert not [text for text in texts if ours.parse(text, {}) != all_asked.parse(text, {})]


def test_the_lists_name_rules_that_there_are() -> None:
    md = create_parser(Dialect.OCTAVO, 256)
    assert set(BLOCKS) <= set(md.block.ruler.get_active_rules())
    assert set(INLINES) <= set(md.inline.ruler.get_active_rules())

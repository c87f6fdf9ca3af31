"""Chinese surnames that are read otherwise than their characters stand where they are read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from octavo.citations.bibtex import read_bibtex
from octavo.citations.process import can_cite, set_citations
from octavo.citations.styles import shipped_style
from octavo.diagnostics import Report

READ = ("区适子", "欧阳修", "朴元", "邱心如", "仇英", "任昉", "单霁翔", "尚小云", "解缙", "徐渭", "尉迟恭", "袁枚")
READ_LATER = ("臧克家", "曾巩", "查慎行", "翟灏", "张岱", "长孙无忌", "赵翼")


def order(
    authors: Sequence[str],
    titles: Sequence[str] = (),
    language: str = "zh-CN",
    style: str = "gb-t-7714-2025-author-date",
) -> list[str]:
    """Return authors, and titles of works without one, in the order of a list."""
    entries = [f"@book{{{name}, author={{{name}}}, title={{集}}, year={{2000}}}}" for name in authors]
    entries += [f"@book{{{title}, title={{{title}}}, year={{2000}}}}" for title in titles]
    works = {work.key: work for work in read_bibtex("\n".join(entries), "works.bib", Report())}
    return list(set_citations(shipped_style(style, None), language, works, (), sorted(works)).entries)


@pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")
def test_surnames_stand_where_they_are_read() -> None:
    assert order(READ) == list(READ)
    assert order(READ_LATER) == list(READ_LATER)
    assert order(READ, language="en") == list(READ)


@pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")
def test_titles_are_read_as_words() -> None:
    found = order(["戴震", "单霁翔"], ["单片机原理"], style="apa")
    assert found == ["戴震", "单片机原理", "单霁翔"]

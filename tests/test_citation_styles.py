"""Sixty works and more, Chinese and English, in six styles, held against golden files and the standards' own examples.

`golden/<style>.txt` has a line for each citation and each entry, in the order of the list; `*` stands around italics,
`^` around what is raised.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from octavo.citations.bibtex import read_bibtex
from octavo.citations.positions import Cite, Cluster
from octavo.citations.process import Set, can_cite, set_citations
from octavo.citations.styles import known_styles, shipped_style
from octavo.citations.works import Works
from octavo.diagnostics import Report

pytestmark = pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")

HERE = Path(__file__).parent / "citations"
STYLES = {
    "gb-t-7714-2025-numeric": "zh-CN",
    "gb-t-7714-2025-author-date": "zh-CN",
    "gb-t-7714-2015-numeric": "zh-CN",
    "gb-t-7714-2015-author-date": "zh-CN",
    "apa": "en",
    "chicago-author-date": "en",
    "chicago-notes": "en",
    "ieee": "en",
}
# Cited together, and in a sentence.
TOGETHER = (
    ("zhang2002", "cao2011", "chen2000"),
    ("yu2012", "desmarais1992"),
    ("zhou2019a", "zhou2019b", "knuth1984a"),
    ("miller2018a", "miller2018b"),
)
MARKS = {"i": "*", "em": "*", "b": "**", "sup": "^", "sub": "~"}


@cache
def works() -> Works:
    report = Report()
    found = {work.key: work for work in read_bibtex((HERE / "works.bib").read_text("utf-8"), "works.bib", report)}
    assert [str(said) for said in report] == []
    return found


@cache
def made(style: str) -> Set:
    """Return each work cited alone, some together, and some in a sentence, in the order of the file."""
    clusters = [Cluster((Cite(key),)) for key in works()]
    clusters += [Cluster(tuple(Cite(key) for key in keys)) for keys in TOGETHER]
    clusters += [Cluster((Cite(key, "12", "page"),), "sentence") for keys in TOGETHER for key in keys[:1]]
    return set_citations(shipped_style(style, None), STYLES[style], works(), clusters, ())


def plain(markup: str) -> str:
    """Return markup as text, with signs for italics and what is raised."""
    markup = re.sub(r"<margin>(.*?)</margin>", r"\1 ", markup)
    for tag, mark in MARKS.items():
        markup = re.sub(f"</?{tag}>", mark, markup)
    return unescape(re.sub(r"<[^>]*>", "", markup)).strip()


def entries(style: str) -> dict[str, str]:
    """Return the entries by key, without their numbers."""
    return {key: plain(re.sub("<margin>.*?</margin>", "", text)) for key, text in made(style).entries.items()}


def test_the_works_are_enough() -> None:
    chinese = [work for work in works().values() if work.language == "zh-CN"]
    assert len(works()) >= 60
    assert len(chinese) >= 30
    assert len(works()) - len(chinese) >= 28


@pytest.mark.parametrize("style", STYLES)
def test_a_style_sets_all_works(style: str, update_golden: bool) -> None:
    words = [f"{plain(found.author)} {plain(found.text)}".strip() for found in made(style).words]
    listed = [plain(text) for text in made(style).entries.values()]
    said = "\n".join([*words, "", *listed, ""])
    path = HERE / "golden" / f"{style}.txt"
    if update_golden:
        path.write_text(said, "utf-8")
    assert said == path.read_text("utf-8"), "read it, then: pytest --update-golden"


def test_every_style_that_comes_along_can_be_read() -> None:
    assert {"apa", "ieee", "chicago-notes", *STYLES} <= set(known_styles())
    for name in known_styles():
        assert shipped_style(name, None).xml

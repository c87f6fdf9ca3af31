"""What is left out to set citations quickly changes no word: held against citeproc-js, which does all of it."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from octavo.citations import process
from octavo.citations.bibtex import read_bibtex
from octavo.citations.positions import Cite, Cluster
from octavo.citations.process import can_cite
from octavo.citations.styles import known_styles, shipped_style
from octavo.citations.works import Works
from octavo.diagnostics import Report
from octavo.engine import Program, call

pytestmark = pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")

HERE = Path(__file__).parent / "citations"
COMPARE = HERE / "compare.js"


@cache
def works() -> Works:
    text = (HERE / "works.bib").read_text("utf-8")
    return {work.key: work for work in read_bibtex(text, "works.bib", Report())}


PLACES = [(None, "page"), ("9", "page"), ("112", "page"), ("3", "chapter"), ("21–24", "page"), ("iv", "page")]


def clusters(keys: list[str], count: int) -> list[Cluster]:
    """Return works cited together at random, at random places in them."""
    chance = random.Random(7714)
    cites = [Cite(key, *place) for key in keys for place in chance.sample(PLACES, 3)]
    return [Cluster(tuple(chance.sample(cites, chance.choice((1, 2, 3))))) for _ in range(count)]


def asked(style: str, language: str, keys: list[str], count: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what is asked of the script for some clusters of works, each in the language of the book."""
    found: list[Any] = []

    def asking(_: Program, __: str, request: Any, seconds: float) -> Any:
        found.append(request)
        return {"texts": [], "entries": []}

    with monkeypatch.context() as patched:
        patched.setattr(process, "call", asking)
        process.set_citations(shipped_style(style, None), language, works(), clusters(keys, count), keys)
    return found[0]


def compared(function: str, *requests: Any) -> list[Any]:
    """Return what a function of compare.js returns."""
    script = process._PROGRAM.script
    program = replace(process._PROGRAM, changes=(*process._PROGRAM.changes, script), script=COMPARE)
    found = call(program, function, *requests)
    assert isinstance(found, list)
    return found


# citeproc-js loses what stands between two works where the second one begins with the number of a note (同2).
LOSES_MARKS = "gb-t-7714-2015-note"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("style", [name for name in known_styles() if name != LOSES_MARKS])
def test_works_set_one_by_one_read_as_together(style: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = compared("compareClusters", asked(style, language, list(works()), 150, monkeypatch))
    assert len(pairs) == 150
    for apart, together in pairs:
        assert apart == together


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("style", known_styles())
def test_a_list_has_the_order_of_all_its_keys(style: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    order, full = compared("compareOrder", asked(style, language, list(works()), 0, monkeypatch))
    assert order == full


@pytest.mark.parametrize("style", known_styles())
def test_what_is_left_of_a_style_reads_as_the_whole(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    language = "zh-CN" if style.startswith("gb-t") else "en"
    keys = random.Random(style).sample(list(works()), 20)
    short = asked(style, language, keys, 50, monkeypatch)
    monkeypatch.setattr(process, "needed", lambda xml, _: xml)
    whole = asked(style, language, keys, 50, monkeypatch)
    assert len(short["style"]) < len(whole["style"])
    written, full = compared("compareWhole", short, whole)
    assert written == full


@pytest.mark.parametrize("style", known_styles())
def test_what_is_prepared_is_not_changed_by_what_was_cited(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    language = "zh-CN" if style.startswith("gb-t") else "en"
    again, anew = compared("compareAgain", asked(style, language, list(works()), 60, monkeypatch))
    assert again == anew

"""What is left out to set citations quickly changes no word: held against citeproc-js, which does all of it."""

from __future__ import annotations

import random
from dataclasses import replace
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


def works() -> Works:
    text = (HERE / "works.bib").read_text("utf-8")
    return {work.key: work for work in read_bibtex(text, "works.bib", Report())}


def compared(function: str, style: str, language: str, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what a function of compare.js returns for some clusters of the works, each in the language of the book."""
    chance = random.Random(7714)
    known = works()
    keys = list(known)
    places = [(None, "page"), ("9", "page"), ("112", "page"), ("3", "chapter"), ("21–24", "page"), ("iv", "page")]
    cites = [Cite(key, *place) for key in keys for place in chance.sample(places, 3)]
    clusters = [Cluster(tuple(chance.sample(cites, chance.choice((1, 2, 3))))) for _ in range(150)]
    asked: list[Any] = []

    def asking(_: Program, __: str, request: Any, seconds: float) -> Any:
        asked.append(request)
        return {"texts": [], "entries": []}

    with monkeypatch.context() as patched:
        patched.setattr(process, "call", asking)
        process.set_citations(shipped_style(style, None), language, known, clusters, keys)
    script = process._PROGRAM.script
    program = replace(process._PROGRAM, changes=(*process._PROGRAM.changes, script), script=COMPARE)
    found = call(program, function, *asked)
    assert isinstance(found, list)
    return found


# citeproc-js loses what stands between two works where the second one begins with the number of a note (同2).
LOSES_MARKS = "gb-t-7714-2015-note"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("style", [name for name in known_styles() if name != LOSES_MARKS])
def test_works_set_one_by_one_read_as_together(style: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = compared("compareClusters", style, language, monkeypatch)
    assert len(pairs) == 150
    for apart, together in pairs:
        assert apart == together


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("style", known_styles())
def test_a_list_has_the_order_of_all_its_keys(style: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    order, full = compared("compareOrder", style, language, monkeypatch)
    assert order == full

"""Citations are set once: the same works, cited alike in the same style, are found by the next build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from octavo.citations import process
from octavo.citations.bibtex import read_bibtex
from octavo.citations.positions import Cite, Cluster
from octavo.citations.process import Set, can_cite, set_citations
from octavo.citations.styles import shipped_style
from octavo.diagnostics import Report
from octavo.engine import call
from octavo.store import VARIABLE

pytestmark = pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")

WORKS = "@book{%s, author = {Field, Ann}, title = {A %s}, year = 2001}"


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what the program is asked, from now on, with a store that is empty at first."""
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv(VARIABLE, str(folder))
    requests = list[Any]()

    def calling(*arguments: Any, **limits: Any) -> Any:
        requests.append(arguments[-1])
        return call(*arguments, **limits)

    monkeypatch.setattr(process, "call", calling)
    return requests


def set_in(style: str, *, title: str = "river", place: str | None = None, language: str = "en") -> Set:
    works = {work.key: work for work in read_bibtex(WORKS % ("a", title), "works.bib", Report())}
    return set_citations(shipped_style(style, None), language, works, [Cluster((Cite("a", place, "page"),))], [])


def test_what_was_set_is_found(asked: list[Any]) -> None:
    first = set_in("apa")
    assert first.words[0].text == '(<cite data-key="a">Field, 2001</cite>)'
    assert set_in("apa") == first
    assert len(asked) == 1


def test_whatever_differs_is_set_anew(asked: list[Any]) -> None:
    ways: list[dict[str, Any]] = [{}, {"title": "lake"}, {"place": "7"}, {"language": "zh-CN"}]
    made = [set_in("apa", **way) for way in ways] + [set_in("ieee")]
    assert len(asked) == len(made) == 5

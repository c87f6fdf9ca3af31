"""What a book is going to cite is guessed before it is parsed: right in plain books, and harmless where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from octavo.citations import foretold, process
from octavo.citations.process import can_cite
from octavo.diagnostics import Report
from octavo.document import BibliographyEntry, Citation, Document, plain_text, walk
from octavo.engine import call
from octavo.recipe import Timings, prepare
from octavo.store import VARIABLE

pytestmark = pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")

WORKS = "\n".join(
    f"@book{{{key}, author = {{{author}}}, title = {{{title}}}, year = 2001}}"
    for key, author, title in (("a", "Field, Ann", "A river"), ("b", "Field, Ann", "A lake"), ("c", "赵一", "论水"))
)
STYLES = ("apa", "chicago-notes", "gb-t-7714-2025-numeric")


@pytest.fixture
def guessed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what the engine is asked to prepare, from now on, and is asked at once."""
    found: list[Any] = []

    def preparing(program: Any, function: str, request: Any) -> None:
        found.append(request)
        call(program, function, request)

    monkeypatch.setattr(process, "begin_call", preparing)
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what the engine is asked to set, from now on."""
    found: list[Any] = []

    def calling(program: Any, function: str, request: Any, **limits: Any) -> Any:
        found.append(request)
        return call(program, function, request, **limits)

    monkeypatch.setattr(process, "call", calling)
    return found


def read(folder: Path, text: str, style: str, more: str = "") -> Document:
    head = f'[book]\ntitle = "T"\nlanguage = "zh-CN"\ndate = 2025-01-01\n[references]\nstyle = "{style}"\n{more}'
    (folder / "octavo.toml").write_text(f'{head}bibliography = ["works.bib"]\n')
    (folder / "works.bib").write_text(WORKS)
    (folder / "a.md").write_text(text)
    edition = prepare(folder, Report(), Timings())
    assert edition is not None
    return edition.document


def words(document: Document) -> list[str]:
    return [plain_text(found) for kind in (Citation, BibliographyEntry) for found in walk(document, kind)]


@pytest.mark.parametrize("style", STYLES)
def test_what_a_plain_book_cites_is_foretold(style: str, tmp_path: Path, guessed: list[Any], asked: list[Any]) -> None:
    read(tmp_path, "# 甲\n\n文[@b, 第 3 页；不止]，@a 说 [-@{c}; @b]。\n\nann@a.example, `x@c`\n", style)
    (request,) = asked
    del request["clusters"]
    assert guessed == [request]


# The guess takes code for text, and a note to be read where it is written.
WRONG = "# 甲\n\n文[^n]，[@b]。\n\n[^n]: 注 [@c]。\n\n```\n[@a]\n```\n"


@pytest.mark.parametrize("style", STYLES)
def test_a_wrong_guess_changes_nothing(
    style: str, tmp_path: Path, guessed: list[Any], asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_guess = words(read(tmp_path, WRONG, style))
    assert [work["id"] for work in guessed[0]["works"]] == ["b", "c", "a"]
    assert [work["id"] for work in asked[0]["works"]] == ["c", "b"]
    monkeypatch.setattr(foretold, "begin_works", lambda *_: None)
    assert words(read(tmp_path, WRONG, style)) == with_guess


def test_nothing_is_begun_for_a_book_that_was_set_before(
    tmp_path: Path, guessed: list[Any], asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, book = tmp_path / "kept", tmp_path / "book"
    kept.mkdir(mode=0o700)
    book.mkdir()
    monkeypatch.setenv(VARIABLE, str(kept))
    first = words(read(book, "# 甲\n\n文[@b]。\n", "apa"))
    assert words(read(book, "# 甲\n\n别的文[@b]。\n", "apa")) == first
    assert len(guessed) == len(asked) == 1
    read(book, "# 甲\n\n文[@a]。\n", "apa")
    assert len(guessed) == len(asked) == 2


def test_a_book_with_a_list_for_each_chapter_is_not_guessed(tmp_path: Path, guessed: list[Any]) -> None:
    read(tmp_path, "# 甲\n\n文[@b]。\n", "apa", 'scope = "chapter"\n')
    assert guessed == []


def test_a_bibliography_is_read_once_and_what_is_wrong_in_it_is_told(tmp_path: Path, guessed: list[Any]) -> None:
    head = '[book]\ntitle = "T"\nlanguage = "en"\ndate = 2025-01-01\n[references]\nbibliography = ["works.bib"]\n'
    (tmp_path / "octavo.toml").write_text(head)
    (tmp_path / "works.bib").write_text(WORKS + "\n@book{d, title = \n")
    (tmp_path / "a.md").write_text("# A\n\nText [@a; @b; @c].\n")
    report = Report()
    prepare(tmp_path, report, Timings())
    assert [found.rule.name for found in report] == ["BIBLIOGRAPHY_SYNTAX"]
    assert len(guessed) == 1

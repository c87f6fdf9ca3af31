"""Chapters that were parsed before: the same tree, the same words, and never those of another text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.diagnostics import Failure, Position, Report, Rule
from octavo.parse import DEPTH, Parsed, kept, kept_chapter, parse_chapter
from octavo.store import VARIABLE

CASES = Path(__file__).parent / "cases"
TEXT = "# One\n\n{{< include parts/two.md >}}\n"
FILES = {"parts/two.md": "Two.\n\n{{< include three.md >}}\n", "parts/three.md": "Three.\n"}


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))


class Parser:
    """Parse chapters of a book, and count how often it has to."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.files, self.count, self.report = dict(FILES), 0, Report()

        def counted(*arguments: object, **others: object) -> Parsed:
            self.count += 1
            return parse_chapter(*arguments, **others)  # type: ignore[arg-type]

        patch.setattr(kept, "parse_chapter", counted)

    def open(self, path: str, position: Position) -> str:
        if path not in self.files:
            raise Failure(Rule.FILE_MISSING, position, f"there is no file {path}")
        return self.files[path]

    def parse(self, text: str = TEXT, file: str = "a.md", *, depth: int = DEPTH) -> Parsed:
        self.report = Report()
        return kept_chapter(text, file, self.report, role="body", depth=depth, open=self.open)

    def is_parsed(self, text: str = TEXT, file: str = "a.md", *, depth: int = DEPTH) -> bool:
        """Parse a text, see that the result is right, and tell whether there was anything to do."""
        before = self.count
        found = self.parse(text, file, depth=depth)
        report = Report()
        assert found == parse_chapter(text, file, report, depth=depth, open=self.open)
        assert list(self.report) == list(report)
        return self.count > before


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Parser:
    return Parser(monkeypatch)


def test_what_has_not_changed_is_not_parsed_again(parser: Parser) -> None:
    assert parser.is_parsed()
    assert not parser.is_parsed()
    assert parser.parse().included == ("parts/two.md", "parts/three.md")


@pytest.mark.parametrize(
    "change",
    [
        lambda parser: parser.is_parsed(TEXT + "\nMore.\n"),
        lambda parser: parser.is_parsed(file="b.md"),
        lambda parser: parser.is_parsed(depth=20),
        lambda parser: parser.files.update({"parts/two.md": "Zwei.\n"}) or parser.is_parsed(),
        lambda parser: parser.files.update({"parts/three.md": "Drei.\n"}) or parser.is_parsed(),
        lambda parser: parser.files.pop("parts/three.md") and parser.is_parsed(),
    ],
    ids=["text", "place", "depth", "included", "included by that", "gone"],
)
def test_what_has_changed_is(change: Callable[[Parser], bool], parser: Parser) -> None:
    assert parser.is_parsed()
    assert change(parser)


def test_what_is_said_is_said_again(parser: Parser) -> None:
    text = "# One\n\n```{.python .nothing=}\n1\n```\n\nA <b>bold {#moon} word.\n"
    assert parser.is_parsed(text)
    said = list(parser.report)
    assert said
    assert not parser.is_parsed(text)
    assert list(parser.report) == said


def test_what_has_an_error_is_parsed_each_time(parser: Parser) -> None:
    del parser.files["parts/two.md"]
    assert parser.is_parsed()
    assert [found.rule for found in parser.report] == [Rule.INCLUDE_NOT_FOUND]
    assert parser.is_parsed()


def test_every_chapter_of_every_case_is_kept_as_it_was_parsed(parser: Parser) -> None:
    for file in sorted(CASES.glob("*/source/**/*.md")):
        text = file.read_text("utf-8")
        parser.files = {}
        if not parser.is_parsed(text, file.name):
            continue  # two cases have the same chapter
        assert parser.report.failed or not parser.is_parsed(text, file.name), file

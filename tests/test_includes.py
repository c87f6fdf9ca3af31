"""Included files: their blocks stand where they are named, and nothing of them gets lost or is found elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.diagnostics import Failure, Position, Report, Rule
from octavo.document import Document, Heading, Image, Link, Node, Note, Text, plain_text, walk
from octavo.parse import parse_chapter
from octavo.recipe import Timings, prepare

BOOK = '[book]\ntitle = "Tides"\nlanguage = "en"\ndate = 2025-01-01\n'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def parsed(files: dict[str, str]) -> tuple[tuple[Node, ...], Report]:
    """Parse a.md, which may include the others."""
    report = Report()

    def open_file(path: str, position: Position) -> str:
        if path not in files:
            raise Failure(Rule.FILE_MISSING, position, f"there is no file {path}")
        return files[path]

    return parse_chapter(files["a.md"], "a.md", report, open=open_file).chapter.children, report


def prepared(folder: Path, files: dict[str, str]) -> tuple[Document | None, Report]:
    """Normalise a book of these files."""
    for name, text in {"octavo.toml": BOOK, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    report = Report()
    edition = prepare(folder, report, Timings())
    return edition.document if edition else None, report


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{< include b.md >}}", "B"),
        ("{{<include b.md>}}", "B"),
        ('{{< include "b.md" >}}', "B"),
        ("{{#include b.md}}", "B"),
        ("  {{< include b.md >}}  ", "B"),
        ("{{< include b.md >}}\n{{< include b.md >}}", "BB"),
        ("one\n\n{{< include b.md >}}\n\ntwo", "oneBtwo"),
        ("> {{< include b.md >}}", "B"),
        ("- {{< include b.md >}}\n- c", "Bc"),
        ("`{{< include b.md >}}`", "{{< include b.md >}}"),
        ("```\n{{< include b.md >}}\n```", ""),
        ("    {{< include b.md >}}", ""),
    ],
)
def test_what_includes_a_file(text: str, shown: str) -> None:
    children, report = parsed({"a.md": text, "b.md": "---\ntitle: Never shown\n---\nB\n"})
    assert plain_text(children) == shown
    assert not list(report)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see {{< include b.md >}}", "see {{< include b.md >}}"),
        ("see\n{{< include b.md >}}", "see {{< include b.md >}}"),
        ("{{< include b.md >}}\nsee", "{{< include b.md >}} see"),
        ("{{< include >}}", "{{< include >}}"),
    ],
)
def test_what_does_not_stand_alone_stays_text_and_is_told(text: str, shown: str) -> None:
    children, report = parsed({"a.md": text, "b.md": "B\n"})
    assert plain_text(children) == shown
    assert [found.rule for found in report] == [Rule.SYNTAX_LEFT_OVER]


def test_an_included_file_includes_relative_to_itself() -> None:
    files = {"a.md": "{{< include in/b.md >}}", "in/b.md": "{{< include ../c.md >}}", "c.md": "C"}
    (text,) = (node for child in parsed(files)[0] for node in walk(child) if isinstance(node, Text))
    assert (text.text, text.position) == ("C", Position("c.md", 1, 1))


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.md": "{{< include a.md >}}"}, "a.md → a.md"),
        ({"a.md": "{{< include b.md >}}", "b.md": "{{< include ./a.md >}}"}, "a.md → b.md → a.md"),
        (
            {"a.md": "{{< include 0.md >}}", **{f"{n}.md": f"{{{{< include {n + 1}.md >}}}}" for n in range(20)}},
            "deeper than 16",
        ),
        (
            {"a.md": "{{< include 0.md >}}", **{f"{n}.md": f"{{{{< include {n + 1}.md >}}}}\n" * 2 for n in range(14)}}
            | {"14.md": "x"},
            "more than 1,000",
        ),
    ],
)
def test_what_never_ends_is_an_error(files: dict[str, str], message: str) -> None:
    found = list(parsed(files)[1])
    assert {diagnostic.rule for diagnostic in found} == {Rule.INCLUDE_CYCLE}
    assert all(message in diagnostic.message for diagnostic in found)


def test_an_included_file_nests_as_deep_as_the_book_lets_it() -> None:
    files = {"a.md": "> " * 200 + "{{< include b.md >}}", "b.md": "> " * 100 + "deep"}
    assert [found.rule for found in parsed(files)[1]] == [Rule.NESTING_TOO_DEEP]


@pytest.mark.parametrize("path", ["../secret.md", "/etc/passwd", "https://example.org/a.md"])
def test_nothing_outside_the_book_is_included(path: str, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    document, report = prepared(tmp_path / "book", {"a.md": f"# A\n\n{{{{< include {path} >}}}}\n"})
    assert document is None
    assert {found.rule for found in report} <= {Rule.FILE_OUTSIDE_BOOK, Rule.INCLUDE_NOT_FOUND}


def test_what_is_inside_an_included_file_belongs_to_its_chapter(tmp_path: Path) -> None:
    document, report = prepared(
        tmp_path,
        {
            "a.md": "# A\n\n{{< include in/b.md >}}\n\nIn place^[a note].\n\n[](in/b.md#b)[b](in/b.md#b)[c](#b)\n",
            "in/b.md": "## B\n\n![p](p.svg) [up](../z.md) and[^n] in place^[a note].\n\n[^n]: Noted.\n",
            "in/p.svg": PICTURE,
            "z.md": "# Z\n\nLast, [B](in/b.md).\n",
        },
    )
    assert document and not list(report)
    first, last = document.chapters
    assert (first.file, last.file) == ("a.md", "z.md")
    nodes = list(walk(document))
    assert [node.file for node in nodes if isinstance(node, Image)] == ["in/p.svg"]
    links = [node.target for node in nodes if isinstance(node, Link)]
    assert (links[0], links[1:]) == (last.identifier, ["b", "b", "b", first.identifier])
    assert [plain_text(node.children) for node in nodes if isinstance(node, Note)] == ["Noted.", "a note", "a note"]
    assert [node.anchor for node in nodes if isinstance(node, Heading)] == ["a", "b", "z"]


def test_files_that_only_include_one_another_are_no_empty_book(tmp_path: Path) -> None:
    document, report = prepared(tmp_path, {"a.md": "{{< include b.md >}}\n", "b.md": "{{< include a.md >}}\n"})
    assert document is None
    assert {found.rule for found in report} >= {Rule.INCLUDE_CYCLE}

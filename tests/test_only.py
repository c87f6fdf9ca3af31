"""Text for some formats only: read, shown where it belongs, and not missed elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from test_rules import write_book

from octavo import recipe
from octavo.book import Book, FrontMatter
from octavo.check import check_book
from octavo.citations.process import can_cite
from octavo.diagnostics import Position, Report, Rule
from octavo.document import (
    Block,
    Chapter,
    Division,
    Document,
    Heading,
    Inline,
    Link,
    Metadata,
    Node,
    Note,
    NoteReference,
    Only,
    OnlySpan,
    Paragraph,
    Span,
    Text,
    walk_formats,
    walk_shown,
)
from octavo.normalise import Context
from octavo.normalise.identifiers import settle_identifiers
from octavo.normalise.only import read_only
from octavo.recipe import FORMATS, Timings, build

AT = Position("chapter.md", 9)


def text(characters: str) -> Text:
    return Text(text=characters, position=AT)


def paragraph(*children: Inline) -> Paragraph:
    return Paragraph(children=children, position=AT)


def division(classes: str, attributes: dict[str, str], *children: Block, name: str | None = None) -> Division:
    return Division(
        identifier=name,
        classes=tuple(classes.split()),
        attributes=tuple(attributes.items()),
        children=children or (paragraph(text("within")),),
        position=AT,
    )


def span(characters: str, format: str) -> Span:
    return Span(classes=("only",), attributes=(("format", format),), children=(text(characters),), position=AT)


def read(*blocks: Block) -> tuple[tuple[Block, ...], Report]:
    document, report = passed(blocks)
    return document.chapters[0].children, report


def passed(blocks: tuple[Block, ...], *, identifiers: bool = False) -> tuple[Document, Report]:
    report = Report()
    context = Context(report=report, find_image=lambda *_: None, read_text=lambda *_: None, has_file=lambda name: False)
    metadata = Metadata(title="A book", language="en", identifier="", date="2025-01-01")
    chapter = Chapter(file="chapter.md", children=blocks, position=AT)
    document = read_only(Document(metadata=metadata, chapters=(chapter,), position=AT), context)
    assert read_only(document, context) == document
    return (settle_identifiers(document, context) if identifiers else document), report


@pytest.mark.parametrize(
    ("classes", "attributes", "formats"),
    [
        ("only", {"format": "pdf"}, ("pdf",)),
        ("only", {"format": "pdf, html"}, ("html", "pdf")),
        ("only", {"format": "epub html"}, ("epub", "html")),
        ("content-visible", {"when-format": "pdf"}, ("pdf",)),
        ("content-visible", {"unless-format": "pdf"}, ("epub", "html")),
        ("content-hidden", {"when-format": "html"}, ("epub", "pdf")),
        ("content-hidden", {"unless-format": "html"}, ("html",)),
    ],
)
def test_a_division_is_for_the_formats_it_names(
    classes: str, attributes: dict[str, str], formats: tuple[str, ...]
) -> None:
    children, report = read(division(classes, attributes))
    assert children == (Only(formats=formats, children=(paragraph(text("within")),), position=AT),)
    assert not list(report)


def test_what_else_a_division_is_stays() -> None:
    (only,), _ = read(division("only warm", {"format": "pdf", "lang": "en"}, name="x"))
    assert isinstance(only, Only)
    assert only.children == (division("warm", {"lang": "en"}, name="x"),)


def test_a_span_is_for_the_formats_it_names() -> None:
    (block,), _ = read(paragraph(text("a"), span("b", "epub")))
    assert block == paragraph(text("a"), OnlySpan(formats=("epub",), children=(text("b"),), position=AT))


@pytest.mark.parametrize(
    ("attributes", "hint"),
    [
        ({"format": "pfd"}, "did you mean “pdf”?"),
        ({"format": "print"}, "the formats are epub, html, pdf"),
        ({}, 'write .only format="pdf"'),
    ],
)
def test_a_format_that_there_is_not_is_an_error(attributes: dict[str, str], hint: str) -> None:
    _, report = read(division("only", attributes))
    assert [(found.rule, found.position, found.hint) for found in report] == [(Rule.FORMAT_UNKNOWN, AT, hint)]


@pytest.mark.parametrize(
    ("formats", "rules"), [(("pdf", "html"), []), (("pdf", "pdf html"), [Rule.IDENTIFIER_DUPLICATE])]
)
def test_an_identifier_counts_once_in_alternatives(formats: tuple[str, str], rules: list[Rule]) -> None:
    def heading() -> Heading:
        return Heading(level=2, identifier="same", children=(text("Same"),), position=AT)

    _, report = passed(tuple(division("only", {"format": format}, heading()) for format in formats), identifiers=True)
    assert [found.rule for found in report] == rules


@pytest.mark.canary
def test_nothing_is_missed_in_a_book_with_alternatives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = Note(label="n", children=(paragraph(text("Printed on paper.")),), position=AT)
    shared = Note(label="s", children=(paragraph(text("For all.")),), position=AT)
    outside = Link(destination="https://example.org/", children=(text("a place"),), position=AT)
    blocks: tuple[Block, ...] = (
        paragraph(text("Read "), span("this page", "html"), span("this sheet", "pdf"), text(" twice.")),
        division("only", {"format": "html epub"}, paragraph(text("Touch "), outside, call("s"), text("."))),
        division("only", {"format": "pdf"}, paragraph(text("Turn over."), call("n"))),
        paragraph(text("Read on."), call("s")),
        note,
        shared,
    )
    real = recipe.parse

    def parse(book: Book, report: Report) -> tuple[Document, Sequence[FrontMatter]]:
        document, fronts = real(book, report)
        return extended(document, blocks), fronts

    monkeypatch.setattr(recipe, "parse", parse)
    source, output, report = write_book(tmp_path), tmp_path / "dist", Report()
    build(source, output, FORMATS, report, Timings())
    check_book(source, output, report, Timings())
    assert [found.message for found in report if found.rule is not Rule.CHECK_LAYOUT] == []
    page = (output / "site" / "chapter.html").read_text("utf-8")
    assert "this page" in page and "Touch" in page and "For all." in page
    assert "this sheet" not in page and "Turn over" not in page and "on paper" not in page


@pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")
@pytest.mark.parametrize("style", ["chicago-notes", "gb-t-7714-2025-numeric"])
def test_a_work_leads_back_only_to_citations_that_are_shown(style: str, tmp_path: Path) -> None:
    source = write_book(tmp_path)
    with (source / "octavo.toml").open("a") as stated:
        stated.write(f'[references]\nbibliography = ["works.bib"]\nstyle = "{style}"\n')
    (source / "works.bib").write_text("@book{a, author = {Ann Field}, title = {A River}, year = 1999}\n")
    with (source / "chapter.md").open("a") as chapter:
        chapter.write(
            "\nFor all [@a].\n\n::: {.only format=pdf}\nOn paper [@a, p. 3].^[In a note, [ink]{.index}.]\n:::\n"
        )
    report, output = Report(), tmp_path / "dist"
    build(source, output, FORMATS, report, Timings())
    check_book(source, output, report, Timings())
    assert [found.message for found in report if found.rule is not Rule.CHECK_LAYOUT] == []


def call(label: str) -> NoteReference:
    return NoteReference(label=label, position=AT)


def extended(document: Document, blocks: tuple[Block, ...]) -> Document:
    (chapter,) = document.chapters
    return replace(document, chapters=(replace(chapter, children=(*chapter.children, *blocks)),))


def test_nothing_is_for_some_formats_unless_it_says_so() -> None:
    node: Node = division("warm", {"format": "pdf"})
    assert read(division("warm", {"format": "pdf"}))[0] == (node,)


def test_nodes_of_some_kinds_are_told_with_the_formats_that_show_them() -> None:
    here = Paragraph(children=(call("a"),), position=AT)
    there = Only(formats=("pdf",), children=(here, Division(children=(here,), position=AT)), position=AT)
    metadata = Metadata(title="T", language="en", identifier="i", date="2026-01-01")
    for children in [(here,), (here, there)]:
        tree = Document(
            metadata=metadata, chapters=(Chapter(file="a.md", children=children, position=AT),), position=AT
        )
        every = [(id(node), formats) for node, formats in walk_formats(tree) if isinstance(node, NoteReference)]
        assert [(id(node), formats) for node, formats in walk_shown(tree, NoteReference)] == every

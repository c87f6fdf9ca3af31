"""Terms that a glossary explains, and abbreviations that are written out where they are used first."""

from __future__ import annotations

from typing import Literal

import pytest

from octavo.diagnostics import Position, Report
from octavo.document import (
    Abbreviation,
    Document,
    Heading,
    Link,
    Metadata,
    Reference,
    Span,
    Term,
    TermReference,
    plain_text,
    walk,
)
from octavo.normalise import Context, normalise
from octavo.parse import parse_chapter

Expand = Literal["never", "book", "chapter"]


def normalised(
    *texts: str, expand: Expand = "never", language: str = "en", files: tuple[str, ...] = ("a.md", "b.md", "c.md")
) -> tuple[Document, list[str]]:
    """Return a book of chapters, and what is said of it."""
    report = Report()
    chapters = tuple(parse_chapter(text, file, report).chapter for text, file in zip(texts, files, strict=False))
    metadata = Metadata(title="T", language=language, identifier="urn:x", date="2025-01-01")
    context = Context(
        report=report,
        expand=expand,
        find_image=lambda source, _: source,
        has_file=lambda _: False,
        read_text=lambda *_: None,
    )
    document = normalise(Document(metadata=metadata, chapters=chapters, position=Position("a.md")), context)
    said = [f"{found.position}: {found.message}" for found in report]
    assert normalise(document, context) == document
    return document, said


GLOSSARY = "Tide\n: The sea.\n\n潮 水\n: 海。\n"


@pytest.mark.parametrize(
    "texts",
    [
        (f"# One\n\n::: {{.glossary}}\n\n{GLOSSARY}\n:::\n",),
        (f"# One\n\nText.\n\n## Words {{.glossary}}\n\n{GLOSSARY}",),
        ("# One\n", f"# Words\n\n{GLOSSARY}"),
    ],
    ids=["division", "heading", "file"],
)
def test_a_glossary_is_a_division_a_section_or_a_file(texts: tuple[str, ...]) -> None:
    uses = "# Uses\n\n[tide]{.term}, [tides]{.term entry=tide}, [**潮** 水]{.term}\n"
    files = ("a.md", "glossary.md") if len(texts) == 2 else ("a.md",)
    document, said = normalised(*texts, uses, files=(*files, "u.md"))
    assert not said
    names = [term.identifier for term in walk(document, Term)]
    assert names == ["octavo-term-tide", "octavo-term-潮-水"]
    assert [use.target for use in walk(document, TermReference)] == [names[0], names[0], names[1]]


def test_other_definition_lists_are_no_glossary() -> None:
    document, said = normalised(f"# One\n\n[tide]{{.term}}\n\n{GLOSSARY}")
    assert [term.identifier for term in walk(document, Term)] == [None, None]
    assert said == ["a.md:3:1: no glossary of this book explains “tide”"]


def test_other_marks_stay_around_a_term() -> None:
    document, _ = normalised(f"# One {{.glossary}}\n\n[tide]{{#here .term .x}}\n\n{GLOSSARY}")
    (span,) = walk(document, Span)
    assert (span.identifier, span.classes) == ("here", ("x",))


def test_no_link_stands_in_another() -> None:
    document, _ = normalised(
        f'# One {{.glossary}}\n\n<a href="https://example.org">the [tide]{{.term}}</a>\n\n{GLOSSARY}'
    )
    (link,) = walk(document, Link)
    assert plain_text(link) == "the tide"
    assert not any(walk(link, TermReference, Reference))


# ── Abbreviations ──

HTML = "\n\n*[HTML]: HyperText Markup Language\n"


def texts(document: Document) -> list[str]:
    return [plain_text(chapter.children[0].children[0]) for chapter in document.chapters]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("expand", "first", "second"),
    [
        ("never", "HTML and HTML.", "HTML"),
        ("book", "HyperText Markup Language (HTML) and HTML.", "HTML"),
        ("chapter", "HyperText Markup Language (HTML) and HTML.", "HyperText Markup Language (HTML)"),
    ],
)
def test_the_first_use_is_written_out(expand: Expand, first: str, second: str) -> None:
    document, said = normalised(f"# HTML\n\nHTML and HTML.{HTML}", "# Two\n\nHTML\n", expand=expand)
    assert not said
    assert texts(document) == [first, second]
    assert [plain_text(heading) for heading in walk(document, Heading)] == ["HTML", "Two"]
    assert {found.expansion for found in walk(document, Abbreviation)} == {"HyperText Markup Language"}


def test_chinese_has_its_own_brackets() -> None:
    text = "# 一\n\n先说HTML，再说HTML。\n\n*[HTML]: 超文本标记语言\n"
    document, _ = normalised(text, expand="book", language="zh-CN")
    assert texts(document) == ["先说超文本标记语言（HTML），再说HTML。"]


def test_what_its_author_wrote_out_is_not_written_out_again() -> None:
    document, _ = normalised(f"# One\n\nThe HyperText Markup Language (HTML), or HTML.{HTML}", expand="book")
    assert texts(document) == ["The HyperText Markup Language (HTML), or HTML."]


def test_places_are_those_of_the_words() -> None:
    document, _ = normalised(f"# One\n\nThe HTML.{HTML}", expand="book")
    (found,) = walk(document, Abbreviation)
    assert (found.position.line, found.position.column) == (3, 5)

"""What is counted, how its number is printed, and how a reference reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from octavo.diagnostics import Report
from octavo.document import Document, Link, Metadata, Numbered, Reference, plain_text, walk
from octavo.normalise import Context, OwnKind, normalise
from octavo.normalise.counted import chapter_number
from octavo.parse import parse_chapter

FIGURE = "![A](a.png){#fig-a}"
KINDS = {
    "algorithm": OwnKind({"zh": "算法", "en": "Algorithm"}),
    "rule": OwnKind({"en": "Rule"}, "book"),
    "aside": OwnKind({"en": "Aside"}, "none"),
}


def normalised(*texts: str, language: str = "en", by_chapter: bool = True) -> tuple[Document, Report]:
    """Return a book of these chapters, in which every picture is found."""
    report = Report()
    chapters = tuple(
        replace(parse_chapter(text, f"{number}.md", report).chapter) for number, text in enumerate(texts, 1)
    )
    metadata = Metadata(title="T", language=language, identifier="urn:x", date="2025-01-01")
    document = Document(metadata=metadata, chapters=chapters, position=chapters[0].position)
    context = Context(
        report=report,
        kinds=KINDS,
        by_chapter=by_chapter,
        find_image=lambda source, position: source,
        read_text=lambda name, position: None,
        has_file=lambda name: False,
    )
    return normalise(document, context), report


def labels(document: Document) -> list[str | None]:
    return [node.label for node in walk(document) if isinstance(node, Numbered)]


def texts(document: Document) -> list[str | None]:
    return [node.text for node in walk(document) if isinstance(node, Reference)]


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Figure 1.1"),
        ("zh-CN", "图 1-1"),
        ("zh-TW", "圖 1-1"),
        ("ja", "図 1.1"),
        ("ko", "그림 1.1"),
        ("de", "Abbildung 1.1"),
        ("fr", "Figure 1.1"),
        ("nl", "Figure 1.1"),
    ],
)
def test_a_label_is_in_the_language_of_the_book(language: str, label: str) -> None:
    document, _ = normalised(f"# 第一章 A\n\n{FIGURE}\n\n@fig-a\n\n# 第二章 B\n\n# 第三章 C\n", language=language)
    assert labels(document) == [label]
    assert texts(document) == [label]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("3", "3"),
        ("3.", "3"),
        ("第三章", "3"),
        ("第十二章", "12"),
        ("附录 A", "A"),
        ("A", "A"),
        ("IV", "4"),
        (None, None),
    ],
)
def test_the_number_of_a_chapter_is_taken_from_what_is_printed(printed: str | None, number: str | None) -> None:
    assert chapter_number(printed) == number


def test_numbers_begin_again_in_every_chapter_or_run_through_the_book() -> None:
    chapters = [f"# {number}. A\n\n![A](a.png)\n\n![B](b.png)\n" for number in (1, 2, 3)]
    assert labels(normalised(*chapters)[0]) == [f"Figure {n}.{m}" for n in (1, 2, 3) for m in (1, 2)]
    assert labels(normalised(*chapters, by_chapter=False)[0]) == [f"Figure {n}" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("![](a.png)", []),
        ("![A](a.png){.decorative}", []),
        ("text ![A](a.png)", []),
        ("![A](a.png){.unnumbered}", [None]),
        ("::: {#fig-g}\n![A](a.png)\n![B](b.png)\n\nBoth\n:::", ["Figure 1", "(a)", "(b)"]),
        ("| a |\n|---|\n: A", ["Table 1"]),
        ("| a |\n|---|\n", [None]),
        ("::: {.callout-tip}\na\n:::", [None]),
        ("::: {.callout-tip #tip-a}\na\n:::", ["Tip 1"]),
        ("::: danger\na\n:::", [None]),
        ("::: {#thm-a}\na\n:::\n::: {.proof}\nb\n:::\n::: {#thm-b}\nc\n:::", ["Theorem 1", "Proof", "Theorem 2"]),
        ("::: {.theorem .unnumbered}\na\n:::", ["Theorem"]),
        ("::: {.algorithm}\na\n:::", ["Algorithm 1"]),
        ("$$ a $$ {#eq-a}\n\n$$ b $$\n\n$$ c $$ (eq-c)", ["(1)", None, "(2)"]),
        ("::: {.aside}\na\n:::", ["Aside"]),
        ("::: {.callout-note #nte-a}\n::: {.callout-note #nte-b}\na\n:::\n:::", ["Note 1", "Note 2"]),
    ],
)
def test_what_is_counted(text: str, wanted: list[str | None]) -> None:
    assert labels(normalised(f"{text}\n")[0]) == wanted


def test_a_kind_of_the_authors_own_may_be_counted_through_the_book() -> None:
    chapters = [f"# {number}. A\n\n::: {{.rule}}\na\n:::\n" for number in (1, 2, 3)]
    assert labels(normalised(*chapters)[0]) == ["Rule 1", "Rule 2", "Rule 3"]


@pytest.mark.parametrize(
    ("reference", "wanted"),
    [
        ("@fig-a", ["Figure 1.1"]),
        ("[@fig-a]", ["Figure 1.1"]),
        ("[-@fig-a]", ["1.1"]),
        ("[@fig-a]{.page}", ["Figure 1.1"]),
        ("[see @fig-a, left; @sec-b]", ["Figure 1.1", "Section 1.1"]),
        ("@sec-a and @sec-b and @sec-c.", ["Chapter 1", "Section 1.1", "“Bare”"]),
        ("@{fig-a}s", ["Figure 1.1"]),
    ],
)
def test_how_a_reference_reads(reference: str, wanted: list[str]) -> None:
    sections = "## 1.1 B {#sec-b}\n\n### Bare {#sec-c}\n\n## 1.2 C\n\n## 1.3 D"
    chapter = f"# 1. A {{#sec-a}}\n\n{FIGURE}\n\n{sections}\n\n{reference}\n"
    document, report = normalised(chapter, "# 2. C\n", "# 3. D\n")
    assert texts(document) == wanted
    assert not list(report)


def test_a_link_without_text_reads_like_a_reference_and_one_inside_a_link_is_text() -> None:
    document, _ = normalised(f"{FIGURE}\n\n[](#fig-a) [see @fig-a](https://example.org)\n")
    assert [plain_text(node) for node in walk(document) if isinstance(node, Link)] == ["Figure 1", "see Figure 1"]
    assert texts(document) == []


def test_addresses_and_names_stay_text() -> None:
    document, report = normalised("a@b.example, @nobody, \\@fig-a, `@fig-a`\n")
    assert texts(document) == [None]
    assert [str(found.rule) for found in report] == ["reference-unknown"]
    assert plain_text(document) == "a@b.example, @nobody, @fig-a, @fig-a"


def test_chapters_without_numbers_share_one_count() -> None:
    text = "# {}\n\n![A](a.png)\n\n![B](b.png)\n"
    document, _ = normalised(*(text.format(title) for title in ("Sea", "Land")))
    assert labels(document) == [f"Figure {number}" for number in range(1, 5)]


def test_a_part_has_no_numbers_of_a_chapter() -> None:
    figure = "\n\n![A](a.png)\n"
    chapters = (
        "# Part I: Sea {.part}",
        "# 1. Ships\n\n## 1.1 Hull\n\n## 1.2 Deck",
        "# Part II: Land {.part}",
        "# 2. Roads",
    )
    document, _ = normalised(*(chapter + figure for chapter in chapters))
    assert labels(document) == ["Figure 1", "Figure 1.1", "Figure 2", "Figure 2.1"]

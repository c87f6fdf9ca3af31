"""Tables made of lists of lists: spans, heads, and what does not add up."""

from __future__ import annotations

from pathlib import Path

import playa
import pytest
from letters import letters_of

from octavo.diagnostics import Report, Rule
from octavo.document import Division, Document, Metadata, Span, Table, TableRow, plain_text, walk
from octavo.normalise import Context, normalise
from octavo.parse import parse_chapter
from octavo.recipe import Timings, build


def normalised(text: str) -> tuple[Document, list[str]]:
    report = Report()
    chapter = parse_chapter(text, "a.md", report).chapter
    metadata = Metadata(title="T", language="en", identifier="urn:x", date="2025-01-01")
    context = Context(
        report=report, find_image=lambda source, _: source, has_file=lambda _: False, read_text=lambda *_: None
    )
    document = normalise(Document(metadata=metadata, chapters=(chapter,), position=chapter.position), context)
    return document, [f"{found.position}: {found.message}" for found in report if str(found.rule) == "table-irregular"]


def table(rows: str, marks: str = "{.table}") -> tuple[Table, list[str]]:
    document, said = normalised(f"::: {marks}\n{rows}\n:::\n")
    (found,) = [node for node in walk(document) if isinstance(node, Table)]
    return found, said


def shape(rows: tuple[TableRow, ...]) -> list[list[str]]:
    """Return each cell as its text, what it spans, and a mark where it is a heading."""
    return [
        [
            plain_text(cell).strip()
            + (f" {cell.columns}×{cell.rows}" if (cell.columns, cell.rows) != (1, 1) else "")
            + ("!" if cell.heading else "")
            for cell in row.cells
        ]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("rows", "head", "body"),
    [
        ("- - a\n  - b\n- - c\n  - d", [["a", "b"]], [["c", "d"]]),
        ("1. 1. a\n   2. b\n2. 1. [c]{colspan=2}", [["a", "b"]], [["c 2×1"]]),
        (
            "- - [a]{.header}\n  - [b]{.header colspan=2}\n- - [c]{.header}\n  - [d]{.header}\n  - [e]{.header}\n"
            "- - [f]{.header rowspan=2}\n  - g\n  - h\n- - i\n  - j",
            [["a!", "b 2×1!"], ["c!", "d!", "e!"]],
            [["f 1×2!", "g", "h"], ["i", "j"]],
        ),
        ("- - [a]{.header}\n  - b\n- - [c]{.header}\n  - d", [], [["a!", "b"], ["c!", "d"]]),
        ("- - [a]{rowspan=2}\n  - b\n- - c\n- - d\n  - e", [["a 1×2", "b"], ["c"]], [["d", "e"]]),
        ("- - a\n\n    a\n  - - b", [["aa", "b"]], []),
    ],
)
def test_a_list_of_lists_is_a_table(rows: str, head: list[list[str]], body: list[list[str]]) -> None:
    found, said = table(rows)
    assert (shape(found.head), shape(found.rows), said) == (head, body, [])


def test_label_caption_and_alignment_are_those_of_a_table() -> None:
    found, _ = table("- - [a]{.right}\n  - [b]{.x #b}\n\nA *caption*", "{.table #tbl-a .wide}")
    assert (found.identifier, found.label, found.classes) == ("tbl-a", "Table 1", ("wide",))
    assert plain_text(found.caption) == "A caption"
    first, second = found.head[0].cells
    assert (first.alignment, [node.identifier for node in walk(second) if isinstance(node, Span)]) == ("right", ["b"])
    assert table("- - a", "{#tbl-b}")[0].identifier == "tbl-b"


@pytest.mark.parametrize(
    ("rows", "said", "body"),
    [
        ("- - a\n  - b\n- - c", "a.md:4:1", [["c", ""]]),
        ("- - a\n  - b\n- - c\n  - [d]{rowspan=3}", "a.md:4:1", [["c", "d"]]),
        ("- - a\n  - b\n- - c\n  - [d]{colspan=x}", "a.md:5:5", [["c", "d"]]),
    ],
)
def test_what_does_not_add_up_is_reported_and_mended(rows: str, said: str, body: list[list[str]]) -> None:
    found, messages = table(rows)
    assert [message.partition(": ")[0] for message in messages] == [said]
    assert shape(found.rows) == body


def test_a_list_that_is_no_table_stays_a_list() -> None:
    document, said = normalised("::: {.table}\n- a\n- - b\n:::\n")
    assert [message.partition(": ")[0] for message in said] == ["a.md:2:1"]
    assert any(isinstance(node, Division) for node in walk(document))


def test_what_is_landscape_stands_on_a_page_on_its_side(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "octavo.toml").write_text('[book]\ntitle = "T"\nlanguage = "en"\ndate = 2025-01-01\n', "utf-8")
    wide = "::: {.landscape}\n::: {.table}\n- - " + "\n  - ".join(f"column{n}" for n in range(12)) + "\n:::\n:::\n"
    (book / "a.md").write_text(f"# A\n\nabove\n\n{wide}\nbelow\n", "utf-8")
    report = Report(strict=True)
    build(book, tmp_path / "out", ("pdf",), report, Timings())
    pages = pdf_pages(tmp_path / "out" / "book.pdf")
    side = [("column11" in text, width > height, "above" in text or "below" in text) for width, height, text in pages]
    assert (True, True, False) in side
    assert [on for on in side if on[0] != on[1] or (on[1] and on[2])] == []
    assert {found.rule for found in report} <= {Rule.TABLE_FITTED}  # twelve columns are many, even so


def pdf_pages(path: Path) -> list[tuple[float, float, str]]:
    """Return width, height and text of each page."""
    with playa.open(path) as document:
        return [(page.width, page.height, page.extract_text()) for page in document.pages]


@pytest.mark.usefixtures("undated")
def test_paragraphs_of_cells_are_not_indented(tmp_path: Path) -> None:
    """In Chinese too, where all others are."""
    cells = "::: {.table}\n- - 甲\n  - 乙\n- - 丙\n\n    丁\n  - 戊\n:::\n"
    (tmp_path / "a.md").write_text(f"---\ntitle: 表\nlang: zh-CN\ndate: 2026-01-01\n---\n\n{cells}", "utf-8")
    build(tmp_path / "a.md", tmp_path / "dist", ("pdf",), Report(), Timings())
    left = {letter.text: letter.left for letter in letters_of(tmp_path / "dist" / "a.pdf")}
    assert left["丙"] == pytest.approx(left["甲"], abs=0.1)
    assert left["戊"] == pytest.approx(left["乙"], abs=0.1)

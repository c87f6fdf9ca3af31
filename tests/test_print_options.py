"""What a printing house wants: a bleed, marks where the sheet is cut, right-hand openings, addresses on paper."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from letters import letters_of

from octavo.check import check_book
from octavo.diagnostics import Report, Rule
from octavo.recipe import Timings, build

BOOK = (
    '[book]\ntitle = "T"\nlanguage = "{language}"\ndate = 2026-11-23\nkind = "book"\nnumbering = "computed"\n'
    "[pdf]\n{pdf}\n"
)
TEXT = """# One

A [link](https://example.org/one) and <https://example.org/bare>, <https://example.org/裸>,
and mail to [me](mailto:me@example.org). A note[^1],
a [chapter](#two).

::: {.content-visible when-format="html"}
[On the web](https://example.org/web).
:::

| A table |
|---|
| [a cell](https://example.org/cell) |

[^1]: Its own [link](https://example.org/note).

## Section

Text.
"""
POINTS = 72 / 25.4


def made(folder: Path, pdf: str, language: str = "en") -> Path:
    """Build the book with some keys of [pdf], and return the file."""
    source = folder / "source"
    source.mkdir()
    (source / "octavo.toml").write_text(BOOK.format(language=language, pdf=pdf), "utf-8")
    (source / "1.md").write_text(TEXT, "utf-8")
    (source / "2.md").write_text("# Two\n\nAnother [link](https://example.org/two).\n", "utf-8")
    report = Report(strict=True)
    build(source, folder / "dist", ("pdf",), report, Timings())
    assert not list(report)
    return folder / "dist" / "source.pdf"


def text_of(path: Path) -> str:
    return "".join(letter.text for letter in letters_of(path))


def boxes(page: pikepdf.Page) -> tuple[list[float], list[float]]:
    return [float(side) for side in page.obj.MediaBox], [float(side) for side in page.obj.TrimBox]


def test_a_file_for_the_screen_has_none_of_it(tmp_path: Path) -> None:
    path = made(tmp_path, "")
    with pikepdf.open(path) as document:
        for page in document.pages:
            media, trim = boxes(page)
            assert media == trim
    letters = letters_of(path)
    assert {letter.page for letter in letters} == set(range(1, max(letter.page for letter in letters) + 1))
    assert "https://example.org/one" not in text_of(path)


def test_a_file_for_a_printing_house_has_all(tmp_path: Path) -> None:
    path = made(tmp_path, "print = true")
    with pikepdf.open(path) as document:
        for page in document.pages:
            media, trim = boxes(page)
            assert [round(inner - outer, 2) for inner, outer in zip(trim, media, strict=True)] == [
                *[round(3 * POINTS, 2)] * 2,
                *[-round(3 * POINTS, 2)] * 2,
            ]
            assert page.obj.BleedBox == page.obj.MediaBox
    openings = [letter for letter in letters_of(path) if round(letter.size) == 44]
    assert [letter.text for letter in openings] == ["1", "2"]
    assert all(letter.page % 2 for letter in openings)


def test_the_panel_of_the_title_page_fills_the_bleed(tmp_path: Path) -> None:
    with pikepdf.open(made(tmp_path, 'bleed = "5 mm"')) as document:
        page = document.pages[0]
        left, top = (float(side) for side in list(page.obj.MediaBox)[:2])
        drawn = [
            [float(number) for number in operation.operands]
            for operation in pikepdf.parse_content_stream(page)
            if str(operation.operator) == "re"
        ]
    assert [left, top] == [pytest.approx(-5 * POINTS)] * 2
    # In pixels, from the upper left corner of the page.
    assert any(box[0] <= left / 0.75 + 0.01 and box[1] <= top / 0.75 + 0.01 for box in drawn)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_addresses_stand_at_the_foot_under_letters(tmp_path: Path, language: str) -> None:
    text = text_of(made(tmp_path, "link_notes = true", language))
    assert "ahttps://example.org/one" in text
    assert "bhttps://example.org/cell" in text
    assert "ahttps://example.org/two" in text  # letters begin again in each chapter
    assert text.count("https://example.org/bare") == 1
    assert "mailto:" not in text
    assert "%E8" not in text
    assert "https://example.org/web" not in text
    brackets = "（https://example.org/note）" if language == "zh-CN" else "(https://example.org/note)"
    assert brackets in text


@pytest.mark.canary  # of the tags, which are what is read
def test_checks_know_what_paper_alone_tells(tmp_path: Path) -> None:
    made(tmp_path, "link_notes = true")
    report = Report(strict=True)
    check_book(tmp_path / "source", None, report, Timings())
    assert [found.rule for found in report] == [Rule.CHECK_LAYOUT]  # which counts what was looked at


def test_an_option_of_its_own_counts_more_than_all(tmp_path: Path) -> None:
    path = made(tmp_path, 'print = true\nlink_notes = false\nblank_versos = false\ncrop_marks = false\nbleed = "0mm"')
    with pikepdf.open(path) as document:
        assert all(media == trim for media, trim in map(boxes, document.pages))
        count = len(document.pages)
    assert "https://example.org/one" not in text_of(path)
    assert {letter.page for letter in letters_of(path)} == set(range(1, count + 1))


def test_counting_goes_on_over_blank_pages(tmp_path: Path) -> None:
    with pikepdf.open(made(tmp_path, "blank_versos = true")) as document:
        numbers = list(document.Root.PageLabels.Nums)
        labels = {int(index): str(label.S) for index, label in zip(numbers[::2], numbers[1::2], strict=True)}
        count = len(document.pages)
    assert labels == {
        0: "/r",
        6: "/D",
    }  # half title, title and contents, each with a blank page: then the first chapter
    assert count == 9


@pytest.mark.parametrize("bleed", ["3", "wide", "-1mm", "26mm", "3em"])
def test_a_bleed_that_is_none_is_told(tmp_path: Path, bleed: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "octavo.toml").write_text(BOOK.format(language="en", pdf=f'bleed = "{bleed}"'), "utf-8")
    (source / "1.md").write_text(TEXT, "utf-8")
    report = Report()
    build(source, tmp_path / "dist", ("pdf",), report, Timings())
    (found,) = report
    assert str(found.rule) == "configuration-value"
    assert found.position is not None
    assert (found.position.line, found.message) == (8, f'bleed must be a length from 0mm to 25mm, not "{bleed}"')

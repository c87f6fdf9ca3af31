"""What stands before the text: which kind of book has a half title, a title page and an imprint, and what they tell."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from letters import Letter, letters_of

from octavo.diagnostics import Report, Rule
from octavo.document import Metadata
from octavo.recipe import FORMATS, FormatName, Timings, build
from octavo.render.imprint import imprint_lines

BOOK = """[book]
title = "Bellwether"
subtitle = "Notes from the Harbour"
authors = ["A. Quay"]
language = "{language}"
date = 2026-11-23
kind = "{kind}"
abstract = "In short."
"""
EDITION = """publisher = "Pier Press"
series = "Small Harbours"
version = "1.2"
rights = "CC BY 4.0"
identifier = "978-3-16-148410-0"
made_with = "Set in Source Serif"
"""
TEXT = "# First\n\nText.\n\n## Section\n\nText.\n\n# Second\n\nText.\n"
WORDS = {
    "en": ["Pier Press", "Small Harbours", "Version 1.2", "CC BY 4.0", "ISBN 978-3-16-148410-0", "Set in Source Serif"],
    "zh-CN": ["Pier Press", "Small Harbours", "版本 1.2", "CC BY 4.0", "ISBN 978-3-16-148410-0", "Set in Source Serif"],
}
LANGUAGES = tuple(WORDS)


def made(folder: Path, configuration: str, *formats: FormatName) -> Path:
    """Build a book, and return the folder of its outputs."""
    source = folder / "source"
    source.mkdir()
    (source / "octavo.toml").write_text(configuration, "utf-8")
    (source / "1.md").write_text(TEXT, "utf-8")
    report = Report(strict=True)
    build(source, folder / "dist", formats, report, Timings())
    assert not list(report)
    return folder / "dist"


def pages(letters: list[Letter]) -> dict[int, str]:
    """Return the text of each page without spaces."""
    found: dict[int, str] = {}
    for letter in letters:
        found[letter.page] = found.get(letter.page, "") + letter.text
    return found


def labels(path: Path) -> list[tuple[int, str]]:
    with pikepdf.open(path) as document:
        numbers = list(document.Root.PageLabels.Nums)
    return [(int(index), str(label.S)) for index, label in zip(numbers[::2], numbers[1::2], strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_book_has_title_page_imprint_abstract_and_contents(tmp_path: Path, language: str) -> None:
    path = made(tmp_path, BOOK.format(kind="book", language=language) + EDITION, "pdf") / "source.pdf"
    text = pages(letters_of(path))
    assert text[1].startswith("SmallHarbours" + "Bellwether")
    assert "Notes" in text[1]
    assert all("".join(words.split()) in text[2] for words in WORDS[language])
    assert "Inshort." in text[3]
    assert text[3].endswith("iii")
    assert text[4].endswith("iv")
    assert "First" in text[5]
    assert text[5].endswith("1")
    assert labels(path) == [(0, "/r"), (4, "/D")]


def test_openings_and_front_matter_have_no_running_heads(tmp_path: Path) -> None:
    letters = letters_of(made(tmp_path, BOOK.format(kind="book", language="en") + EDITION, "pdf") / "source.pdf")
    assert [letter for letter in letters if letter.baseline < 60] == []


def test_blank_versos_set_a_half_title_before_the_title_page_and_the_imprint_behind_it(tmp_path: Path) -> None:
    configuration = BOOK.format(kind="book", language="en") + EDITION + "[pdf]\nblank_versos = true\n"
    text = pages(letters_of(made(tmp_path, configuration, "pdf") / "source.pdf"))
    assert [page for page in range(1, 10) if page not in text] == [2, 6, 8]
    assert text[1] == "Bellwether"
    assert "PierPress" in text[3]
    assert "ISBN" in text[4]
    assert "First" in text[9]


def test_a_book_that_states_nothing_has_no_imprint(tmp_path: Path) -> None:
    folder = made(tmp_path, BOOK.format(kind="book", language="en"), *FORMATS)
    assert "Inshort." in pages(letters_of(folder / "source.pdf"))[2]
    assert 'class="imprint' not in (folder / "source.html").read_text("utf-8")
    with ZipFile(folder / "source.epub") as archive:
        assert not [name for name in archive.namelist() if "imprint" in name]


def test_a_report_has_a_title_page_that_tells_the_rest(tmp_path: Path) -> None:
    path = made(tmp_path, BOOK.format(kind="report", language="en") + EDITION, "pdf") / "source.pdf"
    text = pages(letters_of(path))
    assert all(word in text[1] for word in ("Bellwether", "PierPress", "CCBY4.0", "ISBN978-3-16-148410-0"))
    assert "Inshort." in text[2]
    assert "First" in text[4]
    assert labels(path) == [(0, "/r"), (3, "/D")]


def test_an_article_begins_below_its_title(tmp_path: Path) -> None:
    path = made(tmp_path, BOOK.format(kind="article", language="en") + EDITION, "pdf") / "source.pdf"
    text = pages(letters_of(path))
    assert all(word in text[1] for word in ("Bellwether", "CCBY4.0", "Inshort.", "Contents", "FirstText."))
    assert labels(path) == [(0, "/D")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_imprint_is_in_all_formats(tmp_path: Path, language: str) -> None:
    folder = made(tmp_path, BOOK.format(kind="book", language=language) + EDITION, *FORMATS)
    with ZipFile(folder / "source.epub") as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("imprint.xhtml"))
        texts = [archive.read(name).decode()]
        assert 'epub:type="copyright-page"' in texts[0]
    texts += [(folder / name).read_text("utf-8") for name in ("source.html", "site/index.html")]
    for text in texts:
        inside = text.partition('<div class="imprint">')[2]
        assert all(words in inside for words in WORDS[language])


@pytest.mark.parametrize(
    ("identifier", "printed"),
    [
        ("978-3-16-148410-0", "ISBN 978-3-16-148410-0"),
        ("9783161484100", "ISBN 9783161484100"),
        ("urn:isbn:9783161484100", "ISBN 9783161484100"),
        ("ISBN 3-16-148410-X", "ISBN 3-16-148410-X"),
        ("https://doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("urn:uuid:2d3d6b3c-1c4a-5e4f-8a53-3d3c1f0c2f00", None),
    ],
)
def test_identifiers_as_they_are_printed(identifier: str, printed: str | None) -> None:
    metadata = Metadata(title="T", language="en", date="2026-01-01", identifier=identifier)
    assert [line.text for line in imprint_lines(metadata)] == ([printed] if printed else [])


def test_a_character_of_the_imprint_that_no_font_has_is_told_at_its_line(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "octavo.toml").write_text(BOOK.format(kind="book", language="en") + 'made_with = "\U00010300"\n', "utf-8")
    (source / "1.md").write_text(TEXT, "utf-8")
    report = Report()
    build(source, tmp_path / "dist", ("pdf",), report, Timings())
    (found,) = report
    assert found.rule is Rule.GLYPH_MISSING
    assert str(found.position).startswith("octavo.toml:9:")

"""Where printed pages begin in the other formats: how a mark is put into markup, and which place a page tells of."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from markupsafe import Markup
from page_lists import printed_pages
from printed import SQUARE, laid_out

from octavo.diagnostics import Report
from octavo.pdf.page_breaks import page_breaks
from octavo.recipe import FormatName, Timings, build
from octavo.render.page_breaks import insert

MARK = Markup("|")


@pytest.mark.parametrize(
    ("markup", "skip", "marked"),
    [
        ("ab cd", 2, "ab |cd"),
        ("a&amp;b", 1, "a|&amp;b"),
        ("漢字", 1, "漢|字"),
        ("ab", 5, "ab|"),
        ("<p><em>a</em></p>", 0, "<p><em>|a</em></p>"),
        ("<p>a</p>", 3, "<p>a|</p>"),
        ("<h2 id='x'><span>1</span> A</h2>", 0, "|<h2 id='x'><span>1</span> A</h2>"),
        ("<div><math><mi>x</mi></math></div>", 0, "<div>|<math><mi>x</mi></math></div>"),
        ("<figure><img src='a' /><p>b</p></figure>", 0, "<figure>|<img src='a' /><p>b</p></figure>"),
        ("<figure><figcaption>b</figcaption></figure>", 0, "<figure><figcaption>|b</figcaption></figure>"),
        ('<li><span role="img"></span>a</li>', 0, '<li>|<span role="img"></span>a</li>'),
    ],
)  # fmt: skip
def test_a_mark_stands_before_what_is_seen(markup: str, skip: int, marked: str) -> None:
    assert insert(Markup(markup), MARK, skip) == marked


PAGE = "@page { size: 60mm 40mm; margin: 10mm; @bottom-center { content: counter(page) } }"
LINES = "aa bb<br />cc dd<br />ee ff<br />gg <em><?octavo 2?>hh</em> <?octavo 3?>ii<br />jj kk<br />ll mm"
ROWS = LINES.replace("<br />", "</td></tr><tr><td>")
TABLE = f"<table><thead><tr><td><?octavo h?>Head</td></tr></thead><tr><td><?octavo 1?>{ROWS}</td></tr></table>"
ON_NEXT = 'style="break-before: page"'
PICTURE = f'<img src="{SQUARE}" alt="a" />'
NOTE = '<span style="float: footnote"><?octavo n?>note</span>'


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (f"<p><?octavo 1?>{LINES}</p>", [("1", 0), ("1", 12)]),
        (TABLE, [("h", 0), ("1", 8), ("3", 2)]),
        (f"<p><?octavo 1?>aa</p><p {ON_NEXT}><?octavo 2?>{PICTURE}</p>", [("1", 0), ("2", 0)]),
        (f"<p><?octavo 1?>aa</p><div {ON_NEXT}></div><p {ON_NEXT}><?octavo 2?>bb</p>", [("1", 0), ("2", 0)]),
        (f"<p><?octavo 1?>aa{NOTE} <?octavo 2?>bb</p><p {ON_NEXT}><?octavo 3?>cc</p>", [("1", 0), ("3", 0)]),
    ],
    ids=["paragraph", "table with a head", "picture", "blank page", "note"],
)
def test_a_page_begins_with_its_first_word(body: str, places: list[tuple[str, int]]) -> None:
    result = laid_out(body, PAGE + " p { font-size: 12px; line-height: 18px; margin: 0 } td { padding: 0 }")
    found = page_breaks(result.document.pages, result.trace, frozenset())
    assert [(each.key, each.skip) for each in found.breaks] == places


def test_an_identifier_of_the_book_stays_its_own() -> None:
    result = laid_out("<p><?octavo 1?>aa</p>", PAGE)
    (found,) = page_breaks(result.document.pages, result.trace, frozenset({"page-1"})).breaks
    assert (found.label, found.identifier) == ("1", "page-1-2")


BOOK = '[book]\ntitle = "A book"\nlanguage = "en"\ndate = 2025-01-01\n'


@pytest.mark.parametrize(
    ("formats", "configuration", "listed"),
    [
        (("epub",), BOOK, False),
        (("epub", "pdf"), BOOK, True),
        (("epub", "pdf"), f'{BOOK}[epub]\npage_list = "none"\n', False),
    ],
    ids=["no PDF", "a PDF", "not wanted"],
)
def test_pages_are_listed_where_they_are_known(
    tmp_path: Path, formats: tuple[FormatName, ...], configuration: str, listed: bool
) -> None:
    source = tmp_path / "book"
    source.mkdir()
    (source / "octavo.toml").write_text(configuration, "utf-8")
    (source / "a.md").write_text("# A\n\nText.\n", "utf-8")
    report = Report()
    build(source, tmp_path / "dist", formats, report, Timings())
    assert not list(report)
    path = tmp_path / "dist" / "book.epub"
    with ZipFile(path) as archive:
        package = archive.read("EPUB/content.opf").decode()
        assert ("page-list" in archive.read("EPUB/nav.xhtml").decode()) == listed
    assert ("pageBreakMarkers" in package) == ("pageBreakSource" in package) == listed
    if listed:
        assert [page.label for page in printed_pages(path)][-1] == "1"

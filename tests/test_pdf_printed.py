"""Every text that is printed is looked at before it is laid out, and a sign that no font has is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.check import check_book
from octavo.diagnostics import Report, Rule
from octavo.recipe import Timings, build

UNPRINTABLE = "𐎀"
CONFIGURATION = """\
[book]
title = "Title"
language = "en"
date = 2026-11-23
{line}

[kinds.algorithm]
label = {{ en = "Algorithm{kind}" }}
"""


def places_of(folder: Path, line: str = "", text: str = "# One\n\nText.\n", kind: str = "") -> list[str]:
    """Build the PDF of a small book, and return where a glyph is missing."""
    folder.mkdir(exist_ok=True)
    (folder / "octavo.toml").write_text(CONFIGURATION.format(line=line, kind=kind), "utf-8")
    (folder / "one.md").write_text(text, "utf-8")
    report = Report()
    build(folder, folder / "dist", ("pdf",), report, Timings())
    return [str(found.position) for found in report if found.rule is Rule.GLYPH_MISSING]


@pytest.mark.parametrize(
    "line",
    [
        'subtitle = "𐎀"',
        'series = "𐎀"',
        'publisher = "The 𐎀 press"',
        'version = "𐎀"',
        'keywords = ["a", "𐎀"]',
        'authors = [{ name = "𐎀" }]',
        'authors = [{ name = "A", role = "𐎀" }]',
        'authors = [{ name = "A", affiliation = "𐎀" }]',
    ],
)
def test_the_title_page(line: str, tmp_path: Path) -> None:
    assert [place.rpartition(":")[0] for place in places_of(tmp_path / "book", line)] == ["octavo.toml:5"]


@pytest.mark.parametrize(
    "text",
    [
        "# One 𐎀\n",
        "`𐎀`\n",
        "![𐎀](one.svg){#fig-one}\n",
        "- 𐎀\n",
        "| 𐎀 |\n|---|\n",
        "a^[𐎀]\n",
    ],
)
def test_the_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "one.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (place,) = places_of(tmp_path / "book", text=text)
    assert place.startswith("one.md:1:")


SHEET = "p { color: black }\n"


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ('main p::after { content: "𐎀" }', 26),
        ('main p::after { content: "a" attr(id) "\\10380" }', 39),
        ('li { list-style-type: "𐎀" }', 23),
        ('@media print { q { quotes: "𐎀" "b" } }', 28),
        ('@page :left { @top-left { content: "𐎀" string(book) } }', 36),
        ('nav.contents a::after { content: leader("𐎀") }', 41),
        ("li { list-style-type: armenian }", 23),
        ("main h2::before { content: counter(page, georgian) }", 42),
    ],
)
def test_what_a_sheet_generates(rule: str, column: int, tmp_path: Path) -> None:
    (tmp_path / "book" / "styles").mkdir(parents=True)
    (tmp_path / "book" / "styles" / "extra.css").write_text(f"{SHEET}{rule}\n", "utf-8")
    assert places_of(tmp_path / "book")[:1] == [f"styles/extra.css:2:{column}"]


@pytest.mark.parametrize(
    "rule", ['@media screen { p::after { content: "𐎀" } }', 'p { --sign: "𐎀" }', "p { content: url(a) }"]
)
def test_what_a_sheet_generates_elsewhere(rule: str, tmp_path: Path) -> None:
    (tmp_path / "book" / "styles").mkdir(parents=True)
    (tmp_path / "book" / "styles" / "extra.css").write_text(f"{SHEET}{rule}\n", "utf-8")
    assert places_of(tmp_path / "book") == []


@pytest.mark.parametrize("sign", ["𐎀", "&#x10380;"])
def test_what_a_template_adds(sign: str, tmp_path: Path) -> None:
    (tmp_path / "book" / "templates").mkdir(parents=True)
    template = f"<h{{{{ level }}}}{{{{ attributes }}}}>\n{{{{ text }}}} {sign}</h{{{{ level }}}}>"
    (tmp_path / "book" / "templates" / "heading.html").write_text(template, "utf-8")
    (place,) = places_of(tmp_path / "book")
    assert place.startswith("templates/heading.html:2:")


@pytest.mark.parametrize("sign", ["湾", "→", "漢"])
def test_what_only_another_family_has(sign: str, tmp_path: Path) -> None:
    """A sign that its own family lacks is drawn by another of the theme, not by one that the system picks."""
    (tmp_path / "book").mkdir()
    assert places_of(tmp_path / "book", text=f"# One {sign}\n\n*Text* {sign}, *{sign}*, `{sign}`, **{sign}**.\n") == []
    report = Report()
    check_book(tmp_path / "book", tmp_path / "book" / "dist", report, Timings())
    assert not [found.message for found in report if found.rule in (Rule.CHECK_FONT, Rule.CHECK_GLYPH)]


def test_the_label_of_a_kind(tmp_path: Path) -> None:
    (place,) = places_of(tmp_path / "book", text="::: {.algorithm #alg-a}\nDo.\n:::\n", kind=UNPRINTABLE)
    assert place.startswith("one.md:1:")

"""Every text that is printed is looked at before it is laid out, and a sign that no font has is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_the_label_of_a_kind(tmp_path: Path) -> None:
    (place,) = places_of(tmp_path / "book", text="::: {.algorithm #alg-a}\nDo.\n:::\n", kind=UNPRINTABLE)
    assert place.startswith("one.md:1:")

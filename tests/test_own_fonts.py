"""Fonts that a book brings along: they are there, and have the characters that they have."""

from __future__ import annotations

import shutil
from base64 import b64encode
from pathlib import Path

import pytest

from octavo.diagnostics import Report
from octavo.pdf.fonts import packaged_files
from octavo.pdf.own_fonts import own_fonts
from octavo.recipe import Timings, build
from octavo.render.target import BOOK

STYLES = Path(__file__).resolve().parent.parent / "styles"
FONT = packaged_files("JetBrains Mono")["normal"]
FACE = '@font-face { font-family: "Ship Mono"; src: url(own.ttf) format("truetype") }\n'


def messages(folder: Path, rules: str, text: str = "Ink `x`.") -> list[str]:
    """Return what is said of the PDF of a book whose code is set in “Ship Mono”."""
    (folder / "styles").mkdir()
    theme = '[theme]\nmono = "Ship Mono"\n'
    (folder / "octavo.toml").write_text(f'[book]\ntitle = "Ink"\nlanguage = "en"\ndate = 2026-11-23\n{theme}', "utf-8")
    (folder / "one.md").write_text(f"# One\n\n{text}\n", "utf-8")
    (folder / "styles" / "book.css").write_text((STYLES / "book.css").read_text("utf-8") + rules, "utf-8")
    shutil.copy(FONT, folder / "styles" / "own.ttf")
    report = Report()
    build(folder, folder / "dist", ("pdf",), report, Timings())
    return [found.message for found in report]


@pytest.mark.parametrize(
    "rules", [FACE, FACE.replace('"Ship Mono"', "ship mono"), FACE + "em { font-family: Ship Mono }"]
)
def test_a_family_that_the_book_brings_is_not_missing(rules: str, tmp_path: Path) -> None:
    assert messages(tmp_path, rules) == []


def test_without_its_rule_it_is(tmp_path: Path) -> None:
    assert messages(tmp_path, "") == ["the font “Ship Mono” is not installed"]


def test_its_characters_count(tmp_path: Path) -> None:
    # ⍴ is in none of the families for text.
    assert messages(tmp_path, FACE, "Ink `\u2374`.") == []


def test_a_font_is_read_wherever_it_is() -> None:
    held = f"data:font/ttf;base64,{b64encode(FONT.read_bytes()).decode()}"
    sheets = [
        f'@font-face {{ font-family: A; src: local(x), url("{BOOK}a%20b.ttf") }}',
        f"@font-face {{ font-family: B; src: url({held}) }}",
        "@font-face { font-family: C; src: url(data:font/ttf;base64,AAAA) }",
        "@font-face { font-family: D }",
        "@font-face { src: url(octavo:/fonts/x.ttf) }",
    ]
    found = own_fonts(sheets, {"a b.ttf": FONT.read_bytes()}.__getitem__)
    assert sorted(found) == ["a", "b"]
    assert ord("x") in found["a"] == found["b"]

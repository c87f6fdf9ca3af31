"""What WeasyPrint says of style sheets: told where the author wrote it, or as ours."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from octavo.diagnostics import Position, Report
from octavo.pdf.sheets import PrintSheet, source_column
from octavo.pdf.warnings import Warnings
from octavo.recipe import Timings, build

SHEETS = Path(__file__).resolve().parent.parent / "styles"


def said_of(folder: Path, sheet: str = "", rules: str = "", theme: str = "") -> list[tuple[str, str, str]]:
    """Return rule, place and message of what is said of the PDF of a book with more rules in a sheet, and a theme."""
    (folder / "styles").mkdir()
    text = f'[book]\ntitle = "Ink"\nlanguage = "en"\ndate = 2026-11-23\n\n[theme]\n{theme}\n'
    (folder / "octavo.toml").write_text(text, "utf-8")
    (folder / "one.md").write_text("# One\n\nInk.\n", "utf-8")
    (folder / "ink.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "utf-8")
    if sheet:
        (folder / "styles" / sheet).write_text((SHEETS / sheet).read_text("utf-8") + rules, "utf-8")
    report = Report()
    build(folder, folder / "dist", ("pdf",), report, Timings())
    return [(str(found.rule), str(found.position), found.message) for found in report]


@pytest.mark.parametrize("sheet", ["book.css", "page-book.css", "pdf.css"])
def test_a_fault_in_a_sheet_of_the_book_is_told_at_its_place(sheet: str, tmp_path: Path) -> None:
    rules = "\n:root {\n  --x: 1px\n}\nh6 { color: var(--accent); background: url( '../ink.svg' ); colour: red; }\n"
    line = len((SHEETS / sheet).read_text("utf-8").split("\n")) + 4
    selector = "p, p:::b { color: red }\n"
    assert said_of(tmp_path, sheet, rules + selector) == [
        ("layout-warning", f"styles/{sheet}:{line}:61", "WeasyPrint: Ignored `colour: red`, unknown property."),
        ("layout-warning", f"styles/{sheet}:{line + 1}:1", "WeasyPrint: Invalid or unsupported selector, 'p, p:::b '"),
    ]


def test_a_value_that_the_theme_gives_is_told_in_the_theme(tmp_path: Path) -> None:
    said = said_of(tmp_path, theme='rule = "reddish"')
    assert {(rule, place) for rule, place, _ in said} == {("layout-warning", "octavo.toml:7:8")}


def test_a_fault_of_ours_is_not_the_authors() -> None:
    report = Report()
    warnings = Warnings(report)
    with warnings.of(PrintSheet(text="", file="styles/pdf.css")):
        warnings.emit(logging.makeLogRecord({"msg": "Ignored `colour: red` at 3:5, unknown property."}))
    warnings.emit(logging.makeLogRecord({"msg": "Invalid math function at 4:5: calc()"}))
    assert [(found.position, found.message) for found in report] == [
        (None, "WeasyPrint: Ignored `colour: red`, unknown property. (in Octavo's own styles/pdf.css)"),
        (None, "WeasyPrint: Invalid math function: calc()"),
    ]


def test_what_is_said_of_a_whole_sheet_names_it() -> None:
    report = Report()
    warnings = Warnings(report)
    with warnings.of(PrintSheet(text="", file="styles/pdf.css", own=True)):
        warnings.emit(logging.makeLogRecord({"msg": "Font-face 'Own' cannot be loaded"}))
    assert [found.position for found in report] == [Position("styles/pdf.css")]


@pytest.mark.parametrize(
    ("filled", "source", "column", "expected"),
    [
        ("a { b: c }", "a { b: c }", 5, 5),
        ("a { color: #9b2d22; b: c }", "a { color: var(--accent); b: c }", 21, 27),
        ("a { b: c }", "a { b: c }", 40, 11),
    ],
)
def test_columns_are_those_of_the_author(filled: str, source: str, column: int, expected: int) -> None:
    assert source_column(filled, source, column) == expected

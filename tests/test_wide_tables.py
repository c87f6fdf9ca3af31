"""Tables that are wider than the text of the PDF: set so that they fit, and told at their line."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from octavo.check.layout.read import read_drawn
from octavo.diagnostics import Position, Report, Rule
from octavo.pdf.wide_tables import BROKEN, SMALLER, TURNED, WideTable
from octavo.recipe import Timings, build

BOOK = '[book]\ntitle = "T"\nlanguage = "en"\ndate = 2026-11-23\nkind = "book"\nslug = "book"\n'
WORD = "Incomprehensible"


def table(columns: int, name: str, indent: str = "") -> str:
    """Return a table of long words in one row below its head."""
    rows = ([WORD] * columns, ["---"] * columns, [name] * columns)
    return "".join(f"{indent}| {' | '.join(row)} |\n" for row in rows)


TEXT = f"""# One

{table(2, "NARROW")}
{table(5, "SMALL")}
{table(6, "TURNED")}
Text.[^note]

::: {{.only format="html"}}
{table(6, "UNSEEN")}
:::

- In a list:

{table(6, "LISTED", "  ")}
[^note]: A note.

{table(5, "NOTED", "    ")}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    folder = tmp_path_factory.mktemp("wide")
    (folder / "octavo.toml").write_text(BOOK, "utf-8")
    (folder / "1.md").write_text(TEXT, "utf-8")
    report = Report()
    build(folder, folder / "dist", ("pdf",), report, Timings())
    return folder / "dist" / "book.pdf", report


def line_of(name: str) -> Position:
    """Return where a table begins."""
    line = next(number for number, line in enumerate(TEXT.splitlines(), 1) if name in line) - 2
    return Position("1.md", line, len(TEXT.splitlines()[line - 1]) - len(TEXT.splitlines()[line - 1].lstrip()) + 1)


def test_each_is_told_at_its_line(made: tuple[Path, Report]) -> None:
    _, report = made
    assert {(found.rule, found.position, "side" in found.message) for found in report} == {
        (Rule.TABLE_FITTED, line_of("SMALL"), False),
        (Rule.TABLE_FITTED, line_of("TURNED"), True),
        (Rule.TABLE_TOO_WIDE, line_of("LISTED"), False),
        (Rule.TABLE_FITTED, line_of("NOTED"), False),
    }


def test_all_of_them_stand_within_the_page(made: tuple[Path, Report]) -> None:
    path, _ = made
    with pikepdf.open(path) as document:
        wide = {number for number, page in enumerate(document.pages) if page.mediabox[2] > page.mediabox[3]}
        widths = {number: float(page.mediabox[2]) for number, page in enumerate(document.pages)}
    words = [(line.text, line.page, line.right) for block in read_drawn(path).blocks for line in block.lines]
    assert {page for text, page, _ in words if "TURNED" in text} == wide
    assert all(right < widths[page] - 50 for _, page, right in words)


@pytest.mark.parametrize(
    ("needs", "turning", "ways"),
    [
        (110, 0, (SMALLER,)),
        (130, 50, (TURNED,)),
        (170, 50, (TURNED, SMALLER)),
        (200, 50, (TURNED, SMALLER, BROKEN)),
        (130, 0, (SMALLER, BROKEN)),
        (130, -50, (SMALLER, BROKEN)),
    ],
)
def test_the_ways_that_let_one_fit(needs: float, turning: float, ways: tuple[str, ...]) -> None:
    assert WideTable(place=None, needs=needs, room=100, turning=turning).ways == ways

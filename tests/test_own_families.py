"""The families that sheets of a book name in rules."""

from __future__ import annotations

import pytest

from octavo.diagnostics import Position, Report
from octavo.pdf.own_families import check_named, named_families
from octavo.pdf.sheets import PrintSheet


def named(rules: str) -> list[list[str]]:
    sheet = PrintSheet(text=rules, find=lambda line, column: Position("styles/extra.css", line, column))
    return [list(each.families) for each in named_families([sheet])]


@pytest.mark.parametrize(
    ("value", "families"),
    [
        ("font-family: Own", ["Own"]),
        ("font-family: Own Sans, 'Other, One', serif", ["Own Sans", "Other, One"]),
        ("font-family: inherit", []),
        ("FONT-FAMILY: System-UI, Own !important", ["Own"]),
        ("font: 12pt Own", ["Own"]),
        ("font: italic bold 1.2em/1.4 Own Sans, serif", ["Own Sans"]),
        ("font: 700 10pt / 12pt 'Own'", ["Own"]),
        ("font: bold medium Own", ["Own"]),
        ("font: calc(1em + 1pt)/1 Own", ["Own"]),
        ("font: inherit", []),
        ("font: caption", []),
    ],
)
def test_the_families_of_a_value(value: str, families: list[str]) -> None:
    assert named(f"p {{ {value} }}") == [families]


def test_rules_for_screens_and_faces_are_left_out() -> None:
    rules = "@font-face { font-family: A } @media screen { p { font-family: B } } @page { @top-left { font: 1pt C } }"
    assert named(f"{rules} @media print {{ p {{ font-family: D }} }}") == [["C"], ["D"]]


def test_one_that_is_there_is_enough() -> None:
    sheet = PrintSheet(
        text="p { font-family: A, B }\nq { font-family: A, C, serif }\nb { font: inherit }",
        find=lambda line, column: Position("styles/extra.css", line, column),
    )
    report = Report()
    check_named(named_families([sheet]), {"B"}.__contains__, report)
    (found,) = report
    assert str(found.position) == "styles/extra.css:2:5"
    assert "“A”, “C”" in found.message


def test_what_is_ours_is_not_told() -> None:
    assert named_families([PrintSheet(text="p { font-family: A }")]) == []

"""Variables: a name in the text, the value in the book."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_includes import BOOK, prepared

from octavo.diagnostics import Rule
from octavo.document import plain_text

VARIABLES = BOOK + 'authors = ["Ada", "Tom"]\n[variables]\nname = "Windlass *2*"\nedition = 3\nday = 2026-01-02\n'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{< var name >}}", "Windlass *2*"),
        ("**a{{<var edition>}}b**", "a3b"),
        ("[x{{< var day >}}](#a)", "x2026-01-02"),
        ("{{< meta title >}}, {{< meta date >}}", "Tides, 2025-01-01"),
        ("{{< meta authors >}}", "Ada, Tom"),
        ("`{{< var name >}}`", "{{< var name >}}"),
        (r"\{{< var name >}}", "{{< var name >}}"),
        ("版本{{< var edition >}}\n的书", "版本3 的书"),
    ],
)
def test_a_name_stands_for_its_value(text: str, shown: str, tmp_path: Path) -> None:
    document, report = prepared(tmp_path, {"octavo.toml": VARIABLES, "a.md": f"# A\n\n{text}\n"})
    assert document and not list(report)
    assert plain_text(document.chapters[0]) == f"A{shown}"


def test_without_a_name_it_stays_text_and_is_told(tmp_path: Path) -> None:
    document, report = prepared(tmp_path, {"octavo.toml": VARIABLES, "a.md": "# A\n\n{{< var >}}\n"})
    assert document and plain_text(document.chapters[0]) == "A{{< var >}}"
    assert [found.rule for found in report] == [Rule.SYNTAX_LEFT_OVER]


def test_a_heading_is_named_after_the_value(tmp_path: Path) -> None:
    document, _ = prepared(tmp_path, {"octavo.toml": VARIABLES, "a.md": "# Edition {{< var edition >}} of it\n"})
    assert document and plain_text(document.chapters[0]) == "Edition 3 of it"


@pytest.mark.parametrize("text", ["{{< var edtion >}}", "{{< meta titel >}}", "{{< meta version >}}"])
def test_an_unknown_name_is_an_error(text: str, tmp_path: Path) -> None:
    document, report = prepared(tmp_path, {"octavo.toml": VARIABLES, "a.md": f"# A\n\n{text}\n"})
    assert document is None
    assert [(found.rule, found.position and found.position.line) for found in report] == [(Rule.VARIABLE_UNKNOWN, 3)]

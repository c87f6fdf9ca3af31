"""A sheet that stands upon the one of its name below it: `@import "octavo/site.css";` at the top of a site.css."""

from __future__ import annotations

import re
from typing import Any

import tinycss2

from octavo.diagnostics import Position, Report, Rule
from octavo.render.layers import BELOW

_SIGN = re.compile(r"[^\r\n\f]")
# The one way in which it is written; whatever else imports something is an error.
_IMPORT = re.compile(
    rf"""(?P<before>(?:\s|/\*.*?\*/)*)(?P<import>@import\s+["\']{re.escape(BELOW)}(?P<name>[^"\']+)["\']\s*;)""",
    re.DOTALL | re.IGNORECASE,
)


def without_import(text: str, name: str) -> tuple[str, bool]:
    """Return a sheet with blanks for what imports the sheet below, each line where it was, and whether it does that."""
    found = _IMPORT.match(text)
    if found is None or found["name"] != name:
        return text, False
    return found["before"] + _SIGN.sub(" ", found["import"]) + text[found.end() :], True


def report_imports(text: str, file: str, name: str, report: Report) -> None:
    """Report each import of a sheet of the book's own, called `name`, that is not of the one below it."""
    rest, _ = without_import(text, name)
    for rule in tinycss2.parse_stylesheet(rest, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            report.add(
                Rule.STYLE_BROKEN,
                Position(file, rule.source_line, rule.source_column),
                "nothing can be imported here: the sheets of a format are put together as one",
                _hint(rule, name),
            )


def _hint(rule: Any, name: str) -> str:
    if BELOW in tinycss2.serialize(rule.prelude):
        return f'above all its rules, @import "{BELOW}{name}"; puts the sheet of its name below it'
    return "write what it holds into this sheet"

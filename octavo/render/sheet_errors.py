"""What is wrong in a style sheet of the book's own: browsers would leave it out in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tinycss2

from octavo.diagnostics import Position, Report, Rule


def report_errors(text: str, file: str, report: Report) -> None:
    """Report each place where neither a declaration nor a rule stands (CSS Syntax 3, 5.5)."""
    for node in _errors(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
        report.add(
            Rule.STYLE_BROKEN,
            Position(file, node.source_line, node.source_column),
            "what ends here is neither a declaration nor a rule of CSS",
            "a declaration is “name: value;”, a rule “selector { … }”",
        )


def _errors(nodes: list[Any]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "error":
            yield node
        elif content := getattr(node, "content", None):
            yield from _errors(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))

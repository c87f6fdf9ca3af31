"""What a pass of a book's own may use beside the tree in `octavo.document`.

A pass is a Python file of the book with a function `run(document: Document, context: Context) -> Document` and the
`API_VERSION` that it was written for. What stands here, and the fields of all nodes, stay within one version.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from octavo.diagnostics import Position, Report, Rule
from octavo.document import Document, Node, plain_text, rewrite, walk

__all__ = ["API_VERSION", "Context", "Document", "Node", "Position", "plain_text", "rewrite", "walk"]

API_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Tell a pass the `language` of the book, a BCP 47 tag, and let it report."""

    language: str
    _report: Report = field(repr=False)

    def warn(self, place: Node | Position, message: str, hint: str | None = None) -> None:
        """Report a warning at a place in the book, under the rule pass-warning."""
        position = place.position if isinstance(place, Node) else place
        self._report.add(Rule.PASS_WARNING, position, message, hint)

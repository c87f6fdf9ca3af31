"""What has a number in one format must have one in the others, or all numbers behind it would differ between them."""

from __future__ import annotations

from octavo.diagnostics import Rule
from octavo.document import FORMATS, Document, Formats, Numbered, partial_formats, walk
from octavo.normalise.context import Context


def check_counterparts(document: Document, context: Context) -> Document:
    """Report what is counted and shown in some formats only; alternatives with one identifier count once."""
    first: dict[str, Numbered] = {}
    shown: dict[str, Formats] = {}
    if not (partial := partial_formats(document)):
        return document
    for node in walk(document, Numbered):
        if node.number and id(node) in partial:
            name = node.identifier or f"{node.position}"
            first.setdefault(name, node)
            shown[name] = shown.get(name, frozenset()) | partial[id(node)]
    for name, node in first.items():
        if lacking := sorted(FORMATS - shown[name]):
            context.report.add(
                Rule.COUNTERPART_MISSING,
                node.position,
                f"“{node.label}” is counted, and not shown in: {', '.join(lacking)}",
                "give its label to what stands there instead, or mark it {.unnumbered}",
            )
    return document

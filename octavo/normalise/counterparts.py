"""What has a number in one format must have one in the others, or all numbers behind it would differ between them."""

from __future__ import annotations

from octavo.diagnostics import Rule
from octavo.document import FORMATS, Document, Formats, Numbered, walk_formats
from octavo.normalise.context import Context


def check_counterparts(document: Document, context: Context) -> Document:
    """Report what is counted and shown in some formats only; alternatives with one identifier count once."""
    first: dict[str, Numbered] = {}
    shown: dict[str, Formats] = {}
    for node, formats in walk_formats(document):
        if isinstance(node, Numbered) and node.number and formats != FORMATS:
            name = node.identifier or f"{node.position}"
            first.setdefault(name, node)
            shown[name] = shown.get(name, frozenset()) | formats
    for name, node in first.items():
        if lacking := sorted(FORMATS - shown[name]):
            context.report.add(
                Rule.COUNTERPART_MISSING,
                node.position,
                f"“{node.label}” is counted, and not shown in: {', '.join(lacking)}",
                "give its label to what stands there instead, or mark it {.unnumbered}",
            )
    return document

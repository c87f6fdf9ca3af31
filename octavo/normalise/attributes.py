"""Attributes that mean nothing where they stand.

A query: what other passes have read of the marks is gone by then. `lang`, `dir`, `title`
and `data-…` hold everywhere; any other attribute is printed nowhere, and reported unless it concerns browsers alone, as
`target` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.diagnostics import Rule, nearest
from octavo.document import CodeBlock, Document, Figure, Image, Labelled, walk
from octavo.normalise.context import Context
from octavo.normalise.raw_html.elements import NEEDLESS

# Attributes of HTML that hold for every element, and mean the same in all formats.
EVERYWHERE = ("lang", "dir", "title")
DATA = re.compile(r"data-[a-z0-9.-]+")
LENGTH = re.compile(r"(\d+(?:\.\d+)?)(%|px|em|rem|ch|cm|mm|in|pt)?")

_SIZES = ("width", "height")


def check_attributes(document: Document, context: Context) -> None:
    """Report attributes that nothing reads."""
    for node in walk(document):
        # What stands behind a fence is for other tools too, which run the code: it is theirs to judge.
        if isinstance(node, Labelled) and node.attributes and not isinstance(node, CodeBlock):
            for message, hint in _faults(node):
                context.report.add(Rule.ATTRIBUTE_UNKNOWN, node.position, message, hint)


def _faults(node: Labelled) -> Iterator[tuple[str, str]]:
    known = {*EVERYWHERE}
    if isinstance(node, Image | Figure):
        known |= {*_SIZES, "alt"}
    for name, value in node.attributes:
        if name not in known | NEEDLESS and not DATA.fullmatch(name):
            hint = nearest(name, known) or f"what is for other programs begins with data-, as data-{name} does"
            yield f"“{name}” means nothing here; it is left out", hint
        elif name in _SIZES and not LENGTH.fullmatch(value):
            yield f"“{value}” is no {name}; it is left out", "write a share of the line or a length: 60%, 8cm"

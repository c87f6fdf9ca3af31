"""Attributes that mean nothing where they stand.

A query: what other passes have read of the marks is gone by then. `lang`, `dir`, `title`
and `data-…` hold everywhere; any other attribute is printed nowhere, and reported unless it concerns browsers alone, as
`target` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from octavo.diagnostics import Rule, nearest
from octavo.document import FENCE_TITLE, CalloutKind, CodeBlock, Division, Document, Figure, Image, Labelled, walk
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
        if isinstance(node, Labelled) and not isinstance(node, CodeBlock):
            found = [*_faults(node), *(_faults_of_division(node) if isinstance(node, Division) else ())]
            for message, hint in found:
                context.report.add(Rule.ATTRIBUTE_UNKNOWN, node.position, message, hint)


def _faults(node: Labelled) -> Iterator[tuple[str, str]]:
    known = {*EVERYWHERE}
    if isinstance(node, Image | Figure):
        known |= {*_SIZES, "alt"}
    for name, value in node.attributes:
        if name == FENCE_TITLE:
            yield f"“{value}” heads no callout, so that nobody reads it", "write it inside of the division"
        elif name not in known | NEEDLESS and not DATA.fullmatch(name):
            hint = nearest(name, known) or f"what is for other programs begins with data-, as data-{name} does"
            yield f"“{name}” means nothing here; it is left out", hint
        elif name in _SIZES and not LENGTH.fullmatch(value):
            yield f"“{value}” is no {name}; it is left out", "write a share of the line or a length: 60%, 8cm"


def _faults_of_division(node: Division) -> Iterator[tuple[str, str]]:
    """Yield what is said of a division that has stayed one."""
    for name in node.classes:
        if name.startswith("callout-"):
            kinds = [f"callout-{kind}" for kind in get_args(CalloutKind)]
            hint = nearest(name, kinds) or f"the kinds are {', '.join(kinds)}"
            yield f"“{name}” is no kind of callout; what is in it stays as it is", hint
    if (node.identifier or "").startswith("fig-"):
        hint = "a figure is pictures, and behind them a paragraph that is its caption"
        yield f"“{node.identifier}” names no figure: there is something else in it", hint

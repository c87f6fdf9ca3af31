"""Lists of figures, tables and listings: queries on the tree, which change nothing, and what templates get of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.document import (
    FORMATS,
    CodeBlock,
    Document,
    Equation,
    Figure,
    Formats,
    Inline,
    ListOf,
    Table,
    walk,
    walk_shown,
)
from octavo.render.contents import title_inlines

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer

_KINDS: Mapping[type, str] = {Figure: "figure", Table: "table", CodeBlock: "listing", Equation: "equation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Captioned:
    """Hold one line of such a list, for the formats that show what it names."""

    target: str
    label: str | None
    caption: tuple[Inline, ...]
    formats: Formats = FORMATS


def captions(document: Document) -> dict[str, tuple[Captioned, ...]]:
    """Return the numbered things of the book by kind, in reading order; a part of a figure is not one of its own."""
    found: dict[str, list[Captioned]] = {}
    parts = {id(part) for figure in walk(document, Figure) for part in figure.children}
    for node, formats in walk_shown(document, Figure, Table, CodeBlock):
        if id(node) in parts:
            continue
        if node.number and node.anchor and node.caption:
            entry = Captioned(
                target=node.anchor, label=node.label, caption=title_inlines(node.caption), formats=formats
            )
            found.setdefault(_KINDS[type(node)], []).append(entry)
    return {kind: tuple(entries) for kind, entries in found.items()}


def list_lines(node: ListOf, renderer: Renderer) -> list[dict[str, object]]:
    """Return what the template of such a list is given of each line."""
    target = renderer.target
    with renderer.unmarked():
        return [
            {"href": target.href(entry.target), "label": entry.label, "text": renderer.inlines(entry.caption)}
            for entry in target.lists.get(node.kind, ())
            if target.shows(entry.formats)
        ]

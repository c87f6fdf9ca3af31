"""The pass: raw HTML among siblings, and the siblings between its tags, become nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from octavo.diagnostics import Report
from octavo.document import (
    Document,
    Heading,
    Link,
    Node,
    Paragraph,
    RawBlock,
    RawInline,
    rewrite,
    rewrite_around,
)
from octavo.normalise.context import Context
from octavo.normalise.raw_html.anchors import named_before, named_inside, places
from octavo.normalise.raw_html.blocks import read_blocks
from octavo.normalise.raw_html.fragment import left_out, parse_fragment
from octavo.normalise.raw_html.inlines import holds_link, read_inlines


def read_raw_html(document: Document, context: Context) -> Document:
    """Replace raw HTML by nodes. Comments go in silence; what else has no node is reported, and its text stays."""

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Paragraph):
            return _paragraph(node, context.report)
        new = _with_nodes(node, context.report)
        match new:
            case Heading():
                return named_inside(new)
            case Link():
                return _without_links(new, context.report)
        return new

    return rewrite_around(document, change, RawBlock, RawInline)


def _with_nodes(node: Node, report: Report) -> Node:
    """Return a node whose children are no raw HTML; a place to link to just before a heading names it."""
    changed: dict[str, Any] = {}
    for name in node.CHILDREN:
        children = getattr(node, name)
        if isinstance(children, tuple):
            new = named_before(_read(children, report) if _are_raw(children) else children)
            if new is not children:
                changed[name] = new
    return replace(node, **changed) if changed else node


def _are_raw(nodes: Sequence[Node]) -> bool:
    return any(isinstance(node, RawBlock | RawInline) for node in nodes)


def _read(nodes: Sequence[Node], report: Report) -> tuple[Node, ...]:
    parts = parse_fragment(nodes, report)
    if any(isinstance(node, RawBlock) for node in nodes):
        return read_blocks(parts, report)
    return read_inlines(parts, report)


def _paragraph(paragraph: Paragraph, report: Report) -> tuple[Node, ...] | Node:
    """Return the blocks that a paragraph makes: itself, more where tags of blocks are in it, or none."""
    if not _are_raw(paragraph.children):
        return paragraph
    blocks = read_blocks(parse_fragment(paragraph.children, report), report, tight=paragraph.tight)
    return tuple(new for block in blocks for new in places(block))


def _without_links(link: Link, report: Report) -> Link:
    """Return a link of Markdown without the links that raw HTML has put into it."""
    if not holds_link(link.children):
        return link

    def change(node: Link) -> tuple[Node, ...]:
        left_out(report, node.position, "<a> inside another link")
        return node.children

    return rewrite(link, change, Link)

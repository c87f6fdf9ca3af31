"""`<a id="x"></a>`: a place to link to. Before a heading or at its beginning, it is the identifier of the heading."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from octavo.document import Block, Division, Heading, Node, Paragraph, SoftBreak, Span
from octavo.normalise.raw_html.words import trimmed


def places(block: Block) -> tuple[Block, ...]:
    """Return a paragraph that holds nothing but places to link to as divisions: it is no empty line of the text."""
    if not isinstance(block, Paragraph):
        return (block,)
    spans = [node for node in block.children if not isinstance(node, SoftBreak)]
    if not all(_is_place(node) for node in spans):
        return (block,)
    return tuple(
        Division(children=(), identifier=span.identifier, classes=span.classes, position=span.position)
        for span in spans
        if isinstance(span, Span)
    )


def named_before(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return blocks where each heading without an identifier has that of the place just before it."""
    if not any(_is_named(place, heading) for place, heading in pairwise(blocks)):
        return blocks
    result: list[Node] = []
    for block in blocks:
        if result and isinstance(block, Heading) and _is_named(place := result[-1], block):
            assert isinstance(place, Division)
            result[-1] = replace(block, identifier=place.identifier)
        else:
            result.append(block)
    return tuple(result)


def _is_named(place: Node, heading: Node) -> bool:
    return isinstance(heading, Heading) and not heading.identifier and _is_place(place)


def named_inside(heading: Heading) -> Heading:
    """Return a heading with the identifier of the place at its beginning, if it has none of its own."""
    first = next(iter(heading.children), None)
    if heading.identifier or not isinstance(first, Span) or not _is_place(first):
        return heading
    return replace(heading, identifier=first.identifier, children=trimmed(heading.children[1:]))


def _is_place(node: Node) -> bool:
    return (
        isinstance(node, Span | Division)
        and bool(node.identifier)
        and not (node.children or node.attributes)
        and not (isinstance(node, Span) and node.tag != "span")
    )

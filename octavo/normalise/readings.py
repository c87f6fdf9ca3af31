"""Readings above characters: `[漢字]{ruby="かんじ"}`.

A local pass. As many readings as there are characters, parted by spaces or bars, stand above one character each:
`[北京]{ruby="běi jīng"}`. Any other reading stands above all of them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from octavo.document import Document, Inline, Node, Ruby, Span, Text, rewrite
from octavo.normalise.context import Context

_BETWEEN = re.compile(r"[|｜]|\s+")


def set_readings(document: Document, context: Context) -> Document:
    """Make each span with a reading one or more rubies; its other marks stay around them."""

    def change(node: Span) -> Node | tuple[Node, ...]:
        if not (reading := (node.attribute("ruby") or "").strip()):
            return node
        rubies = _rubies(node, reading)
        rest = replace(node, attributes=tuple(pair for pair in node.attributes if pair[0] != "ruby"), children=rubies)
        return rest if rest.identifier or rest.classes or rest.attributes else rubies

    return rewrite(document, change, Span)


def _rubies(node: Span, reading: str) -> tuple[Inline, ...]:
    parts = _BETWEEN.split(reading)
    match node.children:
        case (Text(text=text) as whole,) if len(parts) == len(text) > 1:
            places = [replace(whole.position, column=whole.position.column + index) for index in range(len(text))]
            bases = [Text(text=base, position=place) for base, place in zip(text, places, strict=True)]
            return tuple(_ruby((base,), part, base) for base, part in zip(bases, parts, strict=True))
    return (_ruby(node.children, reading.replace("|", "").replace("｜", ""), node),)


def _ruby(children: tuple[Inline, ...], reading: str, place: Node) -> Ruby:
    above = Text(text=reading, position=place.position)
    return Ruby(children=children, reading=(above,), position=place.position)

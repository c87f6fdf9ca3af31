"""What authors mark things with, in braces behind them or in a line above: identifier, classes and attributes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markdown_it.token import Token

from octavo.document import Block, CodeBlock, Division, Labelled
from octavo.parse.code import with_marks
from octavo.parse.syntax.attributes import ABOVE


def marks(token: Token, *but: str) -> dict[str, Any]:
    """Return what an author marked a token with, as fields of a node; `but` are attributes that mean something else."""
    return _fields({name: str(value) for name, value in token.attrs.items() if name not in but})


def _marks_above(token: Token) -> dict[str, Any]:
    """Return what stands above a block in a line of its own, as fields of a node; empty where nothing does."""
    above = token.meta.get(ABOVE)
    return _fields(dict(above)) if above else {}


def _fields(attributes: dict[str, str]) -> dict[str, Any]:
    return {
        "identifier": attributes.pop("id", None),
        "classes": tuple(attributes.pop("class", "").split()),
        "attributes": tuple(attributes.items()),
    }


def marked(token: Token, node: Block) -> Block:
    """Return a node with the attributes that stand above it; one that cannot bear them is put into a division."""
    own = _marks_above(token)
    if not own:
        return node
    if isinstance(node, CodeBlock):  # the one block that has marks of its own behind its marker
        return with_marks(node, own)
    if isinstance(node, Labelled):
        return replace(node, **own)
    return Division(children=(node,), **own, position=node.position)

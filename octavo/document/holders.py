"""Which classes of nodes hold which: what the types of their fields say."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import fields

from octavo.document import blocks, book, citations, inlines, references
from octavo.document.node import Node

_MODULES = (inlines, references, citations, blocks, book)
_WORDS = re.compile(r"\w+")


def kinds_that_hold(*kinds: type[Node]) -> tuple[type[Node], ...]:
    """Return the classes of nodes directly in which one of `kinds` may stand."""
    names = {name: frozenset(_classes(value)) for module in _MODULES for name, value in vars(module).items()}
    holding = {name for name, classes in names.items() if any(issubclass(held, kinds) for held in classes)}
    nodes = dict.fromkeys(node for classes in names.values() for node in classes)
    return tuple(node for node in nodes if not holding.isdisjoint(_words_of_children(node)))


def _words_of_children(node: type[Node]) -> list[str]:
    # A type is its words here: to have the hints evaluated takes fifty times as long.
    return [word for field in fields(node) if field.name in node.CHILDREN for word in _WORDS.findall(str(field.type))]


def _classes(hint: object) -> Iterator[type[Node]]:
    """Yield a class of nodes, or those of a union."""
    if isinstance(hint, type) and issubclass(hint, Node):
        yield hint
    for inner in typing.get_args(hint):
        yield from _classes(inner)

"""Which nodes can stand below which: what the types of the fields say."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache

from octavo.document import blocks, book, inlines, references
from octavo.document.node import Node

Kinds: typing.TypeAlias = frozenset[type[Node]]

_MODULES = (inlines, references, blocks, book)
_WORDS = re.compile(r"\w+")


def fields_that_reach(node: type[Node], kinds: tuple[type[Node], ...]) -> tuple[str, ...]:
    """Return the fields of a class of nodes in which, or anywhere below which, a node of one of `kinds` may stand."""
    return tuple(name for name, below in _reach()[node].items() if any(issubclass(kind, kinds) for kind in below))


@cache
def kinds_that_hold(*kinds: type[Node]) -> tuple[type[Node], ...]:
    """Return the classes of nodes directly in which one of `kinds` may stand."""
    held = _held().items()
    return tuple(
        node for node, fields in held if any(issubclass(kind, kinds) for inside in fields.values() for kind in inside)
    )


@cache
def _reach() -> Mapping[type[Node], Mapping[str, Kinds]]:
    """Return for each class, by field, all that may stand in it and below it."""
    held = _held()
    return {node: {name: _closed(kinds, held) for name, kinds in fields.items()} for node, fields in held.items()}


@cache
def _held() -> Mapping[type[Node], Mapping[str, Kinds]]:
    """Return for each class what its fields hold."""
    names = {name: frozenset(_classes(value)) for module in _MODULES for name, value in vars(module).items()}
    nodes = frozenset[type[Node]]().union(*names.values())
    return {node: _held_by(node, names) for node in nodes}


def _held_by(node: type[Node], names: Mapping[str, Kinds]) -> dict[str, Kinds]:
    # A type is its words here: to have the hints evaluated takes fifty times as long.
    hints = {field.name: _WORDS.findall(str(field.type)) for field in fields(node)}
    return {name: frozenset(kind for word in hints[name] for kind in names.get(word, ())) for name in node.CHILDREN}


def _closed(kinds: Kinds, held: Mapping[type[Node], Mapping[str, Kinds]]) -> Kinds:
    """Return some classes with all that may stand below them."""
    known: set[type[Node]] = set()
    waiting = set(kinds)
    while waiting:
        node = waiting.pop()
        known.add(node)
        waiting.update(*held[node].values())
        waiting -= known
    return frozenset(known)


def _classes(hint: object) -> Iterator[type[Node]]:
    """Yield a class of nodes, or those of a union."""
    if isinstance(hint, type) and issubclass(hint, Node):
        yield hint
    for inner in typing.get_args(hint):
        yield from _classes(inner)

"""Which formats a part of the tree is for: what stands inside `Only` and `OnlySpan` is not for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar, overload

from octavo.document.blocks import Note, Only
from octavo.document.inlines import OnlySpan
from octavo.document.node import Node
from octavo.document.references import NoteReference
from octavo.document.traverse import walk

K = TypeVar("K", bound=Node)
L = TypeVar("L", bound=Node)
M = TypeVar("M", bound=Node)
Formats: TypeAlias = frozenset[str]
FORMATS: Formats = frozenset({"html", "pdf", "epub"})


def note_formats(root: Node) -> dict[str, Formats]:
    """Return for each note, by its identifier, the formats that show a call of it."""
    called: dict[str, Formats] = {}
    for node, formats in walk_shown(root, NoteReference):
        if node.note:
            called[node.note] = called.get(node.note, frozenset()) | formats
    return called


@overload
def walk_shown(root: Node, kind: type[K], /) -> Iterator[tuple[K, Formats]]: ...
@overload
def walk_shown(root: Node, kind: type[K], other: type[L], third: type[M], /) -> Iterator[tuple[K | L | M, Formats]]: ...
def walk_shown(root: Node, /, *kinds: type[Node]) -> Iterator[tuple[Node, Formats]]:
    """Yield the nodes of some kinds in reading order, each with the formats that show it."""
    if any(True for _ in walk(root, Only, OnlySpan)):
        yield from ((node, formats) for node, formats in walk_formats(root) if isinstance(node, kinds))
    else:
        yield from ((node, FORMATS) for node in walk(root, *kinds))


def partial_formats(root: Node) -> dict[int, Formats]:
    """Return the formats of each node, by its id, that is not for all of them."""
    found: dict[int, Formats] = {}
    for node in walk(root, Only, OnlySpan):
        for below, formats in walk_formats(node):
            found.setdefault(id(below), formats)  # what is inside of two is met inside of the outer one first
    return found


def walk_formats(
    root: Node,
    notes: Mapping[str, Formats] | None = None,
    below: Callable[[Node], Iterable[Node]] = Node.children_in_order,
) -> Iterator[tuple[Node, Formats]]:
    """Yield `root` and everything below it in reading order, each with the formats that show it.

    `notes` says which show the notes, as `note_formats` knows; `below` what is to be read of a node.
    """
    waiting = [(root, FORMATS)]
    while waiting:
        node, formats = waiting.pop()
        if isinstance(node, Only | OnlySpan):
            formats = formats & set(node.formats)
        elif isinstance(node, Note) and notes is not None and node.identifier:
            formats = formats & notes.get(node.identifier, frozenset())
        yield node, formats
        waiting.extend((child, formats) for child in reversed(list(below(node))))

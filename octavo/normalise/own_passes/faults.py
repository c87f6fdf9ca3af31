"""A document that a pass of the book's own made → what in it breaks the rules of the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any, TypeAlias, get_type_hints

from octavo import document as nodes
from octavo.book.files import FORBIDDEN
from octavo.diagnostics import Position
from octavo.document import (
    Author,
    Definition,
    DefinitionList,
    Document,
    Labelled,
    List,
    ListItem,
    Metadata,
    Node,
    RawBlock,
    RawInline,
    Table,
    TableCell,
    TableRow,
    Term,
    walk,
)

Fault: TypeAlias = tuple[Position | None, str]

# What stands in one kind of node only.
_INSIDE: dict[type[Node], type[Node]] = {
    ListItem: List,
    TableRow: Table,
    TableCell: TableRow,
    Term: DefinitionList,
    Definition: DefinitionList,
}


def faults(before: Document, after: Document) -> Iterator[Fault]:
    """Yield each place where `after`, made of `before`, is no tree that the other passes can read."""
    wrong = False
    for fault in _wrong_values(after):
        wrong = True
        yield fault
    if not wrong:  # else there is no walking through it
        yield from _wrong_places(before, after)
        yield from _doubled(before, after)
        if [chapter.file for chapter in after.chapters] != [chapter.file for chapter in before.chapters]:
            yield None, "the chapters are no longer those of the book"


def _wrong_values(node: Node) -> Iterator[Fault]:
    """Yield the fields that hold what they may not, from the top down."""
    waiting: list[Any] = [node]
    while waiting:
        current = waiting.pop()
        for name, hint in _fields(current.__class__):
            value = getattr(current, name)
            if (words := _wrong(value, hint)) is not None:
                yield _place(current), f"the field “{name}” of a {type(current).__name__} {words}"
            elif isinstance(value, str) and (found := FORBIDDEN.search(value)):
                yield _place(current), f"the field “{name}” of a {type(current).__name__} holds U+{ord(found[0]):04X}"
            else:
                parts = value if isinstance(value, tuple) else (value,)
                waiting += [part for part in parts if isinstance(part, Node | Metadata | Author)]


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind, localns=vars(nodes))  # some types are declared behind their users
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _wrong(value: object, hint: Any) -> str | None:
    """Return what is wrong with a value of a field, or None."""
    if _fits(value, hint):
        return None
    if not isinstance(value, tuple):
        return f"is of type {type(value).__name__}" + (", not a tuple" if isinstance(value, list) else "")
    for place, part in enumerate(value, 1):
        if not _fits((part,), hint):
            return f"holds a value of type {type(part).__name__} in place {place}"
    return "has the wrong number of values"


def _fits(value: object, hint: Any) -> bool:
    from typeguard import CollectionCheckStrategy, TypeCheckError, check_type  # noqa: PLC0415 (few books need it)

    try:
        check_type(value, hint, collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS)
    except TypeCheckError:
        return False
    return True


def _wrong_places(before: Document, after: Document) -> Iterator[Fault]:
    raw = {id(node) for node in walk(before, RawBlock, RawInline)}
    for node in walk(after):
        for child in node.children_in_order():
            kind, wanted = type(child).__name__, _INSIDE.get(type(child))
            if wanted and not isinstance(node, wanted):
                yield child.position, f"a {kind} stands in a {type(node).__name__}, not in a {wanted.__name__}"
            if isinstance(child, RawBlock | RawInline) and id(child) not in raw:
                yield child.position, f"a {kind} is new: raw HTML was read before, so nobody would"


def _doubled(before: Document, after: Document) -> Iterator[Fault]:
    already = _identifiers(before)
    counts = _identifiers(after)
    for node in walk(after, Labelled):
        if (name := node.identifier) and counts[name] > max(1, already[name]):
            yield node.position, f"the identifier “{name}” is given {counts.pop(name)} times"


def _identifiers(document: Document) -> Counter[str]:
    return Counter(node.identifier for node in walk(document, Labelled) if node.identifier)


def _place(node: object) -> Position | None:
    position = getattr(node, "position", None)
    return position if isinstance(position, Position) else None

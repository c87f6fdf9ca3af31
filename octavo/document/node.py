"""What every node of the tree is, and the two tools that are enough for it: `walk` to read, `rewrite` to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, ClassVar, TypeAlias, TypeVar

from octavo.diagnostics import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Stand for any part of the tree; `position` is where its source begins and takes no part in equality."""

    CHILDREN: ClassVar[tuple[str, ...]] = ()

    position: Position = field(compare=False, repr=False)

    def children_in_order(self) -> Iterator[Node]:
        """Yield the nodes directly below this one, in reading order."""
        for name in self.CHILDREN:
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield from value
            elif value is not None:
                yield value


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled(Node):
    """Be something that an author can name and mark.

    `identifier`, `classes` and `attributes` are the author's; a pass adds `generated`, the identifier where it is
    wanted and the author gave none.
    """

    identifier: str | None = None
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    generated: str | None = None

    @property
    def anchor(self) -> str | None:
        """Return the identifier that links lead to."""
        return self.identifier or self.generated

    def attribute(self, name: str) -> str | None:
        """Return the value of an attribute, or None."""
        return dict(self.attributes).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered(Labelled):
    """Be counted among its kind: a pass adds its `number` (“3-2”) and the `label` that is printed (“图 3-2”)."""

    number: str | None = None
    label: str | None = None


N = TypeVar("N", bound=Node)
Change: TypeAlias = Callable[[Node], "Node | tuple[Node, ...]"]


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it in reading order."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        for name in reversed(current.CHILDREN):
            value = getattr(current, name)
            if type(value) is tuple:
                waiting.extend(value[::-1])
            elif value is not None:
                waiting.append(value)


def walk_up(node: Node) -> Iterator[Node]:
    """Yield everything below `node`, and not itself, in the order in which `rewrite` hands it to a change."""
    # Children before their parents is parents before their children from right to left, read backwards.
    order: list[Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        order.append(current)
        for name in current.CHILDREN:
            value = getattr(current, name)
            if type(value) is tuple:
                waiting.extend(value)
            elif value is not None:
                waiting.append(value)
    return islice(reversed(order), len(order) - 1)


def rewrite(node: N, change: Change) -> N:
    """Copy the tree bottom-up through `change`.

    `change` gets each node after its children and returns it, another in its place, or a tuple to splice in
    (an empty one removes it). Where nothing changes the very same object comes back. The root itself is not
    given to `change`.
    """
    changed: dict[str, Any] | None = None
    for name in node.CHILDREN:
        value = getattr(node, name)
        if not value:  # no node is false: this is None, or nothing inside
            continue
        new = _rewrite_all(value, change) if type(value) is tuple else change(rewrite(value, change))
        if new is not value:
            changed = changed or {}
            changed[name] = new
    return replace(node, **changed) if changed else node


def _rewrite_all(nodes: tuple[Node, ...], change: Change) -> tuple[Node, ...]:
    result: list[Node] | None = None
    for index, node in enumerate(nodes):
        # A book has more leaves than anything else: they need no call of their own.
        new = change(rewrite(node, change) if node.CHILDREN else node)
        if result is None:
            if new is node:
                continue
            result = list(nodes[:index])
        if isinstance(new, tuple):
            result.extend(new)
        else:
            result.append(new)
    return nodes if result is None else tuple(result)

"""What every node of the tree is, and the two tools that are enough for it: `walk` to read, `rewrite` to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
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
        if current.CHILDREN:
            waiting.extend(reversed(list(current.children_in_order())))


def walk_up(node: Node) -> Iterator[Node]:
    """Yield everything below `node`, and not itself, in the order in which `rewrite` hands it to a change."""
    for name in node.CHILDREN:
        value = getattr(node, name)
        for child in value if isinstance(value, tuple) else (value,) if value is not None else ():
            yield from walk_up(child)
            yield child


def rewrite(node: N, change: Change) -> N:
    """Copy the tree bottom-up through `change`.

    `change` gets each node after its children and returns it, another in its place, or a tuple to splice in
    (an empty one removes it). Where nothing changes the very same object comes back. The root itself is not
    given to `change`.
    """
    changed: dict[str, Any] = {}
    for name in node.CHILDREN:
        value = getattr(node, name)
        if isinstance(value, tuple):
            if (new := _rewrite_all(value, change)) is not value:
                changed[name] = new
        elif value is not None:
            new_child = change(rewrite(value, change))
            if new_child is not value:
                changed[name] = new_child
    return replace(node, **changed) if changed else node


def _rewrite_all(nodes: tuple[Node, ...], change: Change) -> tuple[Node, ...]:
    result: list[Node] = []
    same = True
    for node in nodes:
        new = change(rewrite(node, change))
        same = same and new is node
        if isinstance(new, tuple):
            result.extend(new)
        else:
            result.append(new)
    return nodes if same else tuple(result)

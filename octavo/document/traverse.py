"""The tools that are enough for the tree: `walk` to read, `rewrite` to copy.

Both take the classes of nodes that are wanted, and then pass over what holds none of them: who looks for tables does
not look into the lines of paragraphs, of which a book has more than of anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar, overload

from octavo.document.kinds import bits_of, classes_of, kinds_below
from octavo.document.node import Node

N = TypeVar("N", bound=Node)
K = TypeVar("K", bound=Node)
L = TypeVar("L", bound=Node)
Changed: TypeAlias = "Node | tuple[Node, ...]"
Change: TypeAlias = Callable[[Node], Changed]


@overload
def walk(node: Node, /) -> Iterator[Node]: ...
@overload
def walk(node: Node, kind: type[K], /) -> Iterator[K]: ...
@overload
def walk(node: Node, kind: type[K], other: type[L], /) -> Iterator[K | L]: ...
@overload
def walk(node: Node, /, *kinds: type[Node]) -> Iterator[Node]: ...
def walk(node: Node, /, *kinds: type[Node]) -> Iterator[Node]:
    """Yield `node` and everything below it in reading order, or of that the nodes of some `kinds`."""
    if not kinds:
        yield from _walk_all(node)
        return
    wanted = classes_of(kinds)
    bits = bits_of(wanted)
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if type(current) in wanted:
            yield current
        if current.CHILDREN and kinds_below(current) & bits:
            for name in reversed(current.CHILDREN):
                value = getattr(current, name)
                if type(value) is tuple:
                    waiting.extend(value[::-1])
                elif value is not None:
                    waiting.append(value)


def _walk_all(node: Node) -> Iterator[Node]:
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


@overload
def walk_up(node: Node, /) -> Iterator[Node]: ...
@overload
def walk_up(node: Node, kind: type[K], /) -> Iterator[K]: ...
def walk_up(node: Node, /, *kinds: type[Node]) -> Iterator[Node]:
    """Yield everything below `node`, and not itself, in the order in which `rewrite` hands it to a change."""
    # Children before their parents is parents before their children from right to left, read backwards.
    wanted = classes_of(kinds or (Node,))
    bits = bits_of(wanted)
    order: list[Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if type(current) in wanted and current is not node:
            order.append(current)
        if current.CHILDREN and kinds_below(current) & bits:
            for name in current.CHILDREN:
                value = getattr(current, name)
                if type(value) is tuple:
                    waiting.extend(value)
                elif value is not None:
                    waiting.append(value)
    return reversed(order)


@overload
def rewrite(node: N, change: Change, /) -> N: ...
@overload
def rewrite(node: N, change: Callable[[K], Changed], kind: type[K], /) -> N: ...
@overload
def rewrite(node: N, change: Callable[[K | L], Changed], kind: type[K], other: type[L], /) -> N: ...
@overload
def rewrite(node: N, change: Change, /, *kinds: type[Node]) -> N: ...
def rewrite(node: N, change: Callable[[Any], Changed], /, *kinds: type[Node]) -> N:
    """Copy the tree bottom-up through `change`.

    `change` gets each node after its children, or those of some `kinds`, and returns it, another in its place, or a
    tuple to splice in (an empty one removes it). Where nothing changes the very same object comes back. The root itself
    is not given to `change`.
    """
    wanted = classes_of(kinds or (Node,))
    rewriting = _Rewriting(change, wanted, bits_of(wanted))
    return rewriting.of(node) if kinds_below(node) & rewriting.bits else node


def rewrite_around(node: N, change: Change, /, *kinds: type[Node]) -> N:
    """Copy the tree as `rewrite` does; `change` gets each node below which there was a node of one of some `kinds`."""
    rewriting = _Rewriting(change, frozenset(), bits_of(classes_of(kinds)), around=True)
    return rewriting.of(node) if kinds_below(node) & rewriting.bits else node


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """Look below each node that holds one of the kinds that are `bits`, and change what is wanted, or all `around`."""

    change: Callable[[Any], Changed]
    wanted: frozenset[type]
    bits: int
    around: bool = False

    def of(self, node: N) -> N:
        changed: dict[str, Any] | None = None
        for name in node.CHILDREN:
            value = getattr(node, name)
            if not value:  # no node is false: this is None, or nothing inside
                continue
            if type(value) is tuple:
                new: Any = self._of_all(value)
            else:
                (new,) = self._of_all((value,))
            if new is not value:
                changed = changed or {}
                changed[name] = new
        return replace(node, **changed) if changed else node

    def _of_all(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        change, wanted, bits, around = self.change, self.wanted, self.bits, self.around
        result: list[Node] | None = None
        for index, node in enumerate(nodes):
            # A book has more leaves than anything else: they need no call of their own.
            holds = node.CHILDREN and kinds_below(node) & bits
            new: Changed = self.of(node) if holds else node
            if type(node) in wanted or (around and holds):
                new = change(new)
            if result is None:
                if new is node:
                    continue
                result = list(nodes[:index])
            if isinstance(new, tuple):
                result.extend(new)
            else:
                result.append(new)
        return nodes if result is None else tuple(result)

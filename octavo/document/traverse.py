"""The tools that are enough for the tree: `walk` to read, `rewrite` to copy.

Both take the classes of nodes that are wanted, and then leave out what can hold none of them: who looks for tables does
not look into the lines of paragraphs, of which a book has more than of anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias, TypeVar, overload

from octavo.document.node import Node
from octavo.document.reach import fields_that_reach

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
    plans = _plans(kinds)
    waiting = [node]
    while waiting:
        current = waiting.pop()
        wanted, _, backwards = plans[type(current)]
        if wanted:
            yield current
        for name in backwards:
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
    plans = _plans(kinds)
    order: list[Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        wanted, forwards, _ = plans[type(current)]
        if wanted and current is not node:
            order.append(current)
        for name in forwards:
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
    return _rewritten(node, change, _plans(kinds))


# For each class: whether it is wanted, and its fields that have to be looked into, in both orders.
_Plan: TypeAlias = tuple[bool, tuple[str, ...], tuple[str, ...]]


class _Plans(dict[type[Node], _Plan]):
    """Know for each class what is to be done with its nodes; the plan is made when the first of them is met."""

    def __init__(self, kinds: tuple[type[Node], ...]) -> None:
        super().__init__()
        self._kinds = kinds

    def __missing__(self, node: type[Node]) -> _Plan:
        fields = fields_that_reach(node, self._kinds) if self._kinds else node.CHILDREN
        plan = not self._kinds or issubclass(node, self._kinds), fields, fields[::-1]
        self[node] = plan
        return plan


@cache
def _plans(kinds: tuple[type[Node], ...]) -> Mapping[type[Node], _Plan]:
    return _Plans(kinds)


def _rewritten(node: N, change: Callable[[Any], Changed], plans: Mapping[type[Node], _Plan]) -> N:
    changed: dict[str, Any] | None = None
    for name in plans[type(node)][1]:
        value = getattr(node, name)
        if not value:  # no node is false: this is None, or nothing inside
            continue
        if type(value) is tuple:
            new: Any = _rewritten_all(value, change, plans)
        else:
            (new,) = _rewritten_all((value,), change, plans)
        if new is not value:
            changed = changed or {}
            changed[name] = new
    return replace(node, **changed) if changed else node


def _rewritten_all(
    nodes: tuple[Node, ...], change: Callable[[Any], Changed], plans: Mapping[type[Node], _Plan]
) -> tuple[Node, ...]:
    result: list[Node] | None = None
    for index, node in enumerate(nodes):
        wanted, fields, _ = plans[type(node)]
        # A book has more leaves than anything else: they need no call of their own.
        new: Changed = _rewritten(node, change, plans) if fields else node
        if wanted:
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

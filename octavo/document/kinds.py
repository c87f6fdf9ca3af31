"""Which kinds of nodes stand below a node: found out once, for nodes never change.

Kinds are sets of bits, one for each class of nodes. `kinds_below` of a chapter tells whether a table is anywhere in it.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import or_

from octavo.document.node import Node


class _Bits(dict[type, int]):
    """Give each class of nodes that is met a bit of its own."""

    def __missing__(self, kind: type) -> int:
        self[kind] = bit = 1 << len(self)
        return bit


_BITS = _Bits()
_remember = Node._kinds_below.__set__  # type: ignore[attr-defined]  # a frozen node lets nothing else be set


@cache
def classes_of(kinds: tuple[type[Node], ...]) -> frozenset[type]:
    """Return the classes of nodes that are of some kinds: with those that are more special."""
    return frozenset(kinds).union(*(classes_of(tuple(type.__subclasses__(kind))) for kind in kinds))


@cache
def bits_of(classes: frozenset[type]) -> int:
    """Return classes of nodes as bits."""
    return reduce(or_, (_BITS[kind] for kind in classes), 0)


def forget_classes() -> None:
    """Look for the more special classes anew: a pass of a book's own may have brought some."""
    classes_of.cache_clear()


def kinds_below(node: Node) -> int:
    """Return the kinds of all nodes below one."""
    try:
        return node._kinds_below  # type: ignore[no-any-return, attr-defined]
    except AttributeError:
        kinds = 0
        for name in node.CHILDREN:
            value = getattr(node, name)
            for child in value if type(value) is tuple else (value,) if value is not None else ():
                kinds |= _BITS[type(child)]
                if child.CHILDREN:
                    kinds |= kinds_below(child)
        _remember(node, kinds)
        return kinds

"""What every node of the tree is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from octavo.diagnostics import Position


class _Remembering:
    """Have room for what `traverse` finds out of a node once: nodes never change."""

    __slots__ = ("_kinds_below",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(_Remembering):
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

"""The nodes of the tree of tags: structure elements, and what they hold of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Mark:
    """Point at a piece of a page's content by its number."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """Point at a link annotation of a page."""

    page: int
    annotation: Any


@dataclass(eq=False, slots=True)
class Tag:
    """Hold one structure element.

    `alternative` is what it says to those who do not see it, `expansion` what an abbreviation is short for, `mathml`
    what a formula is; `attributes` are those of its role, and name their owner; `refers` are the tags that it leads to.
    """

    role: str
    kids: list[Kid] = field(default_factory=list)
    language: str | None = None
    alternative: str | None = None
    expansion: str | None = None
    identifier: str | None = None
    mathml: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    refers: list[Tag] = field(default_factory=list)


class Artifact(Enum):
    """Say why a piece of a page is not read (ISO 32000-2, 14.8.2.2)."""

    HEADER = "header"
    FOOTER = "footer"
    REPEATED = "repeated"
    LAYOUT = "layout"


Kid: TypeAlias = Tag | Mark | Annotation


def is_heading(role: str) -> bool:
    """Tell whether tags of a role head a part of the text, or all of it: the levels go on behind the sixth."""
    return role == "Title" or (role.startswith("H") and role[1:].isdigit())


def tags_of(tag: Tag) -> Iterator[Tag]:
    """Yield a tag and all below it, those further out first."""
    waiting = [tag]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(kid for kid in reversed(current.kids) if isinstance(kid, Tag))

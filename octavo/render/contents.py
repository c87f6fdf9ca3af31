"""The table of contents: a query on the tree, which changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from octavo.document import Block, Document, Heading, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one line of the contents and those below it."""

    heading: Heading
    role: str
    children: tuple[Entry, ...]


def contents(document: Document, depth: int = 3) -> tuple[Entry, ...]:
    """Return the headings of the book down to a level, nested."""
    return _entries((block for chapter in document.chapters for block in chapter.children), depth)


def _entries(blocks: Iterable[Block], depth: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(heading=block.heading, role=block.role, children=_entries(block.children, depth))
        for block in blocks
        if isinstance(block, Section) and block.heading.level <= depth
    )

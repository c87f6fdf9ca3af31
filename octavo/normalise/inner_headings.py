"""Headings inside quotations, lists, callouts and notes stand below the section that holds them.

They head no section of the book: a quoted `# heading` beside the chapter's own would give a page two titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from octavo.document import Block, Chapter, Document, Heading, Section, rewrite, walk
from octavo.normalise.context import Context
from octavo.normalise.levels import closed_levels


def lower_inner_headings(document: Document, context: Context) -> Document:
    """Let the headings inside each block begin one level below its section, and leave no level out.

    Notes stand below the top level of their chapter, wherever they are called.
    """
    return rewrite(document, _lower, Chapter)


def _lower(chapter: Chapter) -> Chapter:
    top = min((block.heading.level for block in chapter.children if isinstance(block, Section)), default=0)
    levels: dict[int, int] = {}
    for block, section in (*_inside(chapter.children, 0), *((note, top) for note in chapter.notes)):
        inner = list(walk(block, Heading))
        levels |= {found: level + section for found, level in closed_levels(inner, 0).items()}

    def change(node: Heading) -> Heading:
        if id(node) in levels and (node.level, node.inner) != (levels[id(node)], True):
            return replace(node, level=levels[id(node)], inner=True)
        return node

    return rewrite(chapter, change, Heading) if levels else chapter


def _inside(blocks: Iterable[Block], level: int) -> Iterator[tuple[Block, int]]:
    """Yield each block that is no section, with the level of the section around it."""
    for block in blocks:
        if isinstance(block, Section):
            yield from _inside(block.children, block.heading.level)
        else:
            yield block, level

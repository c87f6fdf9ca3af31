"""Levels of headings: the shallowest that a chapter uses is one, and none is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from octavo.diagnostics import Rule
from octavo.document import Chapter, Document, Heading, plain_text, rewrite
from octavo.normalise.context import Context
from octavo.normalise.numbers.facts import headings_of


def settle_levels(document: Document, context: Context) -> Document:
    """Count the levels of each chapter from one, and report a heading that jumps over a level.

    A jump is closed, because a reader of the page or of a screen reader would look for the missing heading
    (PDF/UA-1, 7.4.2; WCAG 2.2 technique G141). Headings inside quotations, lists and the like are no part of this.
    """
    return rewrite(document, lambda chapter: _settle(chapter, context), Chapter)


def _settle(chapter: Chapter, context: Context) -> Chapter:
    headings = list(headings_of(chapter.children))
    if not headings:
        return chapter
    shallowest = min(heading.level for heading in headings)
    levels = closed_levels(headings, shallowest - 1, lambda heading, above: _report_jump(heading, above, context))

    def change(node: Heading) -> Heading:
        if node.level != levels.get(id(node), node.level):
            return replace(node, level=levels[id(node)])
        return node

    if all(levels[id(heading)] == heading.level for heading in headings):
        return chapter
    # Heading nodes are compared by identity: `change` must see the very nodes that were listed.
    return rewrite(chapter, change, Heading)


def closed_levels(
    headings: Iterable[Heading], above: int, jumped: Callable[[Heading, int], None] = lambda heading, above: None
) -> dict[int, int]:
    """Return the level of each heading by its identity, counted from one and without gaps.

    `above` is the level over the first of them as written; `jumped` gets each that leaves one out, and the one above.
    """
    levels: dict[int, int] = {}
    open_levels: list[tuple[int, int]] = []  # as written, as settled
    for heading in headings:
        while open_levels and open_levels[-1][0] >= heading.level:
            open_levels.pop()
        parent_written, parent = open_levels[-1] if open_levels else (above, 0)
        if heading.level > parent_written + 1:
            jumped(heading, parent_written)
        levels[id(heading)] = parent + 1
        open_levels.append((heading.level, parent + 1))
    return levels


def _report_jump(heading: Heading, above: int, context: Context) -> None:
    context.report.add(
        Rule.HEADING_LEVEL_SKIPPED,
        heading.position,
        f"“{plain_text(heading.children)}” is a heading of {'#' * heading.level} below one of {'#' * above or 'none'}",
        f"write {'#' * (above + 1)}",
    )

"""Levels of headings: the shallowest that a chapter uses is one, and none is skipped."""

from __future__ import annotations

from dataclasses import replace

from octavo.diagnostics import Rule
from octavo.document import Chapter, Document, Heading, Node, plain_text, rewrite, walk
from octavo.normalise.context import Context


def settle_levels(document: Document, context: Context) -> Document:
    """Count the levels of each chapter from one, and report a heading that jumps over a level.

    A jump is closed, because a reader of the page or of a screen reader would look for the missing heading
    (PDF/UA-1, 7.4.2; WCAG 2.2 technique G141).
    """
    return rewrite(document, lambda node: _settle(node, context) if isinstance(node, Chapter) else node)


def _settle(chapter: Chapter, context: Context) -> Chapter:
    headings = [node for node in walk(chapter) if isinstance(node, Heading)]
    if not headings:
        return chapter
    shallowest = min(heading.level for heading in headings)
    levels: dict[int, int] = {}
    open_levels: list[tuple[int, int]] = []  # as written, as settled
    for heading in headings:
        while open_levels and open_levels[-1][0] >= heading.level:
            open_levels.pop()
        parent_written, parent = open_levels[-1] if open_levels else (shallowest - 1, 0)
        if heading.level > parent_written + 1:
            _report_jump(heading, parent_written, context)
        levels[id(heading)] = parent + 1
        open_levels.append((heading.level, parent + 1))

    def change(node: Node) -> Node:
        if isinstance(node, Heading) and node.level != levels[id(node)]:
            return replace(node, level=levels[id(node)])
        return node

    # Heading nodes are compared by identity: `change` must see the very nodes that were listed.
    return rewrite(chapter, change)


def _report_jump(heading: Heading, above: int, context: Context) -> None:
    context.report.add(
        Rule.HEADING_LEVEL_SKIPPED,
        heading.position,
        f"“{plain_text(heading.children)}” is a heading of {'#' * heading.level} below one of {'#' * above or 'none'}",
        f"write {'#' * (above + 1)}",
    )

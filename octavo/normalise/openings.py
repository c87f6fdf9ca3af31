"""What stands above the title of a chapter stands under it: a badge, a motto, a picture.

On a page of its own it would head nothing, and on the title's page it would stand above the heading that names it.
"""

from __future__ import annotations

from dataclasses import replace

from octavo.document import Chapter, Document, Section
from octavo.normalise.context import Context


def settle_openings(document: Document, context: Context) -> Document:
    """Move what comes before the one heading that heads a whole chapter under it.

    In a book of one file such a heading has others below it; else what comes before is the beginning of the text.
    """
    several = len(document.chapters) > 1
    chapters = tuple(_settle(chapter, several) for chapter in document.chapters)
    same = all(new is old for new, old in zip(chapters, document.chapters, strict=True))
    return document if same else replace(document, chapters=chapters)


def _settle(chapter: Chapter, several: bool) -> Chapter:
    *before, last = chapter.children or (None,)
    if not before or not isinstance(last, Section) or any(isinstance(block, Section) for block in before):
        return chapter
    if not several and not any(isinstance(block, Section) for block in last.children):
        return chapter
    opened = replace(last, children=(*chapter.children[:-1], *last.children))
    return replace(chapter, children=(opened,))

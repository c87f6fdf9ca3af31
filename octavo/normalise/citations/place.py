"""Where the works are listed: where an author says `::: {.bibliography}`, else at the end, under a heading.

A pass of the book. With a list a chapter it stands at the end of each that cites.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from octavo.document import (
    Bibliography,
    Chapter,
    Citation,
    Division,
    Document,
    Heading,
    Node,
    Section,
    Text,
    rewrite,
    walk,
)
from octavo.normalise.context import Context
from octavo.words import words_of

CLASSES = frozenset({"bibliography", "references"})
FILE = "octavo-bibliography"


def place_bibliographies(document: Document, context: Context) -> Document:
    """Make lists of the divisions that stand for them, and add a list where there is none."""
    sources = context.sources
    if sources is None:
        return document
    document = rewrite(document, _meant, Division)
    if not sources.style.listed:
        return document
    title = sources.title or words_of(document.metadata.language).bibliography
    if sources.scope == "chapter":
        return rewrite(document, lambda chapter: _ended(chapter, title), Chapter)
    if any(walk(document, Bibliography)) or not (any(walk(document, Citation)) or sources.listed):
        return document
    if len(document.chapters) == 1:
        return replace(document, chapters=(_with_list(document.chapters[0], title),))
    return replace(document, chapters=(*document.chapters, _chapter(title, document.chapters[-1])))


def _meant(node: Division) -> Node:
    if CLASSES.isdisjoint(node.classes) and node.identifier != "refs":
        return node
    classes = tuple(name for name in node.classes if name not in CLASSES)
    identifier = None if node.identifier == "refs" else node.identifier
    return Bibliography(identifier=identifier, classes=classes, attributes=node.attributes, position=node.position)


def _ended(chapter: Chapter, title: str) -> Chapter:
    cites = any(walk(chapter, Citation)) and not any(walk(chapter, Bibliography))
    return _with_list(chapter, title) if cites else chapter


def _with_list(chapter: Chapter, title: str) -> Chapter:
    """Return a chapter with a section at its end, of the level of its sections."""
    levels = sorted({heading.level for heading in _headings(chapter.children)})
    above = levels[1:] if len([h for h in _headings(chapter.children) if h.level == levels[0]]) == 1 else levels
    heading = _heading(title, above[0] if above else (levels[0] + 1 if levels else 1), chapter)
    return replace(chapter, children=(*chapter.children, heading, Bibliography(position=chapter.position)))


def _headings(blocks: Iterable[Node]) -> list[Heading]:
    found = [block.heading if isinstance(block, Section) else block for block in blocks]
    return [heading for heading in found if isinstance(heading, Heading)]


def _heading(title: str, level: int, place: Chapter) -> Heading:
    text = Text(text=title, position=place.position)
    return Heading(level=level, children=(text,), classes=("unnumbered",), position=place.position)


def _chapter(title: str, last: Chapter) -> Chapter:
    heading = _heading(title, 1, last)
    children = (heading, Bibliography(position=last.position))
    return Chapter(file=FILE, role="back", children=children, position=last.position)

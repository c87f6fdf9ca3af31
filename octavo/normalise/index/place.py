"""The place of the index: the end of the book, where its author names no other.

A pass of the book. `::: {.index}` is where it stands; a book with marks and without that gets a chapter behind all
others, or a section, where it is one chapter.
"""

from __future__ import annotations

from dataclasses import replace

from octavo.document import Chapter, Document, Heading, Index, IndexMark, Text, walk
from octavo.normalise.context import Context
from octavo.words import words_of

FILE = "octavo-index"


def place_index(document: Document, context: Context) -> Document:
    """Add an index to a book that has marks for one, and no place for it."""
    if not any(walk(document, IndexMark)) or any(walk(document, Index)):
        return document
    last = document.chapters[-1]
    title = Text(text=words_of(document.metadata.language).index, position=last.position)
    heading = Heading(level=1, children=(title,), classes=("unnumbered",), position=last.position)
    blocks = (heading, Index(position=last.position))
    if len(document.chapters) == 1:
        return replace(document, chapters=(replace(last, children=(*last.children, *blocks)),))
    chapter = Chapter(file=FILE, role="back", children=blocks, position=last.position)
    return replace(document, chapters=(*document.chapters, chapter))

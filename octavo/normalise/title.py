"""The book's title: stated, else the single leading `#` of its one file, else the name of the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from octavo.diagnostics import Rule
from octavo.document import Block, Document, Heading, plain_text
from octavo.normalise.context import Context


def settle_title(document: Document, context: Context) -> Document:
    """Give the document a title; a leading `#` that is the title leaves the text."""
    heading = _leading_heading(document)
    title = document.metadata.title
    if heading and title in ("", plain_text(heading.children)):
        (chapter,) = document.chapters
        shorter = replace(chapter, children=tuple(block for block in chapter.children if block is not heading))
        return _with_title(replace(document, chapters=(shorter,)), plain_text(heading.children))
    if title:
        return document
    first = document.chapters[0]
    context.report.add(
        Rule.TITLE_ASSUMED,
        first.position,
        f"the book has no title; it is called “{context.name}” after its {'file' if context.single else 'folder'}",
        "state title in octavo.toml under [book], or in the front matter",
    )
    return _with_title(document, context.name or PurePosixPath(first.file).stem)


def _with_title(document: Document, title: str) -> Document:
    return replace(document, metadata=replace(document.metadata, title=title))


def _leading_heading(document: Document) -> Heading | None:
    """Return the one `#` of a book of one file, where it comes first and other headings stand below it."""
    if len(document.chapters) != 1:
        return None
    blocks: tuple[Block, ...] = document.chapters[0].children
    headings = [block for block in blocks if isinstance(block, Heading)]
    if not headings or blocks[0] is not headings[0] or headings[0].level != 1:
        return None
    alone = all(heading.level > 1 for heading in headings[1:])
    return headings[0] if alone else None

"""The book's title: stated, else the single leading `#` of its one file, else the name of the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from octavo.diagnostics import Rule
from octavo.document import Block, Chapter, Document, Heading, Text, plain_text, rewrite
from octavo.normalise.context import Context
from octavo.normalise.numbers.facts import headings_of


def settle_title(document: Document, context: Context) -> Document:
    """Give the document a title, and each file of several a heading to begin with.

    A leading `#` that is the title leaves the text.
    """
    return _head_chapters(_title_book(document, context), context)


def _title_book(document: Document, context: Context) -> Document:
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


def _head_chapters(document: Document, context: Context) -> Document:
    """Put the title of a chapter's front matter, else the name of its file, above a chapter without one heading."""
    if len(document.chapters) == 1:
        return document
    chapters = tuple(_headed(chapter, context) for chapter in document.chapters)
    same = all(new is old for new, old in zip(chapters, document.chapters, strict=True))
    return document if same else replace(document, chapters=chapters)


def _headed(chapter: Chapter, context: Context) -> Chapter:
    headings = list(headings_of(chapter.children))
    tops = [heading for heading in headings if heading.level == 1]
    if len(tops) == 1 and tops[0] is headings[0]:
        return chapter  # it heads itself, whatever the front matter calls it
    if chapter.title is None and headings:
        return chapter
    title = chapter.title or PurePosixPath(chapter.file).stem
    if chapter.title is None:
        context.report.add(
            Rule.TITLE_ASSUMED,
            chapter.position,
            f"the chapter has no heading; it is called “{title}” after its file",
            "begin it with # and a title",
        )
    text = Text(text=title, position=chapter.position)
    heading = Heading(level=1, children=(text,), position=chapter.position)
    lower = rewrite(chapter, lambda heading: replace(heading, level=heading.level + 1), Heading)
    return replace(lower, children=(heading, *lower.children))


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

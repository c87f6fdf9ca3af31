"""The book split into pages, for the site and the EPUB."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import PurePosixPath

from octavo.book.defaults import slug_of
from octavo.document import (
    Abstract,
    BibliographyEntry,
    Block,
    Chapter,
    CitationLink,
    Code,
    CodeBlock,
    Document,
    Heading,
    Index,
    IndexMark,
    Labelled,
    Node,
    Note,
    NoteReference,
    Section,
    Term,
    Text,
    walk,
)
from octavo.render.index import identifiers_of

# Names that the formats give to pages of their own.
_RESERVED = frozenset({"index", "nav", "cover", "title", "imprint", "contents", "404", "search"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Hold what goes into one file: `name` without ending, the heading it begins with, its blocks and notes.

    One that begins in the midst of a text that was too long `continues` another.
    """

    name: str
    chapter: Chapter
    heading: Heading | None
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    continues: Page | None = None

    @property
    def shift(self) -> int:
        """Return what to add to levels so that the page's own heading is of level one."""
        if self.continues:
            return self.continues.shift
        return 1 - self.heading.level if self.heading else 1

    def identifiers(self) -> Iterator[str]:
        """Yield every identifier that stands on this page."""
        for block in (*self.blocks, *self.notes):
            yield from _identifiers_in(block)


def _identifiers_in(root: Node) -> Iterator[str]:
    for node in walk(root):
        match node:
            case Labelled():
                if node.anchor:
                    yield node.anchor
                if isinstance(node, Index):
                    yield from identifiers_of(entry for group in node.groups for entry in group.entries)
            case Note() | IndexMark() | Term() if node.identifier:
                yield node.identifier
            case NoteReference() if node.note:
                yield f"{node.note}-call-{node.call}"
            case BibliographyEntry() | CitationLink() if node.identifier:
                yield node.identifier


def split(document: Document) -> tuple[Page, ...]:
    """Split the book at the shallowest level with at least two headings."""
    depth = split_level(document)
    names = _Names()
    pages: list[Page] = []
    for chapter in document.chapters:
        pages += _chapter_pages(chapter, depth, names)
    return tuple(pages)


def split_level(document: Document) -> int:
    """Return the shallowest level with at least two headings, or 1."""
    count: dict[int, int] = {}
    for section in walk(document, Section):
        count[section.heading.level] = count.get(section.heading.level, 0) + 1
    return min((level for level, number in count.items() if number > 1), default=1)


def places(pages: tuple[Page, ...], ending: str, abstract: Abstract | None = None, home: str = "") -> dict[str, str]:
    """Return the address of each identifier; a chapter's own is its first page, from the top.

    `home` is the file that shows the abstract.
    """
    result = {name: f"{home}#{name}" for name in _identifiers_in(abstract)} if abstract else {}
    for page in pages:
        if page.chapter.identifier:
            result.setdefault(page.chapter.identifier, page.name + ending)
        result.update({name: f"{page.name}{ending}#{name}" for name in page.identifiers()})
    return result


class _Names:
    """Give each page a name in ASCII, once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken: set[str] = set(taken)

    def take(self, wanted: str) -> str:
        base = slug_of(wanted)
        name, count = base, 1
        while name in self._taken or name in _RESERVED:
            count += 1
            name = f"{base}-{count}"
        self._taken.add(name)
        return name


def _chapter_pages(chapter: Chapter, depth: int, names: _Names) -> list[Page]:
    parts = list(_parts(chapter.children, depth))
    # A chapter of one page is called like its file, for that is how authors and readers link to it.
    file = re.sub(r"[/\\]", "-", str(PurePosixPath(chapter.file).with_suffix("")))
    pages = []
    seen: set[str] = set()
    for heading, blocks in parts:
        wanted = file if len(parts) == 1 or heading is None else heading.anchor or file
        page = Page(name=names.take(wanted), chapter=chapter, heading=heading, blocks=blocks, notes=())
        pages.append(replace(page, notes=_notes(blocks, chapter, seen)))
    return pages


def _parts(blocks: tuple[Block, ...], depth: int) -> Iterator[tuple[Heading | None, tuple[Block, ...]]]:
    """Yield what goes onto each page of a chapter: its sections down to `depth`, each without those that follow.

    What comes before the first of them is a page without a heading of its own, under the book's title.
    """
    if before := tuple(block for block in blocks if not _begins_page(block, depth)):
        yield None, before
    for section in blocks:
        if isinstance(section, Section) and _begins_page(section, depth):
            inner = tuple(block for block in section.children if not _begins_page(block, depth))
            yield section.heading, (replace(section, children=inner),)
            yield from _parts(tuple(block for block in section.children if _begins_page(block, depth)), depth)


def divide(page: Page, taken: Collection[str]) -> tuple[Page, ...]:
    """Return a page and, as pages of their own, the sections in it; two halves where it has none.

    What is one block stays one page. `taken` are the names of all pages.
    """
    section = page.blocks[0] if len(page.blocks) == 1 else None
    if not isinstance(section, Section) or not any(isinstance(block, Section) for block in section.children):
        return _halves(page, taken)
    level = min(block.heading.level for block in section.children if isinstance(block, Section))
    names = _Names(taken)
    seen = _called_elsewhere(page)
    pages = []
    for heading, blocks in _parts(page.blocks, level):
        name = page.name if heading is page.heading else names.take((heading and heading.anchor) or page.name)
        part = replace(page, name=name, heading=heading, blocks=blocks)
        pages.append(replace(part, notes=_notes(blocks, page.chapter, seen)))
    return tuple(pages)


def _halves(page: Page, taken: Collection[str]) -> tuple[Page, ...]:
    section = page.blocks[0] if len(page.blocks) == 1 else None
    blocks = section.children if isinstance(section, Section) else page.blocks
    lengths = [_length(block) for block in blocks]
    at = max(bisect_left(list(accumulate(lengths)), sum(lengths) / 2), 1)
    if at >= len(blocks):
        return (page,)
    before: tuple[Block, ...] = blocks[:at]
    if isinstance(section, Section):
        before = (replace(section, children=before),)
    seen = _called_elsewhere(page)
    return (
        replace(page, blocks=before, notes=_notes(before, page.chapter, seen)),
        replace(
            page,
            name=_Names(taken).take(page.name),
            heading=None,
            blocks=blocks[at:],
            notes=_notes(blocks[at:], page.chapter, seen),
            continues=page.continues or page,
        ),
    )


def _length(block: Block) -> int:
    texts = (node for node in walk(block, Text, Code, CodeBlock) if isinstance(node, Text | Code | CodeBlock))
    return 1 + sum(len(node.text) for node in texts)


def _called_elsewhere(page: Page) -> set[str]:
    """Return the notes of a chapter that are not this page's: they stand on the page that calls them first."""
    return {note.identifier or "" for note in page.chapter.notes} - {note.identifier for note in page.notes}


def _begins_page(block: Block, depth: int) -> bool:
    return isinstance(block, Section) and block.heading.level <= depth


def _notes(blocks: tuple[Block, ...], chapter: Chapter, seen: set[str]) -> tuple[Note, ...]:
    """Return the notes that are called first on this page, and those which only they call."""
    by_identifier = {note.identifier: note for note in chapter.notes}
    result: list[Note] = []
    waiting = [node for block in blocks for node in walk(block, NoteReference)]
    for reference in waiting:
        note = by_identifier.get(reference.note)
        if note is None or not reference.note or reference.note in seen:
            continue
        seen.add(reference.note)
        result.append(note)
        waiting += walk(note, NoteReference)
    return tuple(sorted(result, key=lambda note: note.number or 0))

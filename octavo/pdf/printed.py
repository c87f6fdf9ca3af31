"""All that is printed: what an edition says of itself, and every text of its tree, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import partial

from octavo.diagnostics import Position
from octavo.document import (
    Abbreviation,
    Answer,
    Code,
    CodeBlock,
    Equation,
    Formula,
    Heading,
    Node,
    Numbered,
    Reference,
    Text,
    walk,
)
from octavo.pdf.fonts import UNPRINTED
from octavo.render.edition import Edition
from octavo.render.rendered import Rendered
from octavo.render.title_words import written_date

# What a drawing has no glyphs of its own for, such as Han.
_WORDS = re.compile(r"<text\b[^>]*>([^<]*)</text>")


def printed_texts(edition: Edition, fine: Set[str], kept: Rendered) -> Iterator[tuple[str, Position]]:
    """Yield each text that stands on a page, and where it was written.

    Chapters that have none but `fine` characters are left out; which a chapter has is `kept`.
    """
    for key, texts in _title_page(edition):
        yield from ((text, _place_of(edition, key)) for text in texts if text)
    for number, part in enumerate(edition.document.children_in_order()):
        if not fine >= kept.of(part, ("characters", number), partial(_characters, part)):
            yield from _texts_in(part)


def _characters(part: Node) -> frozenset[str]:
    """Return the characters that need a glyph; those that need none, as the ends of lines of code, no font has."""
    found = frozenset[str]().union(*(text for text, _ in _texts_in(part)))
    return frozenset(character for character in found if not UNPRINTED.match(character))


def _texts_in(part: Node) -> Iterator[tuple[str, Position]]:
    for node in walk(part):
        yield from ((text, node.position) for text in _texts_of(node) if text)


def _title_page(edition: Edition) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    metadata = edition.document.metadata
    for key in ("title", "subtitle", "series", "publisher", "version", "rights", "identifier", "made_with"):
        yield key, (getattr(metadata, key),)
    for author in metadata.authors:
        yield "authors", (author.name, author.role, author.affiliation, author.orcid)
    yield "keywords", metadata.keywords
    yield "date", (written_date(metadata.date, metadata.language),)


def _place_of(edition: Edition, key: str) -> Position:
    """Return where octavo.toml states it, else the file whose front matter or text does."""
    if getattr(edition.book.settings.book, key):
        return edition.book.configuration.value(("book", key))
    return Position(edition.document.position.file)


def _texts_of(node: Node) -> Iterator[str | None]:
    """Yield what a node prints beside what is below it."""
    match node:
        case CodeBlock():
            yield node.text
        case Text() | Code() | Abbreviation() | Reference():
            yield node.text
            return
        case Formula() | Equation():
            yield from _WORDS.findall(node.shape.drawing) if node.shape else (node.tex,)
        case Heading():
            yield node.number
            yield node.label
            return
        case Answer():
            yield node.label
    if isinstance(node, Numbered):
        yield node.label

"""The parts of a book, and what each is laid out from."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from octavo.document import Index, Node, walk
from octavo.pdf.generated import characters_of_markup
from octavo.pdf.page_breaks import Begins
from octavo.pdf.parts.plain import Job, Sheets, Where
from octavo.pdf.sheets import PrintSheet
from octavo.pdf.wide_tables import Fits
from octavo.render.edition import Edition
from octavo.render.index import Page
from octavo.render.page_breaks import PIECES
from octavo.render.rendered import Rendered
from octavo.render.target import BOOK

_PICTURE = re.compile(re.escape(BOOK) + r"([^\"')\s]+)")
_ORDER = re.compile(r"\d+")
_KEY = re.compile(r"<\?octavo (\d+)")
_LINK = re.compile(r'\bhref="#([^"]*)"')
_IDENTIFIER = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Part:
    """Say which pieces of the book are printed together: what is at its front, its contents, and some chapters."""

    front: bool = False
    contents: bool = False
    chapters: range = range(0)

    @property
    def is_chapter(self) -> bool:
        """Tell whether it is one chapter and nothing else."""
        return not self.front and not self.contents and len(self.chapters) == 1

    def with_next(self, other: Part) -> Part:
        """Return this part and the one behind it as one."""
        return replace(self, chapters=range(self.chapters.start, other.chapters.stop))


WHOLE = Part(front=True, contents=True, chapters=range(sys.maxsize))


class Written(NamedTuple):
    """Hold the markup of a part, its pieces counted from the first of its own, and what it says.

    These are its identifiers, where its links lead to, the pictures that it shows, and the `signs` that it may print.
    """

    markup: str
    identifiers: frozenset[str]
    links: frozenset[str]
    pictures: tuple[str, ...]
    signs: frozenset[str]


def _written(markup: str, keys: Sequence[str]) -> Written:
    """Return what is written of a part, whose pieces have these keys."""
    order = {key: number for number, key in reversed(list(enumerate(keys)))}  # one may be there twice
    return Written(
        markup=_KEY.sub(lambda found: f"<?octavo {order[found[1]]}", markup),
        identifiers=frozenset(_IDENTIFIER.findall(markup)),
        links=frozenset(_LINK.findall(markup)),
        pictures=tuple(sorted({unquote(name) for name in _PICTURE.findall(markup)})),
        signs=characters_of_markup(markup),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Hold what a book is printed with.

    `write` returns the markup of a part, given where things are printed; what is made of the same chapter by the next
    build is `kept`.
    """

    edition: Edition
    sheets: tuple[PrintSheet, ...]
    addresses: Mapping[str, Path]
    read: Callable[[str], bytes]
    write: Callable[[Part, Mapping[str, Page], Fits], str]
    kept: Rendered

    def written(self, part: Part, pages: Mapping[str, Page], fitted: Fits) -> Written:
        """Return the markup of a part, given where things are printed, and what it says."""

        def make() -> Written:
            return _written(self.write(part, pages, fitted), keys_in(self.edition, part))

        if pages or fitted or not part.is_chapter:
            return make()
        return self.kept.of(self.edition.document.chapters[part.chapters.start], part, make)

    def plain_sheets(self) -> Sheets:
        """Return what all parts are laid out with, as processes take it."""
        texts = tuple(sheet.text for sheet in self.sheets)
        names = {unquote(name) for text in texts for name in _PICTURE.findall(text)}
        settings = self.edition.book.settings.pdf
        return Sheets(
            texts=texts,
            addresses={url: str(path) for url, path in self.addresses.items()},
            files={name: self.read(name) for name in sorted(names)},
            resolution=settings.image_resolution,
            standard=settings.standard,
        )

    def identifier(self, markup: str) -> bytes:
        """Return what the file is known by: the same for the same book."""
        style = "\n".join(sheet.text for sheet in self.sheets)
        return sha256(f"{style}\n{markup}".encode()).hexdigest()[:32].encode()


def parts_of(edition: Edition) -> tuple[Part, ...]:
    """Return the parts of a book: what begins a page by itself. An article is one.

    So is what keeps to PDF/UA-2, whose contents refer to tags in all other parts.
    """
    if edition.kind == "article" or edition.book.settings.pdf.standard == "ua-2":
        return (WHOLE,)
    contents = (Part(contents=True),) if edition.table else ()  # else they print nothing, not even a page
    chapters = (Part(chapters=range(index, index + 1)) for index in range(len(edition.document.chapters)))
    return Part(front=True), *contents, *chapters


def keys_in(edition: Edition, part: Part) -> list[str]:
    """Return the keys of all pieces of a part, whether they are printed or not.

    They are no numbers that follow one another: what the abstract shares with a chapter, such as a note, has one key.
    """
    nodes: list[Node] = [*edition.document.chapters[part.chapters.start : part.chapters.stop]]
    if part.front and edition.document.abstract:
        nodes.insert(0, edition.document.abstract)
    return [edition.keys[id(piece)] for node in nodes for piece in walk(node, *PIECES)]


class Source:
    """Make the jobs of the parts of one book; `fitted` are its tables that would be too wide."""

    def __init__(self, printing: Printing, parts: Mapping[Part, Written]) -> None:
        """Take the parts with what is written of them, where nothing is known of pages."""
        self._printing = printing
        self._first = parts
        self._document = printing.edition.document
        self._known = frozenset[str]().union(*(written.identifiers for written in parts.values()))
        self._keys: dict[Part, list[str]] = {}
        self.fitted: Fits = {}
        self.sheets = printing.plain_sheets()

    def has_index(self, part: Part) -> bool:
        """Tell whether an index is in a part, which says on which pages things are."""
        return any(True for index in part.chapters for _ in walk(self._document.chapters[index], Index))

    def job(self, part: Part, pages: Mapping[str, Where], order: Mapping[str, Page]) -> Job:
        """Return what a part is laid out from, given where things are printed, as far as that is known."""
        written = self._written(part, order)
        chapters = self._document.chapters[part.chapters.start : part.chapters.stop]
        return Job(
            markup=written.markup,
            sheets=self.sheets,
            document=replace(self._document, chapters=chapters),
            pictures={name: self._printing.read(name) for name in written.pictures},
            pages=pages,
            known=self._known & written.links,
            first=part.front,
        )

    def markup(self, part: Part, order: Mapping[str, Page]) -> str:
        """Return the markup of a part, its pieces counted from the first of its own."""
        return self._written(part, order).markup

    def _written(self, part: Part, order: Mapping[str, Page]) -> Written:
        pages = order if self.has_index(part) else {}
        written = self._first.get(part) if not (pages or self.fitted) else None
        return written or self._printing.written(part, pages, self.fitted)

    def begins(self, part: Part, begins: Begins) -> Begins:
        """Return where a page begins, its piece counted from the first of the book."""
        return Begins(
            *(place and replace(place, key=self._counted(part, place.key)) for place in (begins.text, begins.around))
        )

    def _counted(self, part: Part, key: str) -> str:
        if not (found := _ORDER.match(key)):
            return key
        if part not in self._keys:
            self._keys[part] = keys_in(self._printing.edition, part)
        return self._keys[part][int(found[0])] + key[found.end() :]

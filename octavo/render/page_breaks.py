"""Where the pages of the printed book begin, in the markup of the other formats.

A place is told by the piece of the book that it is in, which has a key, and by how many characters of the piece are
before it: white space and what no font draws are not counted, for a layout adds and drops them as it likes. In the
markup that is laid out a key stands before each piece, as a processing instruction, of which the layout sees nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from octavo.document import (
    Abbreviation,
    Answer,
    BibliographyEntry,
    Callout,
    Code,
    CodeBlock,
    Document,
    Equation,
    Figure,
    Formula,
    Heading,
    Image,
    Index,
    ListOf,
    Reference,
    ReferenceGroup,
    Table,
    Text,
    Theorem,
    walk,
)

# Pieces that are no nodes: what stands before the text of the book.
TITLE_PAGE, IMPRINT, CONTENTS = "title-page", "imprint", "contents"
CODE = "-code"  # the key of the lines of a listing, which begin behind its caption

# What has a text or a picture of its own; all else is markup around these.
PIECES = (
    *(Text, Code, Abbreviation, Reference, ReferenceGroup, Formula, Image),
    *(Heading, CodeBlock, Table, Figure, Equation, Callout, Theorem, Answer, ListOf, Index, BibliographyEntry),
)
_UNCOUNTED = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+")
_PART = re.compile(r"<(?P<end>/)?(?P<tag>[a-zA-Z][^\s/>]*)[^>]*?(?P<empty>/)?>|&[^;\s]+;|.", re.DOTALL)
_CLOSED = re.compile(r"(?:</[^>]*>\s*)*$")
_HEADING = re.compile(r"<h[1-6]\b[^>]*>(?:<[^/][^>]*>|\s)*$")  # that has begun, and nothing in it is to be seen yet
_DRAWN = frozenset({"math", "svg"})  # nothing can be put into these


def counted(text: str) -> str:
    """Return the characters of a text that are counted."""
    return _UNCOUNTED.sub("", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """Say that a printed page begins behind so many characters of a piece; `identifier` is what links lead to.

    `page` counts the pages of the file from 1.
    """

    label: str
    identifier: str
    key: str
    skip: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreaks:
    """Hold where the pages of the printed book begin, in reading order; those with nothing of the book are left out."""

    breaks: tuple[PageBreak, ...] = ()
    by_key: Mapping[str, tuple[PageBreak, ...]] = field(init=False)

    def __post_init__(self) -> None:
        by_key: dict[str, tuple[PageBreak, ...]] = {}
        for each in self.breaks:
            by_key[each.key] = (*by_key.get(each.key, ()), each)
        object.__setattr__(self, "by_key", by_key)

    def __bool__(self) -> bool:
        return bool(self.breaks)


NO_BREAKS = PageBreaks()


def line_key(anchor: str) -> str:
    """Return the key of the line of the contents that leads to a heading."""
    return f"@{anchor}"


def entry_key(identifier: str) -> str:
    """Return the key of an entry of the index."""
    return f"#{identifier}"


def keys_of(document: Document) -> dict[int, str]:
    """Return the key of each piece by the id of its node: the same in every process that holds the same tree."""
    keys: dict[int, str] = {}
    for order, node in enumerate(walk(document, *PIECES)):
        keys.setdefault(id(node), str(order))
    return keys


class Tracer:
    """Write its key before each piece, once: what is repeated, in lists of headings say, begins nowhere."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, key: str, markup: Markup) -> Markup:
        """Return the markup of a piece with its key before it."""
        if key in self._seen:
            return markup
        self._seen.add(key)
        return Markup(f"<?octavo {escape(key)}?>{markup}")


class Marker:
    """Put a mark where a page begins."""

    def __init__(self, breaks: PageBreaks, semantics: Markup) -> None:
        """Take the breaks, and the attributes that say what a mark is, where there are any."""
        self._breaks = breaks.by_key
        self._semantics = semantics
        self._placed: set[str] = set()

    def __call__(self, key: str, markup: Markup) -> Markup:
        """Return the markup of a piece with the marks of all pages that begin in it."""
        found = [each for each in self._breaks.get(key, ()) if each.identifier not in self._placed]
        for each in reversed(found):
            self._placed.add(each.identifier)
            markup = insert(markup, self.mark(each), each.skip)
        return markup

    def marks(self, key: str) -> Markup:
        """Return the marks of all pages that begin with a piece."""
        return Markup("").join(map(self.mark, self._breaks.get(key, ())))

    def mark(self, found: PageBreak) -> Markup:
        """Return the mark of a page (EPUB Accessibility 1.1, 4.1), on the web a place to link to and no more.

        Browsers know no role of page breaks, and without one it may have no name (axe, aria-prohibited-attr).
        """
        if not self._semantics:
            return Markup('<span class="page-break" id="{}"></span>').format(found.identifier)
        mark = Markup('<span{} id="{}" aria-label="{}"></span>')
        return mark.format(self._semantics, found.identifier, found.label)


def insert(markup: Markup, mark: Markup, skip: int) -> Markup:
    """Put a mark into markup, behind `skip` of its characters: before the first of the others, or of the pictures.

    A heading is left whole, for its text is read out in lists of headings: a mark stands before it.
    """
    at = _place(markup, skip)
    if heading := _HEADING.search(markup[:at]):
        at = heading.start()
    return Markup(f"{markup[:at]}{mark}{markup[at:]}")


def _place(markup: str, skip: int) -> int:
    """Return where in markup the first thing is to be seen behind `skip` characters."""
    for start, size in _seen(markup):
        if skip == 0:
            return start
        skip -= size
    return _CLOSED.search(markup).start()  # type: ignore[union-attr]  # which finds at least the end


def _seen(markup: str) -> Iterator[tuple[int, int]]:
    """Yield where each thing to be seen begins, and how many characters it is: 0 or 1."""
    drawn, opened = "", -1
    for found in _PART.finditer(markup):
        tag = found["tag"]
        if drawn:
            drawn = "" if found["end"] and tag == drawn else drawn
        elif tag is None:
            if counted(found[0]):
                yield found.start(), 1
            opened = -1 if counted(found[0]) else opened
        elif found["end"]:
            if opened >= 0:  # an element without anything in it: a box, or an anchor
                yield opened, 0
            opened = -1
        elif tag in _DRAWN:
            drawn = "" if found["empty"] else tag
            yield found.start(), 0
        elif found["empty"]:
            if tag not in ("br", "wbr"):
                yield found.start(), 0
            opened = -1
        else:
            opened = found.start()

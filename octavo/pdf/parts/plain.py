"""What goes to a worker and what comes back: plain data, which any executor can send anywhere and any store can keep.

Numbers of objects are those of the part until it is linked; numbers of pages are never in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from octavo.diagnostics import Diagnostic
from octavo.document import Document
from octavo.pdf.page_breaks import Begins
from octavo.pdf.wide_tables import WideTable


class Shifted(NamedTuple):
    """Stand for a distance from the left edge of a page of the part, in points, which changes with the page's side."""

    page: int
    distance: float


class Annotated(NamedTuple):
    """Stand for the number of an annotation in the parent tree, of which it is this one of the part."""

    order: int


class Digit(NamedTuple):
    """Stand for a digit of the number of a page: which of the numbers that the part prints, and its place in it."""

    number: int
    place: int


# An object, in pieces: bytes as they are, the number of an object of the part, the name of one of the book, the others.
Piece: TypeAlias = bytes | int | str | Shifted | Annotated | Digit
Pieces: TypeAlias = tuple[Piece, ...]


class Object(NamedTuple):
    """Hold an object of a PDF, and the bytes of its stream where it is one."""

    pieces: Pieces
    stream: bytes | None = None


class Where(NamedTuple):
    """Tell the page that an anchor is on: the number that is counted, and how it is printed."""

    number: int
    label: str


class Kind(NamedTuple):
    """Say what kind of page it is, as selectors of pages see it; the side apart, which only the linker knows."""

    blank: bool
    name: str
    order: int
    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Name what a box in the margin shows: a `counter` in a style, a `string` by a keyword, or `text`."""

    what: str
    name: str
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Hold what a page has on the left or on the right.

    `rules` tell the rules that match it, `left` where its text begins, in points, and `area` its other measures;
    `edges` are the boxes of the margins by the edge they stand on, each with what it shows; `folio` is the style of the
    number that they show; `counting` the resets, the settings and the steps of the number of the page.
    """

    rules: tuple[int, ...]
    left: float
    area: tuple[float, ...]
    edges: tuple[tuple[str, tuple[tuple[str, tuple[Asked, ...]], ...]], ...]
    folio: str | None
    counting: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    backed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Hold a page of a part.

    `entries` what its dictionary holds but for what the linker knows, `content`
    the number of its stream; `anchors` and `bookmarks` have their places in points; `strings` were set on it;
    `parents` are the elements of its marks; `begins` is where it begins in the text of the book.
    """

    kind: Kind
    left: Side
    right: Side
    number: int = 0
    entries: Pieces = ()
    content: int | None = None
    anchors: tuple[tuple[str, float, float], ...] = ()
    bookmarks: tuple[tuple[int, str, float, float, str], ...] = ()
    strings: tuple[tuple[str, str], ...] = ()
    parents: tuple[int | None, ...] = ()
    begins: Begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """Hold what was drawn of a font: which one it is, what each glyph stands for, and how wide it is."""

    description: str
    size: float
    hash: str
    texts: Mapping[int, str]
    widths: Mapping[int, float]
    missing: Mapping[int, int]


class Digits(NamedTuple):
    """Hold the ten digits as they are drawn somewhere: their glyphs in order, and their font with these alone."""

    font: Glyphs
    glyphs: tuple[int, ...]


class Number(NamedTuple):
    """Hold the number of the page of an anchor as it is printed, and the digits that others may be printed with."""

    anchor: str
    value: int
    digits: Digits


class Numbers(NamedTuple):
    """Hold the numbers of pages that may be others when the part is linked, and the streams in which they stand."""

    found: tuple[Number, ...]
    streams: Mapping[int, Pieces]


NO_NUMBERS = Numbers((), {})


class Face(NamedTuple):
    """Hold the font of a file as it is written: what it is called, the number of its dictionary, all of its objects."""

    name: str
    number: int
    objects: Mapping[int, Object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Hold how the tags of a part hang together: those at the top, in the main text or not, and what else counts."""

    top: tuple[tuple[bool, int], ...] = ()
    annotations: tuple[int, ...] = ()  # the element of each
    identifiers: tuple[tuple[str, int], ...] = ()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """Hold a part of the book as it is printed, but for what depends on the rest of it.

    `before` and `after` are the breaks that are asked for around it, `names` the names of its first and last page;
    `blank` is the page that stands before it where it has to begin on another side. `asked` are the anchors whose page
    it prints, with what it took that to be, but for those of `numbers`, which the linker fills in; `states` is the
    object of its states of graphics, and their names.
    `catalog` and `info` are what the file says of itself; `said` is what was said of style sheets, by their numbers.
    """

    leaves: tuple[Leaf, ...]
    objects: Mapping[int, Object]
    before: frozenset[str]
    after: frozenset[str]
    names: tuple[str, str]
    blank: Leaf
    states: tuple[int, frozenset[str]]
    fonts: tuple[Glyphs, ...]
    structure: Structure
    asked: Mapping[str, Where | None]
    numbers: Numbers
    wide: tuple[WideTable, ...]
    catalog: Mapping[str, Pieces]
    info: Pieces
    said: tuple[tuple[int, str], ...]
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Hold what all parts are laid out with: style sheets, the files that they name, and the settings of the PDF."""

    texts: tuple[str, ...]
    addresses: Mapping[str, str]
    files: Mapping[str, bytes]
    resolution: int
    standard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Hold what a part is made of: `pages` are those of the anchors that it may print, as far as they are known.

    `known` are all identifiers of the book, `pictures` the bytes of the files that it shows; `first` says that it is
    the beginning of the book.
    """

    markup: str
    sheets: Sheets
    document: Document
    pictures: Mapping[str, bytes]
    pages: Mapping[str, Where]
    known: frozenset[str]
    first: bool


class Fragment(NamedTuple):
    """Hold what is drawn in the margin of a page.

    `states` are the states of graphics that it names, `glyphs` what it draws of each font, by the font's hash;
    `is_below` tells whether it is below all else.
    """

    content: bytes
    states: frozenset[str]
    glyphs: Mapping[str, frozenset[int]]
    is_below: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Ask for what stands on one edge of a page; `strings` are what was set before and on the page."""

    kind: Kind
    side: str
    edge: str
    number: int
    total: int
    strings: Mapping[str, tuple[str | None, tuple[str, ...]]] = field(default_factory=dict)

"""What stands in a column: paragraphs and all that is set between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from octavo.diagnostics import Position
from octavo.document.citations import Bibliography, BibliographyEntry
from octavo.document.index import IndexGroup
from octavo.document.inlines import Inline
from octavo.document.node import Labelled, Node, Numbered
from octavo.document.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Labelled):
    """Head a section.

    `level` counts from 1. Passes add `label` (“附录”, “Q1”), `written_number` (typed by hand and taken out of the
    children), `number` (the one printed) and `inner` where it heads no section: it is in a quotation or a list.
    """

    CHILDREN = ("children",)
    level: int
    children: tuple[Inline, ...]
    label: str | None = None
    written_number: str | None = None
    number: str | None = None
    inner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Node):
    """Hold one paragraph. `tight` marks the text of an item in a list without blank lines."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]
    tight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThematicBreak(Node):
    """Separate what is above from what is below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockQuote(Node):
    """Quote its children."""

    CHILDREN = ("children",)
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(Node):
    """Hold one item; `checked` is None unless the item is a task."""

    CHILDREN = ("children",)
    children: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Node):
    """Hold items; an ordered list counts from `start`."""

    CHILDREN = ("items",)
    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    tight: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock(Numbered):
    """Hold a listing.

    `info` is what stands behind the opening fence, `language` what it says of the language. Lines count from
    `start`, which shows where `numbers` is set; those in `marked` stand out.
    """

    CHILDREN = ("caption",)
    text: str
    info: str = ""
    language: str | None = None
    caption: tuple[Inline, ...] = ()
    start: int = 1
    numbers: bool = False
    marked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlock(Node):
    """Hold a block of raw HTML as written."""

    text: str


Alignment: TypeAlias = Literal["left", "center", "right"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell(Node):
    """Hold one cell, which spans `columns` and `rows`; `heading` marks one that heads its row."""

    CHILDREN = ("children",)
    children: tuple[Block, ...]
    alignment: Alignment = None
    columns: int = 1
    rows: int = 1
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow(Node):
    """Hold the cells of a row."""

    CHILDREN = ("cells",)
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Numbered):
    """Hold head rows and the rows below them, under a caption."""

    CHILDREN = ("caption", "head", "rows")
    head: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Numbered):
    """Show pictures, or other figures that are its parts, over a caption."""

    CHILDREN = ("children", "caption")
    children: tuple[Block, ...]
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation(Numbered):
    """Hold a formula that stands by itself, as TeX; `lines` are the places of its lines. A pass adds its shape."""

    tex: str
    lines: tuple[Position, ...] = field(default=(), compare=False, repr=False)
    shape: Shape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbbreviationDefinition(Node):
    """State what a short form stands for, until a pass has marked it wherever it is used."""

    text: str
    expansion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Node):
    """Hold what a definition list defines; a pass adds the `identifier` of one in a glossary."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]
    identifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Node):
    """Hold what is said of the terms above it."""

    CHILDREN = ("children",)
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionList(Node):
    """Hold terms, each followed by its definitions."""

    CHILDREN = ("items",)
    items: tuple[Term | Definition, ...]


# An attribute beside the title: that it stood behind the name of a division, as in `::: note Mind the tide`.
FENCE_TITLE = "octavo-title"

CalloutKind: TypeAlias = Literal["note", "tip", "important", "warning", "caution"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(Numbered):
    """Set its children apart as a note, tip or warning, under a `title` of its own or the word for its kind."""

    CHILDREN = ("title", "children")
    kind: CalloutKind
    children: tuple[Block, ...]
    title: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theorem(Numbered):
    """Hold a theorem or one of its kin, a proof, or a numbered thing of the author's own kind."""

    CHILDREN = ("title", "children")
    kind: str
    children: tuple[Block, ...]
    title: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Division(Labelled):
    """Mark its children."""

    CHILDREN = ("children",)
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details(Labelled):
    """Hide its children behind a summary until the reader asks for them, where a format can."""

    CHILDREN = ("summary", "children")
    summary: tuple[Inline, ...]
    children: tuple[Block, ...]
    opened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Only(Node):
    """Show its children in some formats only: html, pdf or epub."""

    CHILDREN = ("children",)
    formats: tuple[str, ...]
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf(Labelled):
    """Stand where the book lists all its things of a kind: figure, table or listing."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Labelled):
    """Stand where the index of the book is; a pass adds its `groups`."""

    groups: tuple[IndexGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Node):
    """Hold a footnote or, where `label` begins with “^”, an inline one.

    It stands where it was defined until a pass numbers it and places it among its chapter's notes.
    `calls` is how often it is called.
    """

    CHILDREN = ("children",)
    label: str
    children: tuple[Block, ...]
    number: int | None = None
    calls: int = 0
    identifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Node):
    """Hold the answer to the question above it, under its `label` (“A1”)."""

    CHILDREN = ("children",)
    label: str
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Node):
    """Hold a heading and all that stands under it."""

    CHILDREN = ("heading", "children")
    heading: Heading
    children: tuple[Block, ...]
    role: Literal["section", "appendix", "question"] = "section"


Block: TypeAlias = (
    Heading
    | Paragraph
    | ThematicBreak
    | BlockQuote
    | List
    | ListItem
    | CodeBlock
    | RawBlock
    | Table
    | TableRow
    | TableCell
    | Figure
    | Equation
    | DefinitionList
    | Term
    | Definition
    | Callout
    | Theorem
    | Division
    | Details
    | Only
    | ListOf
    | Index
    | Bibliography
    | BibliographyEntry
    | AbbreviationDefinition
    | Note
    | Answer
    | Section
)

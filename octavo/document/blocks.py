"""What stands in a column: paragraphs and all that is set between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from octavo.document.inlines import Inline
from octavo.document.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Node):
    """Head a section.

    `level` counts from 1. `identifier`, `classes` and `attributes` are the author's. Passes add `label` (“附录”,
    “Q1”), `written_number` (typed by hand and taken out of the children), `number` (the one printed) and
    `generated` (the identifier where the author gave none).
    """

    CHILDREN = ("children",)
    level: int
    children: tuple[Inline, ...]
    identifier: str | None = None
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    label: str | None = None
    written_number: str | None = None
    number: str | None = None
    generated: str | None = None

    @property
    def target(self) -> str | None:
        """Return the identifier that links lead to."""
        return self.identifier or self.generated


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
class CodeBlock(Node):
    """Hold a listing; `info` is what stands behind the opening fence."""

    text: str
    info: str = ""

    @property
    def language(self) -> str | None:
        """Return the first word of the info string."""
        words = self.info.split(maxsplit=1)
        return words[0] if words else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlock(Node):
    """Hold a block of raw HTML as written."""

    text: str


Alignment: TypeAlias = Literal["left", "center", "right"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell(Node):
    """Hold one cell."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]
    alignment: Alignment = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow(Node):
    """Hold the cells of a row."""

    CHILDREN = ("cells",)
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Node):
    """Hold a head row and the rows below it."""

    CHILDREN = ("head", "rows")
    head: TableRow
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Node):
    """Hold what a definition list defines."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]


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


CalloutKind: TypeAlias = Literal["note", "tip", "important", "warning", "caution"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(Node):
    """Set its children apart as a note, tip or warning."""

    CHILDREN = ("children",)
    kind: CalloutKind
    children: tuple[Block, ...]


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
    | DefinitionList
    | Term
    | Definition
    | Callout
    | Note
    | Answer
    | Section
)

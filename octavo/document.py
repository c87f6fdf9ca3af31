"""The tree: what a book is between parsing and writing.

Nodes are frozen and hold their children in tuples. `walk` reads a tree, `rewrite` copies one bottom-up.
No node knows a format. What the author wrote and what a pass added stand in separate fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal, TypeAlias, TypeVar

from octavo.diagnostics import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Stand for any part of the tree; `position` is where its source begins and takes no part in equality."""

    CHILDREN: ClassVar[tuple[str, ...]] = ()

    position: Position = field(compare=False, repr=False)

    def children_in_order(self) -> Iterator[Node]:
        """Yield the nodes directly below this one, in reading order."""
        for name in self.CHILDREN:
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield from value
            elif value is not None:
                yield value


# ── Inlines ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """Hold a run of characters."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftBreak(Node):
    """Mark a line end in the source that means a space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardBreak(Node):
    """Mark a line end that the reader sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis(Node):
    """Emphasise its children."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong(Node):
    """Give weight to its children."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strikethrough(Node):
    """Show its children as no longer valid."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Node):
    """Hold a run of code inside a line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Node):
    """Lead to `destination`, as the author wrote it, or to the node of this book whose identifier is `target`."""

    CHILDREN = ("children",)
    destination: str
    title: str | None = None
    children: tuple[Inline, ...]
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Node):
    """Show a picture: `source` as written, `file` inside the book once it was found. The children are its text."""

    CHILDREN = ("children",)
    source: str
    title: str | None = None
    children: tuple[Inline, ...]
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawInline(Node):
    """Hold one raw HTML tag as written."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReference(Node):
    """Call a note by its `label`; a pass adds its number and which of its calls this is, from 1."""

    label: str
    number: int | None = None
    call: int = 1
    note: str | None = None


Inline: TypeAlias = (
    Text | SoftBreak | HardBreak | Emphasis | Strong | Strikethrough | Code | Link | Image | RawInline | NoteReference
)


# ── Blocks ────────────────────────────────────────────────────────────────────────────────────────


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


# ── The root ──────────────────────────────────────────────────────────────────────────────────────

ChapterRole: TypeAlias = Literal["front", "body", "appendix", "back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Node):
    """Hold one source file. Passes give it an `identifier` and move its footnotes into `notes`, by number."""

    CHILDREN = ("children", "notes")
    file: str
    children: tuple[Block, ...]
    role: ChapterRole = "body"
    identifier: str | None = None
    language: str | None = None
    title: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Name one author."""

    name: str
    affiliation: str | None = None
    orcid: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """State what the book says of itself; dates are ISO 8601, the language is a BCP 47 tag."""

    title: str
    language: str
    identifier: str
    date: str
    subtitle: str | None = None
    authors: tuple[Author, ...] = ()
    version: str | None = None
    publisher: str | None = None
    rights: str | None = None
    series: str | None = None
    keywords: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Node):
    """Hold the whole book: its metadata, its abstract and its chapters in reading order."""

    CHILDREN = ("abstract", "chapters")
    metadata: Metadata
    chapters: tuple[Chapter, ...]
    abstract: tuple[Block, ...] = ()


# ── Two tools ─────────────────────────────────────────────────────────────────────────────────────

N = TypeVar("N", bound=Node)
Change: TypeAlias = Callable[[Node], "Node | tuple[Node, ...]"]


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it in reading order."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        if current.CHILDREN:
            waiting.extend(reversed(list(current.children_in_order())))


def plain_text(nodes: Node | tuple[Node, ...]) -> str:
    """Return the characters that a reader sees in `nodes`, without notes."""
    parts: list[str] = []
    for root in nodes if isinstance(nodes, tuple) else (nodes,):
        for node in walk(root):
            match node:
                case Text() | Code():
                    parts.append(node.text)
                case SoftBreak() | HardBreak():
                    parts.append(" ")
    return "".join(parts)


def rewrite(node: N, change: Change) -> N:
    """Copy the tree bottom-up through `change`.

    `change` gets each node after its children and returns it, another in its place, or a tuple to splice in
    (an empty one removes it). Where nothing changes the very same object comes back. The root itself is not
    given to `change`.
    """
    changed: dict[str, Any] = {}
    for name in node.CHILDREN:
        value = getattr(node, name)
        if isinstance(value, tuple):
            if (new := _rewrite_all(value, change)) is not value:
                changed[name] = new
        elif value is not None:
            new_child = change(rewrite(value, change))
            if new_child is not value:
                changed[name] = new_child
    return replace(node, **changed) if changed else node


def _rewrite_all(nodes: tuple[Node, ...], change: Change) -> tuple[Node, ...]:
    result: list[Node] = []
    same = True
    for node in nodes:
        new = change(rewrite(node, change))
        same = same and new is node
        if isinstance(new, tuple):
            result.extend(new)
        else:
            result.append(new)
    return nodes if same else tuple(result)

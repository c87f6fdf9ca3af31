"""What stands inside a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from octavo.diagnostics import Position
from octavo.document.citations import Citation, CitationInline
from octavo.document.node import Labelled, Node
from octavo.document.references import Link, NoteReference, Reference, ReferenceGroup
from octavo.document.shapes import Shape


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
class Subscript(Node):
    """Set its children low."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Superscript(Node):
    """Set its children high."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Labelled):
    """Mark its children; `tag` is the element of HTML that says what they are, such as kbd or mark."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]
    tag: str = "span"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruby(Node):
    """Give its children a reading, which stands above them."""

    CHILDREN = ("children", "reading")
    children: tuple[Inline, ...]
    reading: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation(Node):
    """Hold a short form and what it stands for."""

    text: str
    expansion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Labelled):
    """Hold a run of code inside a line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Labelled):
    """Show a picture: `source` as written, `file` inside the book once it was found.

    The children are its text, or its caption where it stands alone. `alternative` is what those hear who cannot see
    it, where that is not its text; nobody hears of a `decorative` one.
    """

    CHILDREN = ("children",)
    source: str
    title: str | None = None
    children: tuple[Inline, ...]
    file: str | None = None
    alternative: str | None = None
    decorative: bool = False

    @property
    def spoken(self) -> str:
        """Return what those hear who cannot see it."""
        if self.decorative:
            return ""
        return (spoken_text(self.children) if self.alternative is None else self.alternative).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawInline(Node):
    """Hold one raw HTML tag as written."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula(Node):
    """Hold a formula inside a line, as TeX; `lines` are the places of its lines. A pass adds its shape."""

    tex: str
    lines: tuple[Position, ...] = field(default=(), compare=False, repr=False)
    shape: Shape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlySpan(Node):
    """Show its children in some formats only: html, pdf or epub."""

    CHILDREN = ("children",)
    formats: tuple[str, ...]
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexMark(Node):
    """Mark what the index leads to: its children, or the place alone where there are none.

    `path` is the entry and those that it stands below, the outermost first. `sort` is what it is put in order by,
    where its author says so. A mark with `see` leads nowhere itself: it sends readers to another entry, `see_also` does
    so too. `extent` marks the beginning or the end of a longer passage. A pass adds the `identifier`.
    """

    CHILDREN = ("children",)
    children: tuple[Inline, ...]
    path: tuple[str, ...]
    sort: str | None = None
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    extent: Literal["start", "end"] | None = None
    identifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermReference(Node):
    """Use a term of the glossary: the one called `name`; a pass adds the identifier of the term as `target`."""

    CHILDREN = ("children",)
    children: tuple[Inline, ...]
    name: str
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Node):
    """Stand for the value that the configuration (var) or the book's metadata (meta) has under a name."""

    kind: Literal["var", "meta"]
    name: str

    @property
    def written(self) -> str:
        """Return it as the author wrote it, which stays where nothing has that name."""
        return f"{{{{< {self.kind} {self.name} >}}}}"


Inline: TypeAlias = (
    Text
    | SoftBreak
    | HardBreak
    | Emphasis
    | Strong
    | Strikethrough
    | Subscript
    | Superscript
    | Span
    | Ruby
    | Abbreviation
    | Code
    | Link
    | Image
    | RawInline
    | NoteReference
    | Reference
    | ReferenceGroup
    | CitationInline
    | Formula
    | OnlySpan
    | IndexMark
    | TermReference
    | Variable
)


def plain_text(nodes: Node | tuple[Node, ...]) -> str:
    """Return the characters that a reader sees in `nodes`, without notes and readings."""
    return "".join(_texts(nodes, spoken=False))


def spoken_text(nodes: Node | tuple[Node, ...]) -> str:
    """Return `nodes` as plain text for readers: formulas that are set in words, where `plain_text` has their TeX."""
    return "".join(_texts(nodes, spoken=True))


def _texts(node: Node | tuple[Node, ...], *, spoken: bool) -> Iterator[str]:
    match node:
        case Variable() | Citation(children=()) | Reference(text=None):
            yield node.written
        case Text() | Code() | Abbreviation() | Reference():
            yield str(node.text)
        case SoftBreak() | HardBreak():
            yield " "
        case Formula():
            yield node.shape.spoken if spoken and node.shape else node.tex
        case Ruby():
            yield from _texts(node.children, spoken=spoken)
        case _:
            for child in node if isinstance(node, tuple) else node.children_in_order():
                yield from _texts(child, spoken=spoken)

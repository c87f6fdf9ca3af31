"""What stands inside a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from octavo.document.node import Node, walk


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

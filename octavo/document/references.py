"""What inside a line leads to something else: to a page of the web, to a note, or to what has a label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from octavo.document.node import Labelled, Node

if TYPE_CHECKING:
    from octavo.document.inlines import Inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Labelled):
    """Lead to `destination`, as the author wrote it, or to the node of this book whose identifier is `target`.

    Where the address is printed, `address_mark` is the letter that calls its note, whose identifier is `address_note`;
    the letter is empty where the address stands behind the text.
    """

    CHILDREN = ("children",)
    destination: str
    title: str | None = None
    children: tuple[Inline, ...]
    target: str | None = None
    address_mark: str | None = None
    address_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReference(Node):
    """Call a note by its `label`; a pass adds its number and which of its calls this is, from 1."""

    label: str
    number: int | None = None
    call: int = 1
    note: str | None = None


ReferenceForm: TypeAlias = Literal["full", "number", "page", "written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Node):
    """Refer to something by its `name`: by word and number, by the number alone, by the page it is on,
    or in the words as they are `written`, where an author typed them by hand.

    `prefix` and `suffix` stand around it inside the brackets of a group; `written` is all of it as in the source.
    A pass adds the `target` that it leads to and the `text` that it reads.
    """

    CHILDREN = ("prefix", "suffix")
    name: str
    written: str
    form: ReferenceForm = "full"
    prefix: tuple[Inline, ...] = ()
    suffix: tuple[Inline, ...] = ()
    target: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceGroup(Node):
    """Hold the references of one pair of brackets; `written` is all of it as in the source.

    A pass adds the `separators` that stand between them, one fewer than there are children.
    """

    CHILDREN = ("children",)
    children: tuple[Reference, ...]
    written: str
    separators: tuple[str, ...] = ()

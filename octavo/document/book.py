"""The root of the tree: a book, its chapters, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from octavo.document.blocks import AbbreviationDefinition, Block, Note
from octavo.document.node import Node

ChapterRole: TypeAlias = Literal["front", "part", "body", "appendix", "back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Node):
    """Hold one source file. Passes give it an `identifier` and move its footnotes into `notes`, by number.

    One whose `role` is a part holds the title of that part, and what introduces it: the part goes on to the next one,
    or to the end of the body.
    """

    CHILDREN = ("children", "notes")
    file: str
    children: tuple[Block, ...]
    role: ChapterRole = "body"
    identifier: str | None = None
    language: str | None = None
    title: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract(Node):
    """Hold the abstract of the book and the `file` that states it. A pass moves its footnotes into `notes`, by number.

    It stands alone, as catalogues take it, so its notes are its own.
    """

    CHILDREN = ("children", "notes")
    file: str
    children: tuple[Block, ...]
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
    made_with: str | None = None
    keywords: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Node):
    """Hold the whole book: its metadata, its abstract and its chapters in reading order.

    `definitions` are abbreviations of files that hold nothing else, until a pass has marked them in the text.
    """

    CHILDREN = ("abstract", "chapters", "definitions")
    metadata: Metadata
    chapters: tuple[Chapter, ...]
    abstract: Abstract | None = None
    definitions: tuple[AbbreviationDefinition, ...] = ()

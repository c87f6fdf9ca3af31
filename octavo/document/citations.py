"""Citations of works, and the bibliographies that list them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from octavo.document.node import Labelled, Node

if TYPE_CHECKING:
    from octavo.document.inlines import Inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited(Node):
    """Cite a work by its `key`: a place in it by `locator` and `unit` (page, chapter …), perhaps without its `author`.

    `place` is the place as it was written. `prefix` and `suffix` stand around it; they are part of the citation's
    children once it was set.
    """

    CHILDREN = ("prefix", "suffix")
    key: str
    author: bool = True
    locator: str | None = None
    unit: str = "page"
    place: str = ""
    prefix: tuple[Inline, ...] = ()
    suffix: tuple[Inline, ...] = ()


# In brackets or a note; as a part of the sentence, with the author as its subject; of that, the author alone.
CitationForm: TypeAlias = Literal["brackets", "sentence", "author"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Node):
    """Cite works together; `written` is all of it as in the source. A pass adds the `children` that it reads."""

    CHILDREN = ("works", "children")
    works: tuple[Cited, ...]
    written: str
    form: CitationForm = "brackets"
    children: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLink(Node):
    """Lead from the words for a work to its entry, whose identifier is `target`.

    The way back leads to `identifier`, which only the first of the links has that stand for one work in a citation.
    `numbered` tells that the words are its number.
    """

    CHILDREN = ("children",)
    target: str
    identifier: str | None = None
    children: tuple[Inline, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyEntry(Node):
    """Describe a work, under its number where the style has numbers; `calls` are the identifiers of its citations."""

    CHILDREN = ("number", "children")
    key: str
    identifier: str
    children: tuple[Inline, ...]
    number: tuple[Inline, ...] = ()
    language: str | None = None
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography(Labelled):
    """Stand where the works are listed that the book cites, or its chapter; a pass adds the `entries`."""

    CHILDREN = ("entries",)
    entries: tuple[BibliographyEntry, ...] = ()


CitationInline: TypeAlias = Citation | CitationLink

"""What the index of a book says: no nodes, for nobody wrote it; a pass makes it of the marks in the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Lead to a mark: `target` is its identifier, `end` that of the mark where a longer passage ends.

    `text` is what it reads where there are no pages; `formats` are those that show the mark.
    """

    target: str
    text: str
    formats: frozenset[str]
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    """Send a reader to another entry, whose identifier is `target`; None where the index has no such entry."""

    text: str
    target: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """Hold a term, where it is spoken of in reading order, what else to look at, and the entries below it."""

    text: str
    identifier: str
    locators: tuple[Locator, ...] = ()
    see: tuple[CrossReference, ...] = ()
    see_also: tuple[CrossReference, ...] = ()
    children: tuple[IndexEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexGroup:
    """Hold the entries under one letter, or whatever the order of the language parts them by; "" are all others."""

    label: str
    entries: tuple[IndexEntry, ...]

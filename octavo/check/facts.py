"""What one output says: its headings, identifiers, links, notes and words, so that it can be held against another."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Facts:
    """Hold what was read from one output, in reading order. All texts are squeezed: without white space.

    `headings` bear their numbers and labels; `identifiers` are those of all that links can lead to; `links` lead inside
    the book, to an identifier; `addresses` lead out of it; `notes` are numbers and texts, and `note_links` and
    `note_addresses` the links in them; `text` is all else.
    """

    headings: list[str] = field(default_factory=list)
    identifiers: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    note_links: list[str] = field(default_factory=list)
    note_addresses: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return the text in one piece."""
        return "".join(self.text)

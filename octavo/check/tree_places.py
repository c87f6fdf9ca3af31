"""Where the things that outputs are compared by were written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from octavo.diagnostics import Position
from octavo.document import (
    FORMATS,
    Chapter,
    Document,
    Formats,
    Heading,
    IndexMark,
    Labelled,
    Link,
    Node,
    Note,
    Only,
    OnlySpan,
    Reference,
    Term,
    TermReference,
    note_formats,
    plain_text,
    walk,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Hold the places of the headings and notes in their order, of the first link to each target, of identifiers.

    `aliases` name for each chapter the heading that a link to it leads to in the formats without chapters.
    """

    headings: Sequence[Position]
    notes: Sequence[Position]
    links: Mapping[str, Position]
    identifiers: Mapping[str, Position]
    aliases: Mapping[str, str]

    @classmethod
    def of(cls, document: Document) -> Places:
        """Read them from the chapters of a document."""
        text = [node for chapter in document.chapters for child in chapter.children for node in _shown(child)]
        called = note_formats(document)
        notes = [note for chapter in document.chapters for note in chapter.notes if _is_for_all(note, called)]
        nodes = [*text, *(node for note in notes for node in _shown(note))]
        aliases = {chapter.identifier: _first_heading(chapter) for chapter in document.chapters if chapter.identifier}
        return cls(
            headings=[node.position for node in text if isinstance(node, Heading) and _printed(node)],
            notes=[note.position for note in notes],
            links={
                aliases.get(target, target): node.position for node in reversed(nodes) if (target := _target_of(node))
            },
            identifiers={name: node.position for node in nodes if (name := _identifier_of(node))},
            aliases=aliases,
        )

    def named(self, target: str) -> str:
        """Return what a target is called in every format."""
        return self.aliases.get(target, target)


def _is_for_all(note: Note, called: Mapping[str, Formats]) -> bool:
    return called.get(note.identifier or "", FORMATS) == FORMATS


def _shown(node: Node) -> Iterator[Node]:
    """Yield what every format shows; notes stand at their place in the chapter."""
    if not isinstance(node, Only | OnlySpan):
        yield node
        for child in node.children_in_order():
            yield from _shown(child)


def _printed(heading: Heading) -> bool:
    return bool(plain_text(heading.children).strip() or heading.number or heading.label)


def _target_of(node: Node) -> str | None:
    match node:
        case Link():
            return node.target or node.destination
        case Reference() | TermReference():
            return node.target
    return None


def _identifier_of(node: Node) -> str | None:
    match node:
        case Labelled():
            return node.anchor
        case IndexMark() | Term():
            return node.identifier
    return None


def _first_heading(chapter: Chapter) -> str:
    found = (node.anchor for node in walk(chapter, Heading) if node.anchor)
    return next(found, chapter.identifier or "")

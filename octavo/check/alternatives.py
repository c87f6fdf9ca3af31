"""What an output says that was meant for it alone, taken out before it is held against the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import eq
from typing import TypeGuard

from octavo.check.facts import Facts
from octavo.check.parity import passages
from octavo.check.texts import squeeze
from octavo.document import (
    FORMATS,
    CitationLink,
    Document,
    Formats,
    Heading,
    Labelled,
    Link,
    Node,
    Note,
    Reference,
    TermReference,
    note_formats,
    spoken_text,
    walk_formats,
)

# What leads from a work back to where it is cited, numbered where these are several.
_ARROW = re.compile(r"↑\d*")


def without_alternatives(document: Document, facts: Facts, format: str) -> Facts:
    """Return the facts of an output of a format without those that stem from text for some formats only."""
    every = list(walk_formats(document, note_formats(document)))
    facts = _without_arrows(facts, {node.identifier for node, formats in every if _is_partial_call(node, formats)})
    shown = [(node, formats) for node, formats in every if format in formats]
    partial = [node for node, formats in shown if formats != FORMATS]
    if not partial:
        return facts
    within = {id(below) for note, _ in shown if isinstance(note, Note) for below, _ in walk_formats(note)}
    text = [pair for pair in shown if id(pair[0]) not in within]
    notes = [pair for pair in shown if id(pair[0]) in within]
    return replace(
        facts,
        headings=_common(facts.headings, _headings(text), str.endswith),
        identifiers=facts.identifiers - {node.anchor for node in partial if isinstance(node, Labelled)},
        links=_common(facts.links, _targets(text)),
        addresses=_common(facts.addresses, _addresses(text)),
        notes=_common_notes(document, facts),
        note_links=_common(facts.note_links, _targets(notes)),
        note_addresses=_common(facts.note_addresses, _addresses(notes)),
        text=[_common_words(document, facts.words, format)],
    )


def _is_partial_call(node: Node, formats: Formats) -> TypeGuard[CitationLink]:
    return isinstance(node, CitationLink) and node.identifier is not None and formats != FORMATS


def _without_arrows(facts: Facts, partial: Collection[str | None]) -> Facts:
    """Return facts without the arrows of works that are cited in `partial` places too: they are counted otherwise."""
    if not partial:
        return facts
    links = [target for target in facts.links if target not in partial]
    return replace(facts, links=links, text=[_ARROW.sub("", facts.words)])


def _headings(nodes: Iterable[tuple[Node, Formats]]) -> Iterator[tuple[str, Formats]]:
    return ((squeeze(spoken_text(node.children)), formats) for node, formats in nodes if isinstance(node, Heading))


def _targets(nodes: Iterable[tuple[Node, Formats]]) -> Iterator[tuple[str, Formats]]:
    for node, formats in nodes:
        if isinstance(node, Link | Reference | TermReference | CitationLink) and node.target:
            yield node.target, formats


def _addresses(nodes: Iterable[tuple[Node, Formats]]) -> Iterator[tuple[str, Formats]]:
    return ((node.destination, formats) for node, formats in nodes if isinstance(node, Link) and not node.target)


def _common(
    found: Sequence[str], told: Iterable[tuple[str, Formats]], same: Callable[[str, str], bool] = eq
) -> list[str]:
    """Return what was found without what was told for some formats only; each is looked for behind the last."""
    waiting = list(told)
    result = []
    for text in found:
        at = next((index for index, (wanted, _) in enumerate(waiting) if same(text, wanted)), None)
        if at is None or waiting[at][1] == FORMATS:
            result.append(text)
        del waiting[: 0 if at is None else at + 1]
    return result


def _common_notes(document: Document, facts: Facts) -> list[tuple[str, str]]:
    """Return the notes that every format calls."""
    called = note_formats(document)
    notes = [node for node, _ in walk_formats(document) if isinstance(node, Note)]
    partial = {str(note.number) for note in notes if called.get(note.identifier or "", FORMATS) != FORMATS}
    return [note for note in facts.notes if note[0] not in partial]


def _common_words(document: Document, words: str, format: str) -> str:
    """Return the words of an output without passages for some formats only; each is looked for behind the last."""
    kept: list[str] = []
    begin = cursor = 0
    for text, _, formats in passages(document):
        if format not in formats:
            continue
        squeezed = squeeze(text)
        at = words.find(squeezed, cursor)
        if at < 0:
            continue  # in a note, or in another order: what differs then will be said
        cursor = at + len(squeezed)
        if formats != FORMATS:
            kept.append(words[begin:at])
            begin = cursor
    return "".join([*kept, words[begin:]])

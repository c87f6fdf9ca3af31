"""Footnotes: numbered in the order of their first call, and gathered at the end of the part that calls them.

The abstract stands alone: a note that it shares with the chapter it was taken from is printed with both.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TypeVar

from octavo.diagnostics import Rule, nearest
from octavo.document import Abstract, Chapter, Document, Note, NoteReference, rewrite, walk
from octavo.normalise.context import Context

PREFIX = "octavo-note"

P = TypeVar("P", Abstract, Chapter)


def settle_notes(document: Document, context: Context) -> Document:
    """Number the notes through the abstract and each chapter, or through the book, and place them in their `notes`."""
    defined = {chapter.file: _defined(chapter, context) for chapter in document.chapters}
    abstract, of_abstract = document.abstract, set[str]()
    if abstract is not None:
        own = _defined(abstract, context)
        notes = {**defined.get(abstract.file, {}), **own}
        abstract, of_abstract = _settle(abstract, notes, _Numbers(0, 0), context)
        _report_unused(own, of_abstract, context)
    chapters: list[Chapter] = []
    counted = len(abstract.notes) if abstract else 0
    for order, chapter in enumerate(document.chapters, 1):
        before = counted if context.notes == "book" else 0
        settled, called = _settle(chapter, defined[chapter.file], _Numbers(order, before), context)
        elsewhere = of_abstract if abstract and abstract.file == chapter.file else set[str]()
        _report_unused(defined[chapter.file], called | elsewhere, context)
        counted += len(settled.notes)
        chapters.append(settled)
    if abstract is document.abstract and all(new is old for new, old in zip(chapters, document.chapters, strict=True)):
        return document
    return replace(document, abstract=abstract, chapters=tuple(chapters))


@dataclass(slots=True)
class _Numbers:
    """Hand out the numbers of one part."""

    order: int
    before: int

    def identifier(self, number: int) -> str:
        return f"{PREFIX}-{self.order}-{number}"


def _settle(part: P, notes: dict[str, Note], numbers: _Numbers, context: Context) -> tuple[P, set[str]]:
    """Return a part with its notes, and the labels of those that it calls."""
    called = _called(part, notes, context)
    if not called and not any(walk(part, Note)):
        return part, set()
    number_of = {label: numbers.before + index for index, label in enumerate(called, 1)}
    calls: dict[str, int] = dict.fromkeys(called, 0)

    def count(node: NoteReference) -> NoteReference:
        if node.label not in number_of:
            return node
        calls[node.label] += 1
        number = number_of[node.label]
        return replace(node, number=number, call=calls[node.label], note=numbers.identifier(number))

    # The notes go first, so that the calls inside them are counted once, behind those of the text.
    body = rewrite(rewrite(part, lambda note: (), Note), count, NoteReference)
    inside = {label: rewrite(notes[label], count, NoteReference) for label in called}
    settled = tuple(
        replace(note, number=number_of[label], calls=calls[label], identifier=numbers.identifier(number_of[label]))
        for label, note in inside.items()
    )
    return replace(body, notes=settled), set(called)


def _report_unused(notes: dict[str, Note], called: set[str], context: Context) -> None:
    for label, note in notes.items():
        if label not in called:
            context.report.add(Rule.NOTE_UNUSED, note.position, f"the note “{label}” is never called; it is left out")


def _defined(part: Abstract | Chapter, context: Context) -> dict[str, Note]:
    notes: dict[str, Note] = {}
    for node in walk(part, Note):
        if first := notes.get(node.label):
            context.report.add(
                Rule.NOTE_DUPLICATE,
                node.position,
                f"the note “{node.label}” is defined twice",
                f"it is defined first in line {first.position.line}",
            )
        else:
            notes[node.label] = node
    return notes


def _called(part: Abstract | Chapter, notes: dict[str, Note], context: Context) -> list[str]:
    """Return the labels of the called notes in order; those that only notes call come last."""
    called: dict[str, None] = {}
    elsewhere = {id(call) for note in walk(part, Note) for call in walk(note, NoteReference)}
    waiting = deque(call for call in walk(part, NoteReference) if id(call) not in elsewhere)
    while waiting:
        reference = waiting.popleft()
        if reference.label in called:
            continue
        if reference.label not in notes:
            _report_missing(reference, notes, context)
            continue
        called[reference.label] = None
        waiting += walk(notes[reference.label], NoteReference)
    return list(called)


def _report_missing(reference: NoteReference, notes: dict[str, Note], context: Context) -> None:
    context.report.add(
        Rule.NOTE_NOT_FOUND,
        reference.position,
        f"no note is called “{reference.label}”",
        nearest(reference.label, notes) or f"write [^{reference.label}]: and its text on a line of its own",
    )

"""Citations in styles with notes: each becomes the call of a note, but for those that stand in a note already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from octavo.document import (
    Abstract,
    Chapter,
    Citation,
    Document,
    Inline,
    Node,
    Note,
    NoteReference,
    Paragraph,
    Text,
    rewrite,
    walk,
)
from octavo.words import is_chinese

# A mark that ends a clause in Western text: the call of a note stands behind it (The Chicago Manual of Style, 13.29).
_MARK = re.compile(r"[.,;:!?]+[”’\"']?")


def cite_in_notes(document: Document) -> Document:
    """Return a document whose parts call a note for each citation in their text."""
    western = not is_chinese(document.metadata.language)
    document = rewrite(document, lambda note: rewrite(note, _named, Citation), Note)
    return rewrite(document, lambda part: _part(part, western), Chapter, Abstract)


def _named(citation: Citation) -> Citation:
    """Return a citation of a note with its author before the work, though he is a part of the sentence."""
    return replace(citation, form="brackets") if citation.form == "sentence" else citation


def _part(part: Node, western: bool) -> Node:
    assert isinstance(part, Chapter | Abstract)
    inside = {id(citation) for note in walk(part, Note) for citation in walk(note, Citation)}
    notes: list[Note] = []

    def change(node: Node) -> Node:
        changed: dict[str, Any] = {}
        for name in node.CHILDREN:
            value = getattr(node, name)
            if isinstance(value, tuple) and any(_leaves_text(child, inside) for child in value):
                changed[name] = tuple(_run(value, inside, notes, western))
        return replace(node, **changed) if changed else node

    changed = rewrite(part, change)
    return replace(changed, children=(*changed.children, *notes)) if notes else part


def _leaves_text(node: Node, inside: set[int]) -> bool:
    return isinstance(node, Citation) and id(node) not in inside and node.form != "author"


def _run(nodes: tuple[Inline, ...], inside: set[int], notes: list[Note], western: bool) -> Iterator[Inline]:
    """Yield a run of inlines with calls of notes for citations; spaces before a call go, and marks go before it."""
    result: list[Inline] = []
    waiting = list(nodes)
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, Citation) or id(node) in inside or node.form == "author":
            result.append(node)
            continue
        if node.form == "sentence":
            result.append(replace(node, form="author"))
            node = replace(node, form="brackets")
        elif result and isinstance(before := result[-1], Text):
            result[-1] = replace(before, text=before.text.rstrip(" "))
        if waiting and isinstance(behind := waiting[0], Text) and western and (found := _MARK.match(behind.text)):
            result.append(Text(text=found[0], position=behind.position))
            waiting[0] = replace(behind, text=behind.text[found.end() :])
        result.append(_call(node, notes))
    return iter(result)


def _call(citation: Citation, notes: list[Note]) -> NoteReference:
    # The place makes the label, as it does of notes that are written in place.
    label = f"^{citation.position}"
    paragraph = Paragraph(children=(citation,), position=citation.position)
    notes.append(Note(label=label, children=(paragraph,), position=citation.position))
    return NoteReference(label=label, position=citation.position)

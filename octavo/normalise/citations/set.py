"""Citations in reading order → their words, linked with the entries of the lists, and these entries.

A pass of the book. All citations are set together, or numbers and “2020a” could not be told: where one is set, all are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from octavo.citations.process import can_cite
from octavo.citations.sources import Sources
from octavo.citations.styles import NO_STYLE
from octavo.diagnostics import Rule
from octavo.document import (
    Bibliography,
    Citation,
    CitationLink,
    Document,
    Inline,
    Labelled,
    Node,
    Note,
    NoteReference,
    Superscript,
    Text,
    rewrite,
    walk,
)
from octavo.engine import MEND, ScriptError
from octavo.normalise.citations.words import Scope, words_for
from octavo.normalise.context import Context

N = TypeVar("N", bound=Node)
_MARKS = tuple(".。,，;；:：")
# A period at the end, and one in the quotation marks of a title.
_PERIOD = re.compile(r"\.((?:’?”)?)$")
_QUOTED_PERIOD = re.compile(r"\.(’?”)$")
# Behind a citation in a note, whose end has a period: what is still the same sentence.
_GOES_ON = re.compile(r"\s+[^\W\d_A-Z\u3400-\u9fff]|[\u3400-\u9fff]")


def set_in_words(document: Document, context: Context) -> Document:
    """Write the words of all citations and the entries of all lists, and report works that are never cited."""
    sources = context.sources
    if (
        sources is None
        or (sources.style is NO_STYLE and can_cite())
        or any(citation.children for citation in walk(document, Citation))
    ):
        return document
    cited = [citation for part in _parts(document) for citation in _in_reading_order(part)]
    if not cited and not sources.listed:
        return document
    if cited and not can_cite():
        message = "citations are not set: citeproc-js or its styles were not fetched when Octavo was set up"
        context.report.add(Rule.CITATIONS_LEFT_OUT, cited[0].position, message, MEND)
        return document
    _report_uncited(document, cited, sources, context)
    try:
        return _set(document, cited, sources)
    except ScriptError as error:
        message = f"the style “{sources.style.name}” cannot set these citations: {error}"
        context.report.add(Rule.CITATION_FAILED, cited[0].position if cited else None, message, "try another style")
        return document


def _parts(document: Document) -> Iterator[Node]:
    if document.abstract:
        yield document.abstract
    yield from document.chapters


def _in_reading_order(part: Node) -> Iterator[Citation]:
    """Yield the citations of a part; those of a note where it is called first."""
    notes = {note.identifier: note for note in walk(part, Note)}
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Citation):
            yield node
        elif isinstance(node, NoteReference):
            if note := notes.pop(node.note, None):
                waiting.extend(reversed(list(note.children_in_order())))
        elif not isinstance(node, Note):
            waiting.extend(reversed(list(node.children_in_order())))


def _places_in_notes(document: Document) -> dict[int, tuple[int, int]]:
    """Return the number of the note that each citation in one stands in, and of which series of numbers that is one."""
    found = [(order, note) for order, part in enumerate(_parts(document)) for note in walk(part, Note)]
    goes_on = len({note.number for _, note in found}) == len(found)
    return {
        id(citation): (note.number, 0 if goes_on else order)
        for order, note in found
        if note.number
        for citation in walk(note, Citation)
    }


def _report_uncited(document: Document, cited: Iterable[Citation], sources: Sources, context: Context) -> None:
    keys = {work.key for citation in cited for work in citation.works} | {*sources.listed}
    keys |= {node.identifier for node in walk(document, Labelled) if node.identifier}  # reported as ambiguous
    for key, work in sources.works.items():
        if key not in keys:
            message = f"the work “{key}” is never cited; it is left out"
            context.report.add(Rule.ENTRY_UNCITED, work.position, message, "cite it, or name it under nocite")


def _set(document: Document, cited: list[Citation], sources: Sources) -> Document:
    """Return a document in words: of one piece, or each chapter for itself where each has a list."""
    language, notes = document.metadata.language, _places_in_notes(document)
    if sources.scope == "book":
        return _written(document, Scope("", cited, sources, language, notes))
    chapters = []
    for order, chapter in enumerate(document.chapters, 1):
        found = list(_in_reading_order(chapter))
        chapters.append(_written(chapter, Scope(f"{order}-", found, sources, language, notes)) if found else chapter)
    document = replace(document, chapters=tuple(chapters))
    if document.abstract and (found := list(_in_reading_order(document.abstract))):
        document = replace(document, abstract=_written(document.abstract, Scope("0-", found, sources, language, notes)))
    return document


def _written(root: N, scope: Scope) -> N:
    in_words = words_for(scope)

    def change(node: Node) -> Node:
        if isinstance(node, Bibliography):
            return replace(node, entries=in_words.entries)
        changed: dict[str, Any] = {}
        for name in node.CHILDREN:
            value = getattr(node, name)
            if isinstance(value, tuple) and any(id(child) in in_words.citations for child in value):
                changed[name] = tuple(_run(value, in_words.citations))
        return replace(node, **changed) if changed else node

    return rewrite(root, change)


def _run(nodes: tuple[Inline, ...], citations: Mapping[int, tuple[Inline, ...]]) -> Iterator[Inline]:
    """Yield a run in which citations are set: a raised one stands close, and one period is enough."""
    for node, behind in zip(nodes, (*nodes[1:], None), strict=True):
        if id(node) in citations and isinstance(node, Citation):
            children = citations[id(node)]
            if isinstance(behind, Text) and (
                behind.text.startswith(_MARKS) or (node.form == "brackets" and _GOES_ON.match(behind.text))
            ):
                children = _without_period(children)
            yield replace(
                node, works=tuple(replace(work, prefix=(), suffix=()) for work in node.works), children=children
            )
        elif isinstance(node, Text) and behind is not None and _is_raised(citations.get(id(behind))):
            yield replace(node, text=node.text.rstrip(" "))
        else:
            yield node


def _is_raised(inlines: tuple[Inline, ...] | None) -> bool:
    return inlines is not None and isinstance(next(iter(inlines), None), Superscript)


def _without_period(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return inlines without the period at their end, which may stand in the quotation marks of a title."""
    if not inlines:
        return inlines
    match inlines[-1]:
        case Text(text=text) as last if found := _PERIOD.search(text):
            rest = text[: found.start()] + found[1]
            return (*inlines[:-1], replace(last, text=rest)) if rest else inlines[:-1]
        case CitationLink(children=(*before, Text(text=text) as inner)) as last if found := _QUOTED_PERIOD.search(text):
            inner = replace(inner, text=text[: found.start()] + found[1])
            return (*inlines[:-1], replace(last, children=(*before, inner)))
    return inlines

"""References whose name is the key of a work become citations; in styles with notes, notes.

A pass of the book. A name is looked up among labels first, then among works; in both it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from octavo.citations.locators import read_locator
from octavo.citations.sources import Sources
from octavo.diagnostics import Rule, nearest
from octavo.document import (
    Citation,
    Cited,
    Document,
    Inline,
    Labelled,
    Node,
    Reference,
    ReferenceGroup,
    Text,
    rewrite,
    walk,
)
from octavo.normalise.citations.notes import cite_in_notes
from octavo.normalise.context import Context

_BEHIND = re.compile(r" ?\[(?P<inside>[^\[\]@]+)\]")


def read_citations(document: Document, context: Context) -> Document:
    """Make citations of references to works, and report keys that no work has."""
    sources = context.sources
    if sources is None:
        return document
    labels = {node.identifier for node in walk(document, Labelled) if node.identifier}
    reader = _Reader(sources, labels, document.metadata.language, context)
    document = rewrite(document, reader.with_runs)
    return cite_in_notes(document) if sources.style.kind == "note" else document


class _Reader:
    """Decide what each reference is; `language` is that of the book."""

    def __init__(self, sources: Sources, labels: set[str], language: str, context: Context) -> None:
        self._works = sources.works
        self._labels = labels
        self._language = language
        self._context = context

    def with_runs(self, node: Node) -> Node:
        """Return a node with citations for references in the runs of inlines directly below it."""
        changed: dict[str, Any] = {}
        for name in node.CHILDREN:
            value = getattr(node, name)
            if isinstance(value, tuple) and any(isinstance(child, Reference | ReferenceGroup) for child in value):
                run = tuple(self._run(value))
                if any(new is not old for new, old in zip(run, value, strict=False)) or len(run) != len(value):
                    changed[name] = run
        return replace(node, **changed) if changed and not isinstance(node, ReferenceGroup) else node

    def _run(self, nodes: tuple[Inline, ...]) -> Iterator[Inline]:
        waiting = list(nodes)
        while waiting:
            node = waiting.pop(0)
            behind = waiting[0].text if waiting and isinstance(waiting[0], Text) else ""
            match node:
                case Reference() if self._is_work(node):
                    citation, taken = self._narrative(node, behind)
                    if taken:
                        waiting[0] = replace(waiting[0], text=behind[taken:])  # type: ignore[arg-type]
                    yield citation
                case ReferenceGroup() if any(self._is_work(child) for child in node.children):
                    yield self._group(node)
                case _:
                    yield node

    def _is_work(self, node: Reference) -> bool:
        if node.name not in self._works or node.form == "written":
            return False
        if node.name not in self._labels:
            return True
        message = f"“{node.name}” is a label in this book and the key of a work"
        place = self._works[node.name].position
        hint = f"rename one of them; the work is in {place.file}, line {place.line}"
        self._context.report.add(Rule.CITATION_AMBIGUOUS, node.position, message, hint)
        return False

    def _narrative(self, node: Reference, behind: str) -> tuple[Citation, int]:
        """Return a citation in a sentence, and how much of the text behind it names the place in the work."""
        work = Cited(key=node.name, position=node.position)
        found = _BEHIND.match(behind)
        locator = read_locator(f", {found['inside']}", self._language) if found else None
        if found is None or locator is None or locator.length != len(found["inside"]) + 2:
            return Citation(works=(work,), written=node.written, form="sentence", position=node.position), 0
        work = replace(work, locator=locator.number, unit=locator.unit, place=locator.words)
        written = node.written + found[0]
        return Citation(works=(work,), written=written, form="sentence", position=node.position), found.end()

    def _group(self, node: ReferenceGroup) -> Inline:
        """Return a citation of all that is in brackets; all of it must be works."""
        for child in node.children:
            if not self._is_work(child):
                self._report(child)
        if not all(child.name in self._works for child in node.children):
            return node
        works = tuple(self._cited(child) for child in node.children)
        return Citation(works=works, written=node.written, position=node.position)

    def _cited(self, node: Reference) -> Cited:
        locator, suffix = None, node.suffix
        if suffix and isinstance(first := suffix[0], Text):
            locator = read_locator(first.text, self._language)
            if locator:
                rest = first.text[locator.length :]
                suffix = (*((replace(first, text=rest),) if rest else ()), *suffix[1:])
        return Cited(
            key=node.name,
            author=node.form != "number",
            locator=locator.number if locator else None,
            unit=locator.unit if locator else "page",
            place=locator.words if locator else "",
            prefix=node.prefix,
            suffix=suffix,
            position=node.position,
        )

    def _report(self, node: Reference) -> None:
        message = f"no work has the key “{node.name}”"
        self._context.report.add(Rule.CITATION_NOT_FOUND, node.position, message, nearest(node.name, self._works))

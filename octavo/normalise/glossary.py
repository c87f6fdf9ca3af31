"""The glossary: terms that are explained in one place, and linked wherever they are used.

A pass of the book, and a local one. A glossary is what definition lists say in `::: {.glossary}`, below a heading with
that class, or in a file of that name. `[tide]{.term}` uses a term, `[tides]{.term entry="tide"}` by another form of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from octavo.diagnostics import Rule, nearest
from octavo.document import (
    Chapter,
    DefinitionList,
    Division,
    Document,
    Node,
    Section,
    Span,
    Term,
    TermReference,
    plain_text,
    rewrite,
    walk,
)
from octavo.normalise.context import Context
from octavo.normalise.identifiers import RESERVED, slug

_GLOSSARY = "glossary"
_USE = "term"
_ENTRY = "entry"


def read_terms(document: Document, context: Context) -> Document:
    """Make each span with the class `term` one that uses a term; whatever else it is marked with stays around it."""
    return rewrite(document, lambda node: _use(node) if _USE in node.classes else node, Span)


def _use(node: Span) -> Node:
    use = TermReference(
        children=node.children, name=node.attribute(_ENTRY) or plain_text(node.children), position=node.position
    )
    rest = replace(
        node,
        children=(use,),
        classes=tuple(name for name in node.classes if name != _USE),
        attributes=tuple(pair for pair in node.attributes if pair[0] != _ENTRY),
    )
    return rest if rest.identifier or rest.classes or rest.attributes else use


def link_terms(document: Document, context: Context) -> Document:
    """Give each term of a glossary an identifier, and each use of one its target; report what no glossary explains."""
    targets: dict[str, str] = {}
    identifiers: dict[int, str] = {}
    for term in _terms(document):
        key = _key(plain_text(term.children))
        if key in targets:
            message = f"the glossary explains “{plain_text(term.children)}” twice; links lead to the first place"
            context.report.add(Rule.TERM_DUPLICATE, term.position, message)
        else:
            targets[key] = identifiers[id(term)] = f"{RESERVED}term-{slug(key)}"

    def name(node: Term) -> Term:
        identifier = identifiers.get(id(node))
        return node if node.identifier == identifier else replace(node, identifier=identifier)

    def link(node: TermReference) -> TermReference:
        if (target := targets.get(_key(node.name))) is None:
            message = f"no glossary of this book explains “{node.name}”"
            context.report.add(Rule.TERM_NOT_FOUND, node.position, message, nearest(node.name, targets))
        return node if node.target == target else replace(node, target=target)

    # Terms are told by what they are: first those, while they are the ones that were found.
    return rewrite(rewrite(document, name, Term), link, TermReference)


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _terms(document: Document) -> Iterator[Term]:
    """Yield the terms of all glossaries in reading order."""
    lists = {id(found): found for part in _glossaries(document) for found in walk(part, DefinitionList)}
    yield from (term for found in lists.values() for term in found.items if isinstance(term, Term))


def _glossaries(document: Document) -> Iterator[Node]:
    for node in walk(document, Chapter, Section, Division):
        match node:
            case Chapter() if PurePosixPath(node.file).stem.lower() == _GLOSSARY:
                yield node
            case Section() if _GLOSSARY in node.heading.classes:
                yield node
            case Division() if _GLOSSARY in node.classes:
                yield node

"""Variables in the text: `{{< var name >}}` from octavo.toml, `{{< meta name >}}` from what the book says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from octavo.diagnostics import Rule, nearest
from octavo.document import Document, Metadata, Node, Text, Variable, kinds_that_hold, rewrite
from octavo.normalise.context import Context
from octavo.words import words_of


def fill_variables(document: Document, context: Context) -> Document:
    """Put the values that octavo.toml gives into the text; report each name that it does not know."""
    return _filled(document, "var", context.variables, context)


def fill_metadata(document: Document, context: Context) -> Document:
    """Put what the book says of itself into the text; report each name that it does not state."""
    return _filled(document, "meta", _values(document.metadata), context)


def _values(metadata: Metadata) -> Mapping[str, str]:
    comma = words_of(metadata.language).comma
    authors = comma.join(author.name for author in metadata.authors)
    values = {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "author": authors,
        "authors": authors,
        "date": metadata.date,
        "version": metadata.version,
        "language": metadata.language,
        "identifier": metadata.identifier,
        "publisher": metadata.publisher,
        "rights": metadata.rights,
        "series": metadata.series,
        "keywords": comma.join(metadata.keywords),
        "description": metadata.description,
    }
    return {name: value for name, value in values.items() if value}


def _filled(document: Document, kind: str, values: Mapping[str, str], context: Context) -> Document:
    def fill(node: Variable) -> Node:
        if node.kind != kind:
            return node
        if (value := values.get(node.name)) is not None:
            return Text(text=value, position=node.position)
        _report(node, values, context)
        return node

    filled = rewrite(document, fill, Variable)
    return document if filled is document else rewrite(filled, _joined, *kinds_that_hold(Text))


def _joined(node: Node) -> Node:
    """Make one text of neighbouring ones, as those who look at the beginning or the end of a text expect."""
    changed: dict[str, tuple[Node, ...]] = {}
    for name in node.CHILDREN:
        children = getattr(node, name)
        if isinstance(children, tuple) and any(
            isinstance(a, Text) and isinstance(b, Text) for a, b in pairwise(children)
        ):
            changed[name] = _without_seams(children)
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]  # each by the name of its field


def _without_seams(children: tuple[Node, ...]) -> tuple[Node, ...]:
    result: list[Node] = []
    for child in children:
        if result and isinstance(last := result[-1], Text) and isinstance(child, Text):
            result[-1] = replace(last, text=last.text + child.text)
        else:
            result.append(child)
    return tuple(result)


def _report(node: Variable, values: Mapping[str, str], context: Context) -> None:
    where = "[variables] of octavo.toml" if node.kind == "var" else "what the book says of itself"
    context.report.add(
        Rule.VARIABLE_UNKNOWN,
        node.position,
        f"“{node.name}” is not among {where}",
        nearest(node.name, values),
    )

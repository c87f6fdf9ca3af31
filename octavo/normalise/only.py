"""Text for some formats only: `::: {.only format="pdf"}`, and Quarto's `.content-visible` and `.content-hidden`."""

from __future__ import annotations

import re
from dataclasses import replace

from octavo.diagnostics import Rule, nearest
from octavo.document import FORMATS, Division, Document, Node, Only, OnlySpan, Span, rewrite
from octavo.normalise.context import Context

# By class: the attributes that name formats, and whether what has them is shown there.
_CLASSES = {
    "only": {"format": True},
    "content-visible": {"when-format": True, "unless-format": False},
    "content-hidden": {"when-format": False, "unless-format": True},
}


def read_only(document: Document, context: Context) -> Document:
    """Make of each division and span with one of these classes what is shown in the formats that it names."""

    def change(node: Division | Span) -> Node:
        name = next((name for name in node.classes if name in _CLASSES), None)
        return _only(node, name, context) if name else node

    return rewrite(document, change, Division, Span)


def _only(node: Division | Span, name: str, context: Context) -> Node:
    formats = _formats(node, name, context)
    rest = replace(
        node,
        classes=tuple(other for other in node.classes if other != name),
        attributes=tuple(pair for pair in node.attributes if pair[0] not in _CLASSES[name]),
    )
    marked = rest.identifier or rest.classes or rest.attributes
    if isinstance(rest, Division):
        return Only(formats=formats, children=(rest,) if marked else rest.children, position=node.position)
    return OnlySpan(formats=formats, children=(rest,) if marked else rest.children, position=node.position)


def _formats(node: Division | Span, name: str, context: Context) -> tuple[str, ...]:
    """Return the formats in which a node is shown; report names that are none, and a node that names none."""
    shown = set(FORMATS)
    named = [(words, shows) for key, shows in _CLASSES[name].items() if (words := node.attribute(key))]
    for words, shows in named:
        known = {word for word in re.split(r"[,\s]+", words.strip()) if _is_format(word, node, context)}
        shown &= known if shows else FORMATS - known
    if not named:
        key = next(iter(_CLASSES[name]))
        message = f"“.{name}” does not say for which format"
        context.report.add(Rule.FORMAT_UNKNOWN, node.position, message, f'write .{name} {key}="pdf"')
    return tuple(sorted(shown))


def _is_format(word: str, node: Node, context: Context) -> bool:
    if word in FORMATS:
        return True
    hint = nearest(word, FORMATS) or f"the formats are {', '.join(sorted(FORMATS))}"
    context.report.add(Rule.FORMAT_UNKNOWN, node.position, f"“{word}” is no format of a book", hint)
    return False

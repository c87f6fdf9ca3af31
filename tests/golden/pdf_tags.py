"""The tree of tags of a PDF as text: what a screen reader goes through, one structure element a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import playa
from playa.structure import ContentItem, ContentObject, Element
from playa.utils import decode_text

from octavo.check.texts import item_text

_INDENT = "  "
# What is said of an element, by its key, and what it is called here.
_SAID = {"Lang": "lang", "Alt": "alt", "E": "expansion", "ID": "id"}
# What the role of an element owns; the bounding box of a picture is told by the layout, and changes with every font.
_LEFT_OUT = ("O", "BBox")


def pdf_tags(data: bytes) -> str:
    """Return each structure element with what is said of it, the text in it, and where its links lead."""
    with playa.parse(data) as document:
        tree = (element for element in document.structure or () if isinstance(element, Element))
        lines = [line for element in tree for line in _element(element, "")]
    return "\n".join(lines) + "\n"


def _element(element: Element, indent: str) -> Iterator[str]:
    head = f"{indent}{' '.join([element.type, *_facts(element)])}"
    below = [part for kind, run in groupby(element, type) for part in _below(kind, list(run), indent + _INDENT)]
    if len(below) == 1 and below[0].lstrip().startswith("|"):
        yield f"{head} {below[0].lstrip()}"
        return
    yield head
    yield from below


def _below(kind: type, run: list[Any], indent: str) -> Iterator[str]:
    """Yield the lines of neighbours of one kind: pieces of text are shown as one."""
    if issubclass(kind, ContentItem):
        text = "".join(item_text(item) for item in run)
        # A space at the end is text too, though editors take it away.
        yield f"{indent}| {text[:-1]}␣" if text[-1:].isspace() else f"{indent}| {text}".rstrip()
    elif issubclass(kind, ContentObject):
        yield from dict.fromkeys(f"{indent}{_annotation(item.props)}" for item in run)
    else:
        for element in run:
            yield from _element(element, indent)


def _facts(element: Element) -> Iterator[str]:
    for key, name in _SAID.items():
        if key in element.props:
            yield f"{name}=“{_text(element.props[key])}”"
    attributes: Any = element.props.get("A", [])
    for owned in attributes if isinstance(attributes, list) else [attributes]:
        for key, value in owned.items():
            if key not in _LEFT_OUT:
                yield f"{key}={_text(value)}"
        if "BBox" in owned:
            yield "BBox"


def _annotation(properties: Any) -> str:
    action = properties.get("A") or {}
    target = f"#{_text(properties['Dest'])}" if "Dest" in properties else _text(action.get("URI"))
    return f"→ {target} “{_text(properties.get('Contents'))}”"


def _text(value: Any) -> str:
    return decode_text(value) if isinstance(value, bytes) else str(value).strip("/'")

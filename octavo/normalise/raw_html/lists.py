"""`<ul>`, `<ol>` and `<dl>` → lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from octavo.diagnostics import Position, Report
from octavo.document import Block, Definition, DefinitionList, List, ListItem, Paragraph, Term
from octavo.normalise.raw_html.fragment import Characters, Element, Part, left_out
from octavo.normalise.raw_html.inlines import read_inlines
from octavo.normalise.raw_html.marks import read_marks, whole
from octavo.normalise.raw_html.words import trimmed
from octavo.normalise.raw_html.wrapping import Contents, enclosed, marked


def read_list(element: Element, contents: Contents, report: Report) -> tuple[Block, ...]:
    """Return a list, ordered or not."""
    ordered = element.name == "ol"
    start = whole(element, "start") if ordered else None
    items = tuple(_items(element.children, contents, report))
    marks = read_marks(element, report, *(["start"] if start is not None else []))
    if not items:
        return enclosed((), marks, element.position)
    tight = all(block.tight for item in items for block in item.children if isinstance(block, Paragraph))
    found = List(
        items=items, ordered=ordered, start=1 if start is None else start, tight=tight, position=element.position
    )
    return enclosed((found,), marks, element.position)


def _items(parts: Iterable[Part], contents: Contents, report: Report) -> Iterator[ListItem]:
    """Yield the items; what stands between them, such as a list inside this one, belongs to the one before."""
    waiting: ListItem | None = None
    for part in parts:
        if isinstance(part, Element) and part.name == "li":
            if waiting:
                yield waiting
            waiting = _item(part, contents, report)
        elif blocks := contents(_around(part), ()):
            before = waiting or ListItem(children=(), position=blocks[0].position)
            waiting = replace(before, children=before.children + blocks)
    if waiting:
        yield waiting


def _around(part: Part) -> Element:
    """Return what stands between items as one."""
    return Element(name="li", attributes={}, children=(part,), position=Position(""))


def _item(element: Element, contents: Contents, report: Report) -> ListItem:
    box = next(
        (part for part in element.children if not (isinstance(part, Characters) and not part.text.strip())), None
    )
    checked: bool | None = None
    if isinstance(box, Element) and box.name == "input" and box.attributes.get("type", "").lower() == "checkbox":
        checked = "checked" in box.attributes
        element = replace(element, children=tuple(part for part in element.children if part is not box))
    return ListItem(children=contents(element, ()), checked=checked, position=element.position)


def read_definitions(element: Element, contents: Contents, report: Report) -> tuple[Block, ...]:
    """Return a list of definitions, or its blocks where a term has none or a definition no term."""
    items = tuple(_defined(element.children, contents, report))
    marks = read_marks(element, report)
    if items and isinstance(items[0], Term) and isinstance(items[-1], Definition):
        return enclosed((DefinitionList(items=items, position=element.position),), marks, element.position)
    left_out(report, element.position, "<dl> without a term and its definition")
    blocks = (block for item in items for block in _without_list(item))
    return enclosed(tuple(blocks), marks, element.position)


def _defined(parts: Iterable[Part], contents: Contents, report: Report) -> Iterator[Term | Definition]:
    for part in parts:
        match part:
            case Element(name="dt"):
                children = trimmed(read_inlines(part.children, report))
                children = marked(children, read_marks(part, report), part.position)
                yield Term(children=children, position=part.position)
            case Element(name="dd"):
                yield Definition(children=contents(part, ()), position=part.position)
            case Element(name="div"):
                read_marks(part, report)
                yield from _defined(part.children, contents, report)
            case _ if blocks := contents(_around(part), ()):
                yield Definition(children=blocks, position=blocks[0].position)


def _without_list(item: Term | Definition) -> tuple[Block, ...]:
    if isinstance(item, Definition):
        return item.children
    return (Paragraph(children=item.children, position=item.position),)

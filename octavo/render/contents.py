"""The table of contents: a query on the tree, which changes nothing, and what its template is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.document import (
    Block,
    Citation,
    Document,
    Emphasis,
    Heading,
    Image,
    IndexMark,
    Inline,
    Link,
    NoteReference,
    Reference,
    Section,
    Span,
    Strikethrough,
    Strong,
    TermReference,
    Text,
    plain_text,
)
from octavo.render.page_breaks import Marker, line_key

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one line of the contents and those below it; `role` is that of its section, or “part” or “front”."""

    heading: Heading
    role: str
    children: tuple[Entry, ...]


def contents(document: Document, depth: int = 3) -> tuple[Entry, ...]:
    """Return the headings of the book down to a level, nested: the chapters of a part stand below it."""
    result: list[Entry] = []
    part: Entry | None = None
    for chapter in document.chapters:
        entries = _entries(chapter.children, depth)
        if chapter.role == "part" and entries:
            part = replace(entries[0], role="part")
            result += [part, *entries[1:]]
        elif part and chapter.role == "body":
            index = result.index(part)
            result[index] = part = replace(part, children=(*part.children, *entries))
        else:
            part = None
            result += [replace(entry, role="front") for entry in entries] if chapter.role == "front" else entries
    return tuple(result)


def outline(blocks: Iterable[Block], heading: Heading | None) -> tuple[Entry, ...]:
    """Return the headings on a page, two levels of them, without the one that it begins with."""
    sections = [block for block in blocks if isinstance(block, Section)]
    inside = [block for section in sections for block in section.children] if heading else sections
    return _entries(inside, (heading.level if heading else 0) + 2)


def _entries(blocks: Iterable[Block], depth: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(heading=block.heading, role=block.role, children=_entries(block.children, depth))
        for block in blocks
        if isinstance(block, Section) and block.heading.level <= depth
    )


def contents_lines(
    entries: tuple[Entry, ...], renderer: Renderer, mark: Marker | None = None
) -> list[dict[str, object]]:
    """Return what the template of contents is given of each line: no page of the text begins in it."""
    with renderer.unmarked():
        return [_line(entry, renderer, mark) for entry in entries]


def _line(entry: Entry, renderer: Renderer, mark: Marker | None) -> dict[str, object]:
    heading = entry.heading
    return {
        "heading": heading,
        "role": entry.role,
        "label": f"{heading.label}{renderer.words.colon}" if heading.label else None,
        "text": renderer.inlines(title_inlines(heading.children)),
        "href": renderer.target.href(heading.anchor or ""),
        "current": heading.anchor in renderer.target.current,
        "page_break": mark.marks(line_key(heading.anchor or "")) if mark else "",
        "children": [_line(child, renderer, mark) for child in entry.children],
    }


def title_inlines(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the inlines of a heading as they stand in a list: without links, notes, pictures and identifiers."""
    result: list[Inline] = []
    for node in children:
        match node:
            case NoteReference():
                continue
            case Citation() if node.form == "brackets":
                continue
            case Citation():
                result.append(Text(text=plain_text(node), position=node.position))
            case Reference():
                result.append(Text(text=node.text or node.written, position=node.position))
            case Link() | IndexMark() | TermReference():
                result += title_inlines(node.children)
            case Image():
                result.append(Text(text=plain_text(node.children), position=node.position))
            case Emphasis() | Strong() | Strikethrough():
                result.append(replace(node, children=title_inlines(node.children)))
            case Span():
                result.append(replace(node, identifier=None, children=title_inlines(node.children)))
            case _:
                result.append(node)
    return tuple(result)

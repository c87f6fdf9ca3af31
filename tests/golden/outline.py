"""The tree as text: one block a line, for people to read when it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields

from octavo.document import (
    FORMATS,
    Abbreviation,
    Chapter,
    Citation,
    CitationLink,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Formula,
    HardBreak,
    Image,
    Index,
    IndexEntry,
    IndexMark,
    Inline,
    Link,
    Metadata,
    Node,
    NoteReference,
    OnlySpan,
    RawInline,
    Reference,
    ReferenceGroup,
    Ruby,
    Shape,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    TermReference,
    Text,
)

_INLINES = Inline.__args__
_INDENT = "  "


def outline(document: Document) -> str:
    """Return the tree: what the book says of itself, its abstract, and its chapters with their notes."""
    lines = list(_metadata(document.metadata))
    if document.abstract:
        lines += _block(document.abstract, "")
    for chapter in document.chapters:
        lines += ["", *_block(chapter, "")]
    return "\n".join(lines) + "\n"


def _metadata(metadata: Metadata) -> Iterator[str]:
    for name, value in _stated(metadata):
        values = value if isinstance(value, tuple) else (value,)
        for one in values:
            yield f"{name}: {one if isinstance(one, str) else _facts(one)}"


def _block(node: Node, indent: str) -> Iterator[str]:
    place = f"{node.position.line}:{node.position.column}" if not isinstance(node, Chapter) else ""
    head = " ".join(part for part in (_name(node), place, _facts(node)) if part)
    below = list(node.children_in_order())
    if below and all(isinstance(child, _INLINES) for child in below):
        yield f"{indent}{head} | {_inlines(below)}"
        return
    yield indent + head
    if isinstance(node, CodeBlock):
        yield from (f"{indent}{_INDENT}| {line}" for line in node.text.splitlines())
    if isinstance(node, Index):
        for group in node.groups:
            yield f"{indent}{_INDENT}{group.label}"
            yield from _entries(group.entries, indent + 2 * _INDENT)
    for child in below:
        if isinstance(child, _INLINES):
            yield f"{indent}{_INDENT}{_inlines([child])}"
        else:
            yield from _block(child, indent + _INDENT)


def _entries(entries: Sequence[IndexEntry], indent: str) -> Iterator[str]:
    for entry in entries:
        places = [
            f"{place.text} = #{place.target}{f'–#{place.end}' if place.end else ''}"
            + ("" if place.formats == FORMATS else f" in {','.join(sorted(place.formats))}")
            for place in entry.locators
        ]
        others = [f"see {other.text} = #{other.target}" for other in entry.see]
        others += [f"see also {other.text} = #{other.target}" for other in entry.see_also]
        yield f"{indent}{entry.text} #{entry.identifier} | {'; '.join((*places, *others))}"
        yield from _entries(entry.children, indent + _INDENT)


def _name(node: Node) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).lower()


def _facts(node: object) -> str:
    """Return what a node holds beside its children, where it is not what it would be anyway."""
    left_out = {
        *getattr(node, "CHILDREN", ()),
        "position",
        "groups",
        "lines",
        *(["text"] if isinstance(node, CodeBlock) else []),
    }
    return " ".join(_fact(name, value) for name, value in _stated(node) if name not in left_out)


def _stated(node: object) -> Iterator[tuple[str, object]]:
    for field in fields(node):  # type: ignore[arg-type]  # every node and all metadata are dataclasses
        value = getattr(node, field.name)
        if value != _default(field):
            yield field.name, value


def _default(field: Field[object]) -> object:
    return None if field.default is MISSING else field.default


def _fact(name: str, value: object) -> str:
    match value:
        case Shape():
            return f"spoken=“{value.spoken}”"
        case bool():
            return name if value else f"not {name}"
        case tuple():
            return f"{name}={','.join('='.join(one) if isinstance(one, tuple) else str(one) for one in value)}"
        case _:
            return f"{name}=“{value}”" if " " in str(value) else f"{name}={value}"


def _inlines(nodes: Sequence[Node]) -> str:
    return "".join(_inline(node) for node in nodes)


def _inline(node: Node) -> str:
    match node:
        case Text():
            return node.text
        case SoftBreak():
            return "⏎"
        case HardBreak():
            return "↵"
        case (
            Emphasis()
            | Strong()
            | Strikethrough()
            | Subscript()
            | Superscript()
            | Span()
            | OnlySpan()
            | IndexMark()
            | TermReference()
        ):
            return f"{_marked(node)}⟨{_inlines(node.children)}⟩"
        case Code() | RawInline():
            return f"{_marked(node)}⟨{node.text}⟩"
        case Ruby():
            return f"ruby⟨{_inlines(node.children)} ^ {_inlines(node.reading)}⟩"
        case Abbreviation():
            return f"abbreviation⟨{node.text} = {node.expansion}⟩"
        case Formula():
            return f"formula⟨{node.tex}{f' = {node.shape.spoken}' if node.shape else ''}⟩"
        case Reference():
            around = _inlines(node.prefix) + "…" + _inlines(node.suffix)
            return f"reference⟨{node.name} → {node.text} = #{node.target}{around if around != '…' else ''}⟩"
        case ReferenceGroup():
            return f"references⟨{_inlines(node.children)}⟩"
        case Link():
            target = f" = #{node.target}" if node.target else ""
            marks = _marks(node, "children", "destination", "target", "title")
            return f"link⟨{_inlines(node.children)} → {node.destination}{target}{_title(node.title)}{marks}⟩"
        case Image():
            marks = _marks(node, "children", "source", "file", "title")
            return f"image⟨{_inlines(node.children)} → {node.source} = {node.file}{_title(node.title)}{marks}⟩"
        case Citation():
            keys = "; ".join(
                f"{work.key}{f', {work.unit} {work.locator}' if work.locator else ''}" for work in node.works
            )
            return f"citation⟨{keys} → {_inlines(node.children)}⟩"
        case CitationLink():
            back = f" = #{node.identifier}" if node.identifier else ""
            return f"cites⟨{_inlines(node.children)} → #{node.target}{back}⟩"
        case NoteReference():
            return f"call⟨{node.label} → {node.number}, call {node.call} = #{node.note}⟩"
    raise AssertionError(f"no inline: {node!r}")


def _marked(node: Node) -> str:
    return _name(node) + _marks(node, "children", "text")


def _marks(node: Node, *but: str) -> str:
    """Return what an inline bears beside what is shown of it anyway."""
    marks = " ".join(_fact(name, value) for name, value in _stated(node) if name not in (*but, "position"))
    return f" {marks}" if marks else ""


def _title(title: str | None) -> str:
    return f" “{title}”" if title else ""

"""Parity: what the tree says is said by every output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octavo.check.texts import squeeze
from octavo.diagnostics import Position, Report, Rule
from octavo.document import (
    FORMATS,
    Abbreviation,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Equation,
    Figure,
    Formats,
    Formula,
    HardBreak,
    Image,
    IndexMark,
    Link,
    Node,
    Reference,
    ReferenceGroup,
    Ruby,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    TermReference,
    Text,
    ThematicBreak,
    note_formats,
    walk_formats,
)

_LENGTH = 40
_WRAPPERS = (
    *(Emphasis, Strong, Strikethrough, Subscript, Superscript),
    *(Span, Link, IndexMark, TermReference),
)
_END = ThematicBreak(position=Position(""))
# Of the outputs by name, whose format decides what is meant for them.
FORMAT_OF = {"the site": "html", "the single page": "html", "the EPUB": "epub", "the PDF": "pdf"}


def check_text(document: Document, outputs: dict[str, str], report: Report) -> set[str]:
    """Report each passage of the tree that an output lacks, and return the names of the outputs that lack any.

    `outputs` are squeezed texts by the name of the output.
    """
    lacking = set()
    for text, position, formats in passages(document):
        squeezed = squeeze(text)
        for name, output in outputs.items():
            if FORMAT_OF[name] in formats and squeezed not in output:
                shown = text if len(text) <= _LENGTH else f"{text[:_LENGTH]}…"
                report.add(Rule.CHECK_TEXT_MISSING, position, f"{name} lacks the text “{shown}”")
                lacking.add(name)
    return lacking


def passages(document: Document) -> Iterator[tuple[str, Position, Formats]]:
    """Yield the runs of text between two things that are no text: blocks, notes, pictures; and who shows each."""
    text: list[str] = []
    start: Position | None = None
    shown = FORMATS
    for node, formats in _seen(document):
        if formats != shown:
            if start and squeeze("".join(text)):
                yield "".join(text), start, shown
            text, start, shown = [], None, formats
        match node:
            case Reference() if node.text and node.form != "page":
                start = start or node.position
                text.append(node.text)
            case Text() | Code() | Abbreviation():
                start = start or node.position
                text.append(node.text)
            case Formula():
                start = start or node.position
                text.append(node.shape.spoken if node.shape else node.tex)
            case SoftBreak() | HardBreak():
                text.append(" ")
            case _ if isinstance(node, _WRAPPERS):
                continue  # they wrap a part of the run
            case _:
                if start and squeeze("".join(text)):
                    yield "".join(text), start, shown
                text, start = [], None
                if isinstance(node, CodeBlock):
                    yield node.text, node.position, shown
                elif isinstance(node, Equation):
                    yield (node.shape.spoken if node.shape else node.tex), node.position, shown
                elif isinstance(node, ReferenceGroup) and node.children[0].form != "page":
                    yield from ((child.text, child.position, shown) for child in node.children if child.text)
    if start:
        yield "".join(text), start, shown


def _seen(root: Document) -> Iterator[tuple[Node, Formats]]:
    """Yield what is seen, in reading order: the text of a picture is there for those who cannot see it."""
    return walk_formats(root, note_formats(root), _below)


def _below(node: Node) -> Iterable[Node]:
    match node:
        case Image() | Reference() | ReferenceGroup():
            return ()
        case Figure():  # its caption is no part of a run that its last picture ends with
            return (*node.children, _END, *node.caption)
        case Link() if node.address_mark is not None:  # in print, its address or the call of that stands behind it
            return (*node.children, _END)
        case Ruby():  # in the output, brackets stand around the reading
            return (*node.children, _END, *node.reading, _END)
        case _:
            return node.children_in_order()

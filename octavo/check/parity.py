"""Parity: what the tree says is said by every output."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.check.texts import squeeze
from octavo.diagnostics import Position, Report, Rule
from octavo.document import (
    Abbreviation,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    HardBreak,
    Image,
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
    Text,
    ThematicBreak,
)

_LENGTH = 40
_END = ThematicBreak(position=Position(""))


def check_text(document: Document, outputs: dict[str, str], report: Report) -> set[str]:
    """Report each passage of the tree that an output lacks, and return the names of the outputs that lack any.

    `outputs` are squeezed texts by the name of the output.
    """
    lacking = set()
    for text, position in passages(document):
        squeezed = squeeze(text)
        for name, output in outputs.items():
            if squeezed not in output:
                shown = text if len(text) <= _LENGTH else f"{text[:_LENGTH]}…"
                report.add(Rule.CHECK_TEXT_MISSING, position, f"{name} lacks the text “{shown}”")
                lacking.add(name)
    return lacking


def passages(document: Document) -> Iterator[tuple[str, Position]]:
    """Yield the runs of text between two things that are no text: blocks, notes, pictures."""
    text: list[str] = []
    start: Position | None = None
    for node in _shown(document):
        match node:
            case Reference() if node.text and node.form != "page":
                start = start or node.position
                text.append(node.text)
            case Text() | Code() | Abbreviation():
                start = start or node.position
                text.append(node.text)
            case SoftBreak() | HardBreak():
                text.append(" ")
            case Emphasis() | Strong() | Strikethrough() | Subscript() | Superscript() | Span() | Link():
                continue  # they wrap a part of the run
            case _:
                if start and squeeze("".join(text)):
                    yield "".join(text), start
                text, start = [], None
                if isinstance(node, CodeBlock):
                    yield node.text, node.position
                elif isinstance(node, ReferenceGroup) and node.children[0].form != "page":
                    yield from ((child.text, child.position) for child in node.children if child.text)
    if start:
        yield "".join(text), start


def _shown(root: Node) -> Iterator[Node]:
    """Yield what is seen, in reading order: the text of a picture is there for those who cannot see it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case Image() | Reference() | ReferenceGroup():
                continue
            case Figure():  # its caption is no part of a run that its last picture ends with
                waiting.extend(reversed((*node.children, _END, *node.caption)))
            case Ruby():  # in the output, brackets stand around the reading
                waiting.extend(reversed((*node.children, _END, *node.reading, _END)))
            case _:
                waiting.extend(reversed(list(node.children_in_order())))

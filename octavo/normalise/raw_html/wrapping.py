"""Marks → a node around what they mark, where that has no place for them itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from octavo.diagnostics import Position
from octavo.document import Block, Division, Inline, Span
from octavo.normalise.raw_html.fragment import Element
from octavo.normalise.raw_html.marks import Marks

# What reads the blocks inside an item or a cell. Of its attributes those named are read elsewhere.
Contents: TypeAlias = Callable[[Element, Sequence[str]], tuple[Block, ...]]


def marked(inlines: tuple[Inline, ...], marks: Marks, position: Position) -> tuple[Inline, ...]:
    """Return inlines in a span that bears the marks, or as they are where there are none."""
    return (span(inlines, marks, position),) if marks else inlines


def span(children: tuple[Inline, ...], marks: Marks, position: Position, tag: str = "span") -> Span:
    """Return inlines in a span, which may have no marks, of an element that says what they are."""
    return Span(
        children=children,
        tag=tag,
        **marks.fields,
        position=position,
    )


def enclosed(blocks: tuple[Block, ...], marks: Marks, position: Position) -> tuple[Block, ...]:
    """Return blocks in a division that bears the marks, or as they are where there are none."""
    if not marks:
        return blocks
    division = Division(
        children=blocks,
        **marks.fields,
        position=position,
    )
    return (division,)

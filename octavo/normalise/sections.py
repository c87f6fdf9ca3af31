"""Headings and what follows them become sections, each inside the one above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from octavo.diagnostics import Rule
from octavo.document import Answer, Block, Document, Heading, Paragraph, Section
from octavo.normalise.context import Context
from octavo.normalise.labels import answer_label, is_appendix, is_question


def nest_sections(document: Document, context: Context) -> Document:
    """Nest the headings that stand at the top of each chapter; those inside quotations and lists stay."""
    chapters = tuple(
        replace(chapter, children=_nest(chapter.children, context))
        if any(isinstance(block, Heading) for block in chapter.children)
        else chapter
        for chapter in document.chapters
    )
    return replace(document, chapters=chapters)


def _nest(blocks: Sequence[Block], context: Context) -> tuple[Block, ...]:
    result: list[Block] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if not isinstance(block, Heading):
            result.append(block)
            index += 1
            continue
        end = _end_of_section(blocks, index)
        result.append(_section(block, _nest(blocks[index + 1 : end], context), context))
        index = end
    return tuple(result)


def _end_of_section(blocks: Sequence[Block], start: int) -> int:
    head = blocks[start]
    assert isinstance(head, Heading)
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if isinstance(block, Heading) and block.level <= head.level:
            return index
    return len(blocks)


def _section(heading: Heading, children: tuple[Block, ...], context: Context) -> Section:
    if not heading.children and not heading.written_number:
        context.report.add(Rule.HEADING_EMPTY, heading.position, "a heading has no text")
    role: Literal["section", "appendix", "question"] = "section"
    if is_appendix(heading):
        role = "appendix"
    elif is_question(heading):
        role, children = "question", _answer(children)
    return Section(heading=heading, children=children, role=role, position=heading.position)


def _answer(children: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the paragraph “A1：…” and what follows it, up to the next section, into an answer."""
    if not children or not isinstance(first := children[0], Paragraph):
        return children
    label, rest = answer_label(first.children)
    if label is None:
        return children
    end = next((index for index, block in enumerate(children) if isinstance(block, Section)), len(children))
    answer = Answer(label=label, children=(replace(first, children=rest), *children[1:end]), position=first.position)
    return (answer, *children[end:])

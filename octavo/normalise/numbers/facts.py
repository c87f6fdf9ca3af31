"""What the headings of one chapter bring to the table of the book: the numbers that they may begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from octavo.document import Block, Chapter, ChapterRole, Heading, Inline, Section, Strong, Text
from octavo.normalise.numbers.styles import OBJECT, Candidate, Strength, find_candidate, read_printed
from octavo.normalise.roles import role_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingFact:
    """State what one heading brings to the table of the book.

    `written` is a number taken out before. A heading that is `outside` has a label or is unnumbered: it neither has
    a number nor is it evidence. `role` is what its classes make of a chapter.
    """

    level: int
    candidate: Candidate | None
    written: str | None
    outside: bool
    role: ChapterRole | None = None


Facts: TypeAlias = tuple[HeadingFact, ...]


def chapter_facts(chapter: Chapter) -> Facts:
    """Return the facts of every heading of a chapter in reading order; those in quotations and lists are text."""
    facts = tuple(_fact(heading) for heading in headings_of(chapter.children))
    if chapter.role != "part":
        return facts
    # A part stands above the chapters, and is counted apart from them.
    return tuple(replace(fact, level=fact.level - 1) for fact in facts)


def headings_of(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    """Yield the headings at the top of a chapter and of its sections."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Section):
            yield block.heading
            yield from headings_of(block.children)


def _fact(heading: Heading) -> HeadingFact:
    role = role_of(heading)
    outside = heading.label is not None or "unnumbered" in heading.classes or role in ("front", "back")
    candidate = None
    if heading.written_number is not None:
        candidate = read_printed(heading.written_number)
        if candidate and candidate.strength < Strength.MARKED:
            candidate = replace(candidate, strength=Strength.MARKED)  # only its separator is gone
    elif not outside:
        candidate = find_candidate(_beginning(heading))
    return HeadingFact(
        level=heading.level, candidate=candidate, written=heading.written_number, outside=outside, role=role
    )


def line_of(heading: Heading) -> tuple[Inline, ...]:
    """Return the inlines of a heading, looking through one Strong around all of them."""
    match heading.children:
        case (Strong(children=children),):
            return children
        case children:
            return children


def _beginning(heading: Heading) -> str:
    match line_of(heading):
        case (Text(text=text),):
            return text.rstrip()
        case (Text(text=text), *_):
            return text + OBJECT
        case _:
            return ""

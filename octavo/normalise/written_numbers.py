"""The pass that reads the numbers authors typed into their headings.

In: the tree, headings as written. Out: the same tree; where a heading begins with a number, that number is in
`written_number` and no longer in the text, and `number` is what the book prints.

1. The facts of each chapter: its headings and the numbers they may begin with (`chapter_facts`).
2. One table for the whole book: which of them are numbers (`find_numbers`), and what each heading prints
   (`computed_numbers` where the structure counts).
3. Each chapter is rewritten by its part of the table; one in which nothing changes comes back as the same object.

Numbers in the text and those taken out before are judged alike, so the pass may run again without effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from octavo.diagnostics import Rule
from octavo.document import Block, Chapter, Document, Heading, Inline, Section, Strong, Text
from octavo.normalise.context import Context
from octavo.normalise.numbers.computed import computed_numbers
from octavo.normalise.numbers.facts import Facts, HeadingFact, chapter_facts, headings_of, line_of
from octavo.normalise.numbers.found import Finding, find_numbers
from octavo.normalise.numbers.styles import Strength

Numbering: TypeAlias = Literal["auto", "written", "computed", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """State what becomes of one heading: how much leaves its text, and what it is numbered with."""

    length: int
    written: str | None
    number: str | None
    expected: str | None


def read_written_numbers(document: Document, context: Context) -> Document:
    """Take the numbers that authors typed out of the headings and set the number each heading prints.

    Reports `number-unexpected` where `numbering` is auto and a number is not the one that should follow.
    """
    book = [chapter_facts(chapter) for chapter in document.chapters]
    roles = [chapter.role for chapter in document.chapters]
    table = _table(book, computed_numbers(book, roles, document.metadata.language), context.numbering)
    chapters = tuple(
        _read_chapter(chapter, verdicts, context) for chapter, verdicts in zip(document.chapters, table, strict=True)
    )
    return document if _same(chapters, document.chapters) else replace(document, chapters=chapters)


def _table(
    book: Sequence[Facts], computed: Sequence[Sequence[str | None]], numbering: Numbering
) -> list[list[Verdict]]:
    if numbering == "written":
        found = find_numbers([tuple(_vouched(fact) for fact in facts) for facts in book])
    else:
        found = find_numbers(book)
    return [
        [_verdict(fact, finding, number, numbering) for fact, finding, number in zip(*rows, strict=True)]
        for rows in zip(book, found, computed, strict=True)
    ]


def _vouched(fact: HeadingFact) -> HeadingFact:
    """Take a number as read where the author vouches for all of them; a bare “5 Ways” still needs evidence."""
    candidate = fact.candidate
    if candidate is None or candidate.strength < Strength.MARKED or fact.written is not None:
        return fact
    return replace(fact, written=candidate.printed)


def _verdict(fact: HeadingFact, finding: Finding | None, computed: str | None, numbering: Numbering) -> Verdict:
    candidate = finding.candidate if finding else None
    if numbering == "written" and fact.candidate and fact.candidate.strength >= Strength.MARKED:
        candidate = fact.candidate
    written, length = fact.written, 0
    if candidate and written is None:
        written, length = candidate.printed, candidate.length
    number = None if fact.outside else {"computed": computed, "none": None}.get(numbering, written)
    # Where the typed numbers are not printed, or the author vouches for them, nobody need be warned.
    expected = finding.expected if finding and numbering == "auto" else None
    return Verdict(length=length, written=written, number=number, expected=expected)


def _read_chapter(chapter: Chapter, verdicts: list[Verdict], context: Context) -> Chapter:
    for heading, verdict in zip(headings_of(chapter.children), verdicts, strict=True):
        if verdict.expected:
            context.report.add(
                Rule.NUMBER_UNEXPECTED,
                heading.position,
                f"the heading is numbered “{verdict.written}” where “{verdict.expected}” was expected",
                f"write {verdict.expected}, or set numbering to computed",
            )
    children = _with_verdicts(chapter.children, iter(verdicts))
    return chapter if children is chapter.children else replace(chapter, children=children)


def _with_verdicts(blocks: tuple[Block, ...], verdicts: Iterator[Verdict]) -> tuple[Block, ...]:
    """Copy blocks with the verdicts in reading order; `rewrite` would also reach headings in quotations."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            result.append(_with_verdict(block, next(verdicts)))
        elif isinstance(block, Section):
            heading = _with_verdict(block.heading, next(verdicts))
            children = _with_verdicts(block.children, verdicts)
            same = heading is block.heading and children is block.children
            result.append(block if same else replace(block, heading=heading, children=children))
        else:
            result.append(block)
    return blocks if _same(result, blocks) else tuple(result)


def _with_verdict(heading: Heading, verdict: Verdict) -> Heading:
    if verdict.length:
        heading = replace(heading, children=_without(heading, verdict.length))
    if (heading.written_number, heading.number) == (verdict.written, verdict.number):
        return heading
    return replace(heading, written_number=verdict.written, number=verdict.number)


def _without(heading: Heading, length: int) -> tuple[Inline, ...]:
    """Return the inlines of a heading without the first characters of its text."""
    first, *others = line_of(heading)
    assert isinstance(first, Text)
    rest = first.text[length:].lstrip() if others else first.text[length:].strip()
    column = first.position.column + len(first.text.rstrip()) - len(rest.rstrip())
    text = replace(first, text=rest, position=replace(first.position, column=column))
    line = (text, *others) if rest else tuple(others)
    match heading.children:
        case (Strong() as strong,):
            return (replace(strong, children=line),) if line else ()
        case _:
            return line


def _same(new: Sequence[object], old: Sequence[object]) -> bool:
    return all(a is b for a, b in zip(new, old, strict=True))

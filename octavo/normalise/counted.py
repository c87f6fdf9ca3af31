"""Figures, tables, listings, equations, callouts and theorems: each counted among its kind.

A pass of the book: it needs the numbers of the chapters above them. Where `by_chapter` is set and the chapter has a
number, things bear both, “3-2”, and begin again in the next one; else they are counted through the book.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from octavo.document import (
    Callout,
    Chapter,
    CodeBlock,
    Document,
    Equation,
    Figure,
    Formats,
    Heading,
    Node,
    Numbered,
    Table,
    Theorem,
    partial_formats,
    rewrite,
    walk_up,
)
from octavo.mathematics import plain_tag
from octavo.normalise.context import Context
from octavo.normalise.numbers.numerals import read_numeral, write_letter
from octavo.words import Words, words_of

_NUMERAL = re.compile(r"\d+|[〇零一二三四五六七八九十百]+|\b[A-Z]\b|\b[IVXLC]+\b")


def count_things(document: Document, context: Context) -> Document:
    """Set `number` and `label` of everything that is counted, and the label of kinds that go without a number."""
    counter = _Counter(document.metadata.language, context, partial_formats(document))
    counter.count(document)
    # In the order of the change, which gets a node only when what is below it may be another.
    waiting = iter([counter.found.get(id(node)) for node in walk_up(document, Numbered)])

    def change(node: Numbered) -> Numbered:
        number, label = next(waiting) or (None, None)
        return node if (node.number, node.label) == (number, label) else replace(node, number=number, label=label)

    return rewrite(document, change, Numbered)


def kind_of(node: Numbered) -> str | None:
    """Return the kind that a node is counted among, or None where it is not counted."""
    match node:
        case Theorem():
            return node.kind
        case _ if "unnumbered" in node.classes:
            return None
        case Figure() if node.caption:
            return "figure"
        case Table() if node.caption:
            return "table"
        case CodeBlock() if node.caption:
            return "listing"
        case Equation() if node.identifier or plain_tag(node.tex):
            return "equation"
        case Callout() if node.identifier:
            return node.kind
    return None


def pattern_of(kind: str, words: Words, context: Context) -> str | None:
    """Return how a number of this kind is printed, with {} in its place; None for a kind without numbers."""
    if own := context.kinds.get(kind):
        language = words.language.partition("-")[0]
        label = own.label.get(words.language) or own.label.get(language) or next(iter(own.label.values()))
        return f"{label} {{}}"
    return words.numbered.get(kind)


@dataclass(slots=True)
class _Counter:
    """Count while the tree is read downwards."""

    language: str
    context: Context
    partial: Mapping[int, Formats]
    chapter: str | None = None
    in_part: bool = False
    words: Words = field(init=False)
    # By chapter and kind: chapters without a number share one count, or their figures would have the same.
    counts: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    found: dict[int, tuple[str | None, str]] = field(default_factory=dict)
    # By identifier, what was counted for some formats only: its counterparts in the others are the same thing.
    alternatives: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = words_of(self.language)

    def count(self, node: Node, figure: str | None = None) -> None:
        """Count a node and all below it; `figure` is the number of the figure that it is a part of."""
        if isinstance(node, Chapter):
            self.in_part = node.role == "part"
            self.words = words_of(node.language or self.language)
        if isinstance(node, Heading) and node.level == 1 and self.context.by_chapter:
            self.chapter = None if self.in_part else chapter_number(node.number)  # part 1 is not chapter 1
        inside: str | None = None
        if figure is None and isinstance(node, Numbered) and (kind := kind_of(node)):
            inside = self._number(node, kind)
        parts = count(1)
        for child in node.children_in_order():
            if inside and isinstance(child, Figure):
                letter = write_letter(next(parts)).lower()
                self.found[id(child)] = (f"{inside}({letter})", f"({letter})")
                self.count(child, inside)
            elif child.CHILDREN or isinstance(child, Numbered):
                self.count(child, figure)

    def _number(self, node: Numbered, kind: str) -> str | None:
        pattern = pattern_of(kind, self.words, self.context)
        own = self.context.kinds.get(kind)
        if pattern is None or "unnumbered" in node.classes or (own and own.numbered == "none"):
            bare = self.words.bare.get(kind) or (pattern or kind).replace("{}", "").strip()
            self.found[id(node)] = (None, bare)
            return None
        if isinstance(node, Equation) and (tag := plain_tag(node.tex)):
            self.found[id(node)] = (tag.removeprefix("(").removesuffix(")"), tag)  # the author's own mark, not counted
            return None
        if (known := self.alternatives.get(node.identifier or "")) is None:
            number = self._next(kind, None if own and own.numbered == "book" else self.chapter)
            known = number, f"({number})" if kind == "equation" else pattern.format(number)
        if node.identifier and self.partial.get(id(node)):
            self.alternatives[node.identifier] = known
        self.found[id(node)] = known
        return known[0] if isinstance(node, Figure) else None

    def _next(self, kind: str, chapter: str | None) -> str:
        self.counts[chapter, kind] += 1
        count = str(self.counts[chapter, kind])
        return f"{chapter}{words_of(self.language).joint}{count}" if chapter else count


def chapter_number(printed: str | None) -> str | None:
    """Return the number of a chapter as others bear it: “3” of “第三章”, “A” of “附录 A”; None where it has none."""
    found = _NUMERAL.search(printed or "")
    if not found:
        return None
    value = None if len(found[0]) == 1 and found[0].isalpha() and found[0].isascii() else read_numeral(found[0])
    return found[0] if value is None else str(value)

"""What of a book bears which number: the other side of a reference by number.

In: the tree, counted. Out: for each kind and number the identifiers that have it. A heading has the number that its
author typed and the one that is printed, so that both lead to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from octavo.document import Document, Figure, Heading, Numbered, Section, walk
from octavo.normalise.counted import kind_of
from octavo.normalise.numbers.mentions import Mention, read_parts
from octavo.normalise.numbers.numerals import write_letter
from octavo.normalise.numbers.styles import read_printed

Number = tuple[str, ...]

_COMPUTED_LETTER = re.compile(r"[A-Z]")
# What the unit of a heading's own number names: 第三章, 第二节.
_UNITS = {"章": "chapter", "节": "section", "節": "section", "部": "part", "部分": "part"}


@dataclass(slots=True)
class Targets:
    """Hold the identifiers by kind and number."""

    _found: defaultdict[tuple[str, Number], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, kind: str, number: Number, identifier: str) -> None:
        """Take in one."""
        self._found[kind, number].add(identifier)

    def of(self, mention: Mention) -> frozenset[str]:
        """Return what has the number of a mention: a part of a figure, else the figure."""
        found = self._found.get((mention.kind, mention.number))
        if found is None and mention.number[-1].islower():
            found = self._found.get((mention.kind, mention.number[:-1]))
        return frozenset(found or ())

    def misses(self, mention: Mention) -> bool:
        """Tell whether a mention that leads nowhere can only be meant for this book, which counts what it names."""
        *above, last = mention.number
        if mention.kind == "section" and above:
            kinds = ("section", "chapter", "appendix")
            return mention.points and any((kind, tuple(above)) in self._found for kind in kinds)
        if mention.kind in ("section", "part"):
            return False
        alike = [
            number for kind, number in self._found if kind == mention.kind and number[-1].isdigit() == last.isdigit()
        ]
        if above:
            return any(number[:-1] == tuple(above) for number in alike)
        return mention.points and sum(len(number) == 1 for number in alike) > 1


def targets_of(document: Document) -> Targets:
    """Return what of a book can be referred to by number."""
    targets = Targets()
    for node in walk(document, Section, Numbered):
        match node:
            case Section(heading=Heading(anchor=str(anchor)) as heading):
                for kind, number in _of_heading(heading):
                    targets.add(kind, number, anchor)
            case Numbered(anchor=str(anchor), number=str(counted)):
                counted_as = "figure" if isinstance(node, Figure) else kind_of(node)
                if counted_as and (parts := read_parts(counted, counted_as)):
                    targets.add(counted_as, parts, anchor)
    return targets


def _of_heading(heading: Heading) -> Iterator[tuple[str, Number]]:
    for printed in {heading.written_number, heading.number}:
        if printed is None:
            continue
        if _COMPUTED_LETTER.fullmatch(printed):
            yield "appendix", (printed,)
        elif (candidate := read_printed(printed)) is not None:
            head, *others = candidate.values
            number = (write_letter(head) if candidate.lettered else str(head), *map(str, others))
            style = candidate.style.partition("/")[0]
            for kind in _kinds(style, number, heading.level):
                yield kind, number


def _kinds(style: str, number: Number, level: int) -> tuple[str, ...]:
    """Return by which words one may refer to a heading that is numbered in a style."""
    if style.startswith("第"):
        unit = style[1:]
        return (_UNITS[unit],) if unit in _UNITS else ()
    if style in ("chapter", "part", "appendix"):
        return (style,)
    if style in ("digits", "letter", "§", "一、", "roman"):
        return ("section", "chapter") if level == 1 and len(number) == 1 else ("section",)
    return ()

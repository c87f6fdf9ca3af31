"""Where in the outline of the book a possible number stands: under which heading, beside which others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from octavo.normalise.numbers.facts import Facts
from octavo.normalise.numbers.styles import Candidate, Strength, Values

FAR = 3
"""A longer step than this (404 after 3) is no gap in the numbers: the text only looks like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Hold an accepted number; `path` goes on from the numbers above: 第一节 of 第二章 is 2.1."""

    values: Values
    path: Values
    lettered: bool

    def prefix_for(self, candidate: Candidate) -> Values | None:
        """Return what a dotted number right below has to begin with, or None where it cannot belong here."""
        fitting = (prefix for prefix in (self.values, self.path) if len(prefix) == len(candidate.values) - 1)
        return next(fitting, None) if candidate.lettered == self.lettered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Hold a candidate among those of its style and level.

    `place` is the heading under which it is counted, or a negative number for the chapter itself. `above` is the
    nearest number above it. `carried` counts the headings right below that go on from it (1.1, 1.2 below 1.).
    """

    index: int
    candidate: Candidate
    taken: bool
    place: int
    above: Number | None
    carried: int
    confirmed: bool = False
    falling: bool = False

    @property
    def values(self) -> Values:
        """Return what the candidate counts to, part by part."""
        return self.candidate.values

    @property
    def certain(self) -> bool:
        """Tell whether this is a number whatever stands around it."""
        return self.taken or self.candidate.strength is Strength.CLEAR

    @property
    def number(self) -> Number:
        """Return it as a number of the book, its path through the numbers above it included."""
        path = self.values if len(self.values) > 1 or not self.above else self.above.path + self.values
        return Number(values=self.values, path=path, lettered=self.candidate.lettered)


class Outline:
    """Hold the headings of the book in order, which one encloses which, and the numbers accepted so far."""

    def __init__(self, book: Sequence[Facts]) -> None:
        self.facts = [fact for facts in book for fact in facts]
        self.enclosing: list[int] = []
        self.numbers: dict[int, Number] = {}
        self._below: defaultdict[int, list[int]] = defaultdict(list)
        for chapter, facts in enumerate(book):
            open_headings: list[int] = []
            for fact in facts:
                while open_headings and self.facts[open_headings[-1]].level >= fact.level:
                    open_headings.pop()
                index = len(self.enclosing)
                self.enclosing.append(open_headings[-1] if open_headings else -1 - chapter)
                self._below[self.enclosing[-1]].append(index)
                open_headings.append(index)

    def groups(self) -> Iterator[list[int]]:
        """Yield the headings with candidates of one level and one style, higher levels first."""
        groups: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for index, fact in enumerate(self.facts):
            if fact.candidate and not fact.outside:
                groups[fact.level, fact.candidate.style].append(index)
        for key in sorted(groups):
            yield groups[key]

    def members(self, group: list[int]) -> list[Member]:
        """Return what is known about the candidates of a group, once the levels above are decided."""
        members = [self._member(index) for index in group]
        if any(member.candidate.strength > Strength.BARE for member in members):
            # After “4.”, a “5 Ways to Fail” is a title.
            members = [member for member in members if member.candidate.strength > Strength.BARE]
        falling = _falling(members)
        following = {a.index for a, b in pairwise(members) if b.values == next_of(a.values)}
        return [replace(m, confirmed=m.index in following, falling=m.index in falling) for m in members]

    def _member(self, index: int) -> Member:
        fact = self.facts[index]
        assert fact.candidate
        place = self.enclosing[index]
        numbered = place
        while numbered >= 0 and numbered not in self.numbers:
            numbered = self.enclosing[numbered]
        if numbered >= 0 and len(fact.candidate.values) > 1:
            place = numbered
        member = Member(
            index=index,
            candidate=fact.candidate,
            taken=fact.written is not None,
            place=place,
            above=self.numbers.get(numbered),
            carried=0,
        )
        return replace(member, carried=self._carried(member))

    def _carried(self, member: Member) -> int:
        count = 0
        for index in self._below[member.index]:
            below = self.facts[index]
            if below.candidate and not below.outside:
                prefix = member.number.prefix_for(below.candidate)
                if prefix is not None and below.candidate.values in ((*prefix, count), (*prefix, count + 1)):
                    count += 1
        return count


def _falling(members: list[Member]) -> set[int]:
    """Return those that count down, as change logs do: three in a row, or the only two in their place."""
    places: defaultdict[int, list[Member]] = defaultdict(list)
    for member in members:
        places[member.place].append(member)
    result: set[int] = set()
    for siblings in places.values():
        stretch = siblings[:1]
        for last, member in pairwise(siblings):
            stretch = [*stretch, member] if _falls(last.values, member.values) else [member]
            pair = len(siblings) == len(stretch) == 2 and last.values[:-1] == member.values[:-1]
            if len(stretch) > 2 or pair:
                result.update(one.index for one in stretch)
    return result


def _falls(before: Values, after: Values) -> bool:
    return after < before and (before[:-1] != after[:-1] or before[-1] - after[-1] <= FAR)


def next_of(values: Values) -> Values:
    """Return the number that comes after a number: 1.3 after 1.2."""
    return (*values[:-1], values[-1] + 1)

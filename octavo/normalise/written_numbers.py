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

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from octavo.diagnostics import Rule
from octavo.document import Block, Chapter, ChapterRole, Document, Heading, Inline, Section, Strong, Text
from octavo.normalise.context import Context
from octavo.normalise.number_styles import OBJECT, Candidate, Strength, Values, find_candidate, read_printed
from octavo.normalise.numerals import write_letter

_ENOUGH = 3
"""How many headings in sequence show that a level is numbered."""

_FAR = 3
"""A longer step than this (404 after 3) is no gap in the numbers: the text only looks like one."""


# ── Facts ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingFact:
    """State what one heading brings to the table of the book.

    `written` is a number taken out before. A heading that is `outside` has a label or is unnumbered: it neither has
    a number nor is it evidence.
    """

    level: int
    candidate: Candidate | None
    written: str | None
    outside: bool


Numbering: TypeAlias = Literal["auto", "written", "computed", "none"]
Facts: TypeAlias = tuple[HeadingFact, ...]


def chapter_facts(chapter: Chapter) -> Facts:
    """Return the facts of every heading of a chapter in reading order; those in quotations and lists are text."""
    return tuple(_fact(heading) for heading in _headings(chapter.children))


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Section):
            yield block.heading
            yield from _headings(block.children)


def _fact(heading: Heading) -> HeadingFact:
    outside = heading.label is not None or "unnumbered" in heading.classes
    candidate = None
    if heading.written_number is not None:
        candidate = read_printed(heading.written_number)
        if candidate and candidate.strength < Strength.MARKED:
            candidate = replace(candidate, strength=Strength.MARKED)  # only its separator is gone
    elif not outside:
        candidate = find_candidate(_beginning(heading))
    return HeadingFact(level=heading.level, candidate=candidate, written=heading.written_number, outside=outside)


def _line(heading: Heading) -> tuple[Inline, ...]:
    """Return the inlines of a heading, looking through one Strong around all of them."""
    match heading.children:
        case (Strong(children=children),):
            return children
        case children:
            return children


def _beginning(heading: Heading) -> str:
    match _line(heading):
        case (Text(text=text),):
            return text.rstrip()
        case (Text(text=text), *_):
            return text + OBJECT
        case _:
            return ""


# ── Where a possible number stands ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """Hold an accepted number; `path` goes on from the numbers above: 第一节 of 第二章 is 2.1."""

    values: Values
    path: Values
    lettered: bool

    def prefix_for(self, candidate: Candidate) -> Values | None:
        """Return what a dotted number right below has to begin with, or None where it cannot belong here."""
        fitting = (prefix for prefix in (self.values, self.path) if len(prefix) == len(candidate.values) - 1)
        return next(fitting, None) if candidate.lettered == self.lettered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """Hold a candidate among those of its style and level.

    `place` is the heading under which it is counted, or a negative number for the chapter itself. `above` is the
    nearest number above it. `carried` counts the headings right below that go on from it (1.1, 1.2 below 1.).
    """

    index: int
    candidate: Candidate
    taken: bool
    place: int
    above: _Number | None
    carried: int
    confirmed: bool = False
    falling: bool = False

    @property
    def values(self) -> Values:
        return self.candidate.values

    @property
    def certain(self) -> bool:
        return self.taken or self.candidate.strength is Strength.CLEAR

    @property
    def number(self) -> _Number:
        path = self.values if len(self.values) > 1 or not self.above else self.above.path + self.values
        return _Number(values=self.values, path=path, lettered=self.candidate.lettered)


class _Outline:
    """Hold the headings of the book in order, which one encloses which, and the numbers accepted so far."""

    def __init__(self, book: Sequence[Facts]) -> None:
        self.facts = [fact for facts in book for fact in facts]
        self.enclosing: list[int] = []
        self.numbers: dict[int, _Number] = {}
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

    def members(self, group: list[int]) -> list[_Member]:
        """Return what is known about the candidates of a group, once the levels above are decided."""
        members = [self._member(index) for index in group]
        if any(member.candidate.strength > Strength.BARE for member in members):
            # After “4.”, a “5 Ways to Fail” is a title.
            members = [member for member in members if member.candidate.strength > Strength.BARE]
        falling = _falling(members)
        following = {a.index for a, b in pairwise(members) if b.values == _next(a.values)}
        return [replace(m, confirmed=m.index in following, falling=m.index in falling) for m in members]

    def _member(self, index: int) -> _Member:
        fact = self.facts[index]
        assert fact.candidate
        place = self.enclosing[index]
        numbered = place
        while numbered >= 0 and numbered not in self.numbers:
            numbered = self.enclosing[numbered]
        if numbered >= 0 and len(fact.candidate.values) > 1:
            place = numbered
        member = _Member(
            index=index,
            candidate=fact.candidate,
            taken=fact.written is not None,
            place=place,
            above=self.numbers.get(numbered),
            carried=0,
        )
        return replace(member, carried=self._carried(member))

    def _carried(self, member: _Member) -> int:
        count = 0
        for index in self._below[member.index]:
            below = self.facts[index]
            if below.candidate and not below.outside:
                prefix = member.number.prefix_for(below.candidate)
                if prefix is not None and below.candidate.values in ((*prefix, count), (*prefix, count + 1)):
                    count += 1
        return count


def _falling(members: list[_Member]) -> set[int]:
    """Return those that count down, as change logs do: three in a row, or the only two in their place."""
    places: defaultdict[int, list[_Member]] = defaultdict(list)
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
    return after < before and (before[:-1] != after[:-1] or before[-1] - after[-1] <= _FAR)


def _next(values: Values) -> Values:
    return (*values[:-1], values[-1] + 1)


# ── Sequences ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """Hold a member that can be a number; `expected` where it is not what should come here.

    `begins` marks the first of a sequence, which alone continues nothing.
    """

    member: _Member
    expected: Values | None = None
    begins: bool = False


@dataclass(slots=True)
class _Sequence:
    """Walk through the members of a group and remember what is due next; `restarts` allows 1 in a new place."""

    restarts: bool
    place: int | None = None
    last: Values = ()
    due: tuple[Values, ...] = ()
    seen: set[Values] = field(default_factory=set)

    def step(self, member: _Member) -> _Step | None:
        """Return the next step, or None where the member is only text that looks like a number."""
        if member.falling and not member.certain:
            return None
        expected = self._expected(member)
        if member.values in expected:
            begins = member.values not in self.due and not (member.above and len(member.values) > 1)
            step = _Step(member=member, begins=begins)
        elif member.certain or self._is_near(member, expected):
            step = _Step(member=member, expected=expected[0] if expected else None)
        else:
            return None
        self._go(step)
        return step

    def _expected(self, member: _Member) -> tuple[Values, ...]:
        """Return what may come here, the likeliest first."""
        values, new_place = member.values, member.place != self.place
        if len(values) > 1 and member.above:
            prefix = member.above.prefix_for(member.candidate)
            if prefix is None:
                return ()
            return ((*prefix, 1), (*prefix, 0)) if new_place else self.due
        if not self.due or _needs_parent(member):
            return (values,) if _may_begin(member) else ()
        if len(values) > 1:
            opens = values[:-1] > self.last[:-1] and (new_place or values[-2] == self.last[-2] + 1)
            return (*self.due, (*values[:-1], 1)) if opens else self.due
        return ((1,), (0,), *self.due) if new_place and self.restarts else self.due

    def _is_near(self, member: _Member, expected: tuple[Values, ...]) -> bool:
        """Tell whether a number that does not fit is a gap, a double or under a wrong parent rather than text."""
        values = member.values
        if not expected or (member.candidate.strength is not Strength.MARKED and not member.confirmed):
            return False
        if values[:-1] != expected[0][:-1]:
            goes_on = bool(self.last) and values == _next(self.last)
            return member.above is not None and (goes_on or values[-1] == expected[0][-1])
        double = member.place == self.place and values in self.seen
        return double or member.carried > 1 or any(abs(values[-1] - due[-1]) <= _FAR for due in expected)

    def _go(self, step: _Step) -> None:
        member, values = step.member, step.member.values
        if step.expected is None:
            self.due = (_next(values),)
        elif values[:-1] == step.expected[:-1]:
            # The author may go on from what is written or from what should have been.
            self.due = (_next(values), _next(step.expected))
        else:
            self.due = (_next(step.expected),)
        if member.place != self.place:
            self.seen.clear()
        self.seen.add(values)
        self.place, self.last = member.place, values


def _needs_parent(member: _Member) -> bool:
    candidate = member.candidate
    return candidate.strength < Strength.WORD and (
        len(candidate.values) > 2 or (len(candidate.values) > 1 and candidate.lettered)
    )


def _may_begin(member: _Member) -> bool:
    """Tell whether a sequence may start here; a list of problems starts at 595, a log of versions at 9.7.6."""
    if member.certain or member.candidate.strength is Strength.WORD:
        return True
    if len(member.values) > 1:
        return not _needs_parent(member) and member.values[0] > 0 and member.values[1] == 1
    limit = 1 if member.candidate.strength < Strength.MARKED else 1 + _FAR
    return member.values[0] <= limit or member.carried > 1


def _restarts(members: list[_Member]) -> bool:
    """Tell whether numbers begin anew under each heading above, or count through the book."""
    moves = [(a.values, b.values) for a, b in pairwise(members) if a.place != b.place]
    anew = sum(after in ((0,), (1,)) for _, after in moves)
    onward = sum(after == _next(before) for before, after in moves)
    # Files of one book go on counting, sections of a chapter do not.
    return anew > onward if members[-1].place < 0 else anew >= onward


def _is_numbered(steps: list[_Step]) -> bool:
    """Weigh the evidence for one style on one level."""
    members = [step.member for step in steps]
    fitting = [step.member for step in steps if step.expected is None]
    explicit = [member for member in members if member.candidate.strength >= Strength.WORD]
    if any(member.certain for member in explicit):
        return True
    if explicit:
        return _longest_run(steps) > 1
    support = len({member.place for member in fitting if member.above and len(member.values) > 1})
    support += sum(member.carried for member in members if member.above or len(member.values) == 1)
    unexpected = len(steps) - len(fitting)
    return _longest_run(steps) + support >= _ENOUGH and len(fitting) + support > unexpected


def _longest_run(steps: list[_Step]) -> int:
    best = run = links = 0
    for step in steps:
        # 1, 1, 1 under three headings are no sequence, and a bare “1 Kings” does not go on from “2 Samuel”.
        weak = step.member.candidate.strength < Strength.MARKED
        if step.expected is not None or (step.begins and weak):
            run, links = 1, 0
        else:
            run, links = run + 1, links + (not step.begins)
        best = max(best, run if links else 1)
    return best


# ── The table ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Hold a number that a heading begins with, and the printed form that was expected where another was."""

    candidate: Candidate
    expected: str | None = None


def find_numbers(book: Sequence[Facts]) -> tuple[tuple[Finding | None, ...], ...]:
    """Return for each chapter what its headings are numbered with, judged by the whole book."""
    outline = _Outline(book)
    findings: dict[int, Finding] = {}
    for group in outline.groups():
        members = outline.members(group)
        sequence = _Sequence(restarts=_restarts(members))
        steps = [step for member in members if (step := sequence.step(member))]
        if _is_numbered(steps):
            for step in steps:
                candidate = step.member.candidate
                expected = candidate.printed_as(step.expected) if step.expected else None
                findings[step.member.index] = Finding(candidate=candidate, expected=expected)
                outline.numbers[step.member.index] = step.member.number
    indexes = iter(range(len(outline.facts)))
    return tuple(tuple(findings.get(next(indexes)) for _ in facts) for facts in book)


def computed_numbers(book: Sequence[Facts], roles: Sequence[ChapterRole]) -> tuple[tuple[str | None, ...], ...]:
    """Return the number of each heading by structure: 1, 1.1 through the body, A, A.1 through the appendices.

    Front and back matter have none, nor what stands under a heading without one: it would have to be 0.1.
    """
    counts = {"body": 0, "appendix": 0}
    result: list[tuple[str | None, ...]] = []
    for facts, role in zip(book, roles, strict=True):
        numbers: list[str | None] = []
        open_headings: list[tuple[int, str | None]] = []
        below: defaultdict[str, int] = defaultdict(int)
        for fact in facts:
            while open_headings and open_headings[-1][0] >= fact.level:
                open_headings.pop()
            number: str | None = None
            if role in counts and not fact.outside:
                if not open_headings:
                    counts[role] += 1
                    number = str(counts[role]) if role == "body" else write_letter(counts[role])
                elif (above := open_headings[-1][1]) is not None:
                    below[above] += 1
                    number = f"{above}.{below[above]}"
            open_headings.append((fact.level, number))
            numbers.append(number)
        result.append(tuple(numbers))
    return tuple(result)


# ── The pass ──────────────────────────────────────────────────────────────────────────────────────


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
    table = _table(book, [chapter.role for chapter in document.chapters], context.numbering)
    chapters = tuple(
        _read_chapter(chapter, verdicts, context) for chapter, verdicts in zip(document.chapters, table, strict=True)
    )
    return document if _same(chapters, document.chapters) else replace(document, chapters=chapters)


def _table(book: Sequence[Facts], roles: Sequence[ChapterRole], numbering: Numbering) -> list[list[Verdict]]:
    if numbering == "written":
        found = find_numbers([tuple(_vouched(fact) for fact in facts) for facts in book])
    else:
        found = find_numbers(book)
    computed = computed_numbers(book, roles)
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
    for heading, verdict in zip(_headings(chapter.children), verdicts, strict=True):
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
    first, *others = _line(heading)
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

"""Evidence: which possible numbers follow one another, so that a level of headings is numbered by them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from octavo.normalise.numbers.outline import FAR, Member, next_of
from octavo.normalise.numbers.styles import Strength, Values

_ENOUGH = 3
"""How many headings in sequence show that a level is numbered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Hold a member that can be a number; `expected` where it is not what should come here.

    `begins` marks the first of a sequence, which alone continues nothing.
    """

    member: Member
    expected: Values | None = None
    begins: bool = False


@dataclass(slots=True)
class Run:
    """Walk through the members of a group and remember what is due next; `restarts` allows 1 in a new place."""

    restarts: bool
    place: int | None = None
    last: Values = ()
    due: tuple[Values, ...] = ()
    seen: set[Values] = field(default_factory=set)

    def step(self, member: Member) -> Step | None:
        """Return the next step, or None where the member is only text that looks like a number."""
        if member.falling and not member.certain:
            return None
        expected = self._expected(member)
        if member.values in expected:
            begins = member.values not in self.due and not (member.above and len(member.values) > 1)
            step = Step(member=member, begins=begins)
        elif member.certain or self._is_near(member, expected):
            step = Step(member=member, expected=expected[0] if expected else None)
        else:
            return None
        self._go(step)
        return step

    def _expected(self, member: Member) -> tuple[Values, ...]:
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

    def _is_near(self, member: Member, expected: tuple[Values, ...]) -> bool:
        """Tell whether a number that does not fit is a gap, a double or under a wrong parent rather than text."""
        values = member.values
        if not expected or (member.candidate.strength is not Strength.MARKED and not member.confirmed):
            return False
        if values[:-1] != expected[0][:-1]:
            goes_on = bool(self.last) and values == next_of(self.last)
            return member.above is not None and (goes_on or values[-1] == expected[0][-1])
        double = member.place == self.place and values in self.seen
        return double or member.carried > 1 or any(abs(values[-1] - due[-1]) <= FAR for due in expected)

    def _go(self, step: Step) -> None:
        member, values = step.member, step.member.values
        if step.expected is None:
            self.due = (next_of(values),)
        elif values[:-1] == step.expected[:-1]:
            # The author may go on from what is written or from what should have been.
            self.due = (next_of(values), next_of(step.expected))
        else:
            self.due = (next_of(step.expected),)
        if member.place != self.place:
            self.seen.clear()
        self.seen.add(values)
        self.place, self.last = member.place, values


def _needs_parent(member: Member) -> bool:
    candidate = member.candidate
    return candidate.strength < Strength.WORD and (
        len(candidate.values) > 2 or (len(candidate.values) > 1 and candidate.lettered)
    )


def _may_begin(member: Member) -> bool:
    """Tell whether a sequence may start here; a list of problems starts at 595, a log of versions at 9.7.6."""
    if member.certain or member.candidate.strength is Strength.WORD:
        return True
    if len(member.values) > 1:
        return not _needs_parent(member) and member.values[0] > 0 and member.values[1] == 1
    limit = 1 if member.candidate.strength < Strength.MARKED else 1 + FAR
    return member.values[0] <= limit or member.carried > 1


def restarts(members: list[Member]) -> bool:
    """Tell whether numbers begin anew under each heading above, or count through the book."""
    moves = [(a.values, b.values) for a, b in pairwise(members) if a.place != b.place]
    anew = sum(after in ((0,), (1,)) for _, after in moves)
    onward = sum(after == next_of(before) for before, after in moves)
    # Files of one book go on counting, sections of a chapter do not.
    return anew > onward if members[-1].place < 0 else anew >= onward


def is_numbered(steps: list[Step]) -> bool:
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


def _longest_run(steps: list[Step]) -> int:
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

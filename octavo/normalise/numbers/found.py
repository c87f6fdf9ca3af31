"""The numbers that authors typed, told from text that looks like them by the evidence of the whole book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.normalise.numbers.facts import Facts
from octavo.normalise.numbers.outline import Outline
from octavo.normalise.numbers.sequences import Run, is_numbered, restarts
from octavo.normalise.numbers.styles import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Hold a number that a heading begins with, and the printed form that was expected where another was."""

    candidate: Candidate
    expected: str | None = None


def find_numbers(book: Sequence[Facts]) -> tuple[tuple[Finding | None, ...], ...]:
    """Return for each chapter what its headings are numbered with, judged by the whole book."""
    outline = Outline(book)
    findings: dict[int, Finding] = {}
    for group in outline.groups():
        members = outline.members(group)
        run = Run(restarts=restarts(members))
        steps = [step for member in members if (step := run.step(member))]
        if is_numbered(steps):
            for step in steps:
                candidate = step.member.candidate
                expected = candidate.printed_as(step.expected) if step.expected else None
                findings[step.member.index] = Finding(candidate=candidate, expected=expected)
                outline.numbers[step.member.index] = step.member.number
    indexes = iter(range(len(outline.facts)))
    return tuple(tuple(findings.get(next(indexes)) for _ in facts) for facts in book)

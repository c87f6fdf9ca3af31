"""The numbers that the structure of the book gives to its headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from octavo.document import ChapterRole
from octavo.normalise.numbers.facts import Facts
from octavo.normalise.numbers.numerals import write_letter


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

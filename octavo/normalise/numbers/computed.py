"""The numbers that the structure of the book gives to its headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from octavo.document import ChapterRole
from octavo.normalise.numbers.facts import Facts
from octavo.normalise.numbers.named import appendix_number, part_number
from octavo.normalise.numbers.numerals import write_letter


def computed_numbers(
    book: Sequence[Facts], roles: Sequence[ChapterRole], language: str
) -> tuple[tuple[str | None, ...], ...]:
    """Return the number of each heading by structure: 1, 1.1 through the body, A, A.1 through the appendices.

    Parts and appendices are printed with their word, in the language of the book. Front and back matter have no number,
    nor what stands under a heading without one: it would have to be 0.1.
    """
    counts: dict[ChapterRole, int] = {"part": 0, "body": 0, "appendix": 0}
    result: list[tuple[str | None, ...]] = []
    for facts, role in zip(book, roles, strict=True):
        numbers: list[str | None] = []
        open_headings: list[tuple[int, str | None]] = []
        below: defaultdict[str, int] = defaultdict(int)
        for fact in facts:
            while open_headings and open_headings[-1][0] >= fact.level:
                open_headings.pop()
            number: str | None = None
            printed: str | None = None
            if not fact.outside:
                if not open_headings:
                    number, printed = _count(fact.role or role, counts, language)
                elif (above := open_headings[-1][1]) is not None:
                    below[above] += 1
                    number = f"{above}.{below[above]}"
            open_headings.append((fact.level, number))
            numbers.append(printed or number)
        result.append(tuple(numbers))
    return tuple(result)


def _count(role: ChapterRole, counts: dict[ChapterRole, int], language: str) -> tuple[str | None, str | None]:
    """Return the next number of a role, as the numbers below it begin, and as it is printed where that differs."""
    if role not in counts:
        return None, None
    counts[role] += 1
    match role:
        case "part":
            return None, part_number(counts[role], language)
        case "appendix":
            return write_letter(counts[role]), appendix_number(counts[role], language)
        case _:
            return str(counts[role]), None

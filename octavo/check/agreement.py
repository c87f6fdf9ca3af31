"""Agreement: what one output says, every other says too, the same words, numbers and links in the same order.

Each kind of fact is held against that of the output which most others agree with, so that the odd one out is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TypeAlias

from octavo.check.alternatives import without_alternatives
from octavo.check.facts import Facts
from octavo.check.parity import FORMAT_OF
from octavo.check.tree_places import Places
from octavo.diagnostics import Position, Report, Rule
from octavo.document import Document

_LENGTH = 30

# What the one has, what the other has in its place, and where that was written.
_Difference: TypeAlias = tuple[str, str, Position | None]


def check_agreement(document: Document, outputs: Mapping[str, Facts], report: Report) -> None:
    """Report where an output differs from the others; `outputs` are facts by the name of the output."""
    places = Places.of(document)
    outputs = {name: without_alternatives(document, facts, FORMAT_OF[name]) for name, facts in outputs.items()}
    _check_identifiers(places, outputs, report)
    for each in _COMPARISONS:
        _compare(each, {name: each.read(facts, places) for name, facts in outputs.items()}, places, report)


def _check_identifiers(places: Places, outputs: Mapping[str, Facts], report: Report) -> None:
    for identifier, position in places.identifiers.items():
        for name, facts in outputs.items():
            if identifier not in facts.identifiers:
                report.add(Rule.CHECK_PARITY, position, f"{name} lacks the identifier “{identifier}”")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """Say what is read from the facts of an output, and how it is held against that of another."""

    read: Callable[[Facts, Places], Sequence[str]]
    differences: Callable[[Sequence[str], Sequence[str], Places], Iterator[_Difference]]


def _compare(comparison: _Comparison, read: Mapping[str, Sequence[str]], places: Places, report: Report) -> None:
    if not read:
        return
    model = max(read, key=lambda name: sum(other == read[name] for other in read.values()))
    for name, other in read.items():
        for there, here, position in comparison.differences(read[model], other, places):
            report.add(Rule.CHECK_PARITY, position, f"{model} has {there}, {name} has {here}")


def _differing_headings(one: Sequence[str], other: Sequence[str], places: Places) -> Iterator[_Difference]:
    return _first_difference("heading", one, other, places.headings)


def _differing_notes(one: Sequence[str], other: Sequence[str], places: Places) -> Iterator[_Difference]:
    return _first_difference("note", one, other, places.notes)


def _first_difference(
    kind: str, one: Sequence[str], other: Sequence[str], places: Sequence[Position]
) -> Iterator[_Difference]:
    """Yield only the first, for all that follows is shifted, and would be reported for no reason."""
    for index, (there, here) in enumerate(zip_longest(one, other)):
        if there != here:
            known = places if len(places) == len(one) else ()  # else they are not those of what was compared
            yield _quoted(kind, there), _quoted(kind, here), next(iter([*known[index:], *known[-1:]]), None)
            return


def _differing_links(one: Sequence[str], other: Sequence[str], places: Places) -> Iterator[_Difference]:
    """Yield each target that is not linked to as often, or else the first link that leads elsewhere."""
    counts, others = Counter(one), Counter(other)
    if counts == others:
        for there, here, _ in _first_difference("link to", one, other, ()):
            yield there, here, places.links.get(next(a for a, b in zip(one, other, strict=True) if a != b))
    for target in sorted((counts - others) | (others - counts)):
        yield f"{counts[target]} × a link to “{target}”", str(others[target]), places.links.get(target)


def _differing_words(one: Sequence[str], other: Sequence[str], places: Places) -> Iterator[_Difference]:
    if one == other:
        return
    at = next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(one), len(other)) if at is None else at
    # A stretch around the first difference: matching whole books would take minutes.
    there, here = one[at : at + 200], other[at : at + 200]
    for kind, a, b, c, d in SequenceMatcher(None, there, here, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _quoted("text", str(there[a : b or a + 1])), _quoted("text", str(here[c : d or c + 1])), None
            return


def _quoted(kind: str, text: str | None) -> str:
    if not text:
        return f"no {kind}"
    return f"the {kind} “{text if len(text) <= _LENGTH else text[:_LENGTH] + '…'}”"


_COMPARISONS = (
    _Comparison(read=lambda facts, places: facts.headings, differences=_differing_headings),
    _Comparison(
        read=lambda facts, places: [f"{number} {text}" for number, text in facts.notes],
        differences=_differing_notes,
    ),
    _Comparison(
        read=lambda facts, places: [places.named(to) for to in (*facts.links, *facts.note_links)],
        differences=_differing_links,
    ),
    _Comparison(
        read=lambda facts, places: [*facts.addresses, *facts.note_addresses],
        differences=_differing_links,
    ),
    _Comparison(read=lambda facts, places: facts.words, differences=_differing_words),
)

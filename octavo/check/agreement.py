"""Agreement: what one output says, every other says too, the same words, numbers and links in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from octavo.check.facts import Facts
from octavo.diagnostics import Report, Rule
from octavo.document import Document, Heading, walk

_LENGTH = 30


def check_agreement(document: Document, outputs: Mapping[str, Facts], report: Report) -> None:
    """Report where an output differs from the first one; `outputs` are facts by the name of the output."""
    if len(outputs) < 2:
        return
    first, *others = outputs
    aliases = _first_headings(document)
    for name in others:
        say = _sayer(first, name, report)
        one, other = outputs[first], outputs[name]
        _compare_in_order("heading", one.headings, other.headings, say)
        _compare_in_order("note", _noted(one), _noted(other), say)
        for identifier in one.identifiers:
            if identifier not in other.identifiers:
                say(f"the identifier “{identifier}”", "none")
        _compare_counts("link to", _named(one.links, aliases), _named(other.links, aliases), say)
        _compare_counts("link to", one.addresses, other.addresses, say)
        _compare_words(one.words, other.words, say)


def _sayer(first: str, name: str, report: Report) -> Callable[[str, str], None]:
    def say(there: str, here: str) -> None:
        report.add(Rule.CHECK_PARITY, None, f"{first} has {there}, {name} has {here}")

    return say


def _first_headings(document: Document) -> dict[str, str]:
    """Return for each chapter the heading that a link to it leads to in the formats without chapters."""
    return {
        chapter.identifier: next(
            (node.anchor for node in walk(chapter) if isinstance(node, Heading) and node.anchor), chapter.identifier
        )
        for chapter in document.chapters
        if chapter.identifier
    }


def _named(links: Counter[str], aliases: Mapping[str, str]) -> Counter[str]:
    return Counter(aliases.get(target, target) for target in links.elements())


def _noted(facts: Facts) -> list[str]:
    return [f"{number} {text}" for number, text in facts.notes]


def _compare_in_order(kind: str, one: Sequence[str], other: Sequence[str], say: Callable[[str, str], None]) -> None:
    for there, here in zip_longest(one, other):
        if there != here:
            say(_quoted(kind, there), _quoted(kind, here))
            return  # all that follows is shifted, and would be reported for no reason


def _compare_counts(kind: str, one: Counter[str], other: Counter[str], say: Callable[[str, str], None]) -> None:
    for target in sorted((one - other) | (other - one)):
        say(f"{one[target]} × a {kind} “{target}”", str(other[target]))


def _compare_words(one: str, other: str, say: Callable[[str, str], None]) -> None:
    if one == other:
        return
    at = next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(one), len(other)) if at is None else at
    # A stretch around the first difference: matching whole books would take minutes.
    there, here = one[at : at + 200], other[at : at + 200]
    for kind, a, b, c, d in SequenceMatcher(None, there, here, autojunk=False).get_opcodes():
        if kind != "equal":
            say(_quoted("text", there[a : b or a + 1]), _quoted("text", here[c : d or c + 1]))
            return


def _quoted(kind: str, text: str | None) -> str:
    if not text:
        return f"no {kind}"
    return f"the {kind} “{text if len(text) <= _LENGTH else text[:_LENGTH] + '…'}”"

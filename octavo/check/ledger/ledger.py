"""The pictures of the book beside what each output says in their stead → the ledger, and what is wrong in it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from octavo.check.ledger.entry import Entry, Item
from octavo.check.ledger.telling import LONGEST, length
from octavo.check.ledger.written import entries_of
from octavo.check.parity import FORMAT_OF
from octavo.check.texts import squeeze
from octavo.diagnostics import Report, Rule
from octavo.render.edition import Edition

_LENGTH = 40


def keep_ledger(edition: Edition, outputs: Mapping[str, Sequence[Item]], report: Report) -> tuple[Entry, ...]:
    """Return the ledger of a book, and report what is wrong; `outputs` say by name what they have of each picture.

    That nothing is said in the stead of a picture was reported when the book was read.
    """
    ledger = compare(list(entries_of(edition)), outputs)
    for entry in ledger:
        _check_words(entry, report)
        _check_outputs(entry, report)
    return tuple(ledger)


def compare(entries: Sequence[Entry], outputs: Mapping[str, Sequence[Item]]) -> list[Entry]:
    """Return the entries with what each output says of them."""
    carried: list[dict[str, str | None]] = [{} for _ in entries]
    for name, items in outputs.items():
        shown = [index for index, entry in enumerate(entries) if FORMAT_OF[name] in entry.formats]
        for kind in ("picture", "formula", "cover"):
            own = [index for index in shown if entries[index].item == kind]
            texts = [item.text for item in items if item.kind == kind]
            for index, text in zip(own, _paired([entries[index].alternative for index in own], texts), strict=True):
                carried[index][name] = text
    return [replace(entry, carried=told) for entry, told in zip(entries, carried, strict=True)]


def _paired(wanted: Sequence[str], found: Sequence[str | None]) -> list[str | None]:
    """Return for each text that is wanted the one that was found for it.

    Notes stand elsewhere in each format, and headings stand in the contents too: so equal texts are paired first, in
    whatever order; what is left over then is paired in order, where it is as many on both sides.
    """
    by_text: dict[str, deque[int]] = defaultdict(deque)
    for number, text in enumerate(found):
        by_text[squeeze(text or "")].append(number)
    pairs = {index: same.popleft() for index, text in enumerate(wanted) if (same := by_text[squeeze(text)])}
    left = [index for index in range(len(wanted)) if index not in pairs]
    unclaimed = sorted(number for numbers in by_text.values() for number in numbers)
    if len(left) == len(unclaimed):
        pairs.update(zip(left, unclaimed, strict=True))
    return [found[pairs[index]] if index in pairs else None for index in range(len(wanted))]


def _check_words(entry: Entry, report: Report) -> None:
    shown = entry.alternative if len(entry.alternative) <= _LENGTH else f"{entry.alternative[:_LENGTH]}…"
    hint = "say what the picture shows and why it stands there, in a sentence"
    match entry.state:
        case "name":
            report.add(Rule.CHECK_ALTERNATIVE, entry.position, f"the alternative “{shown}” is the name of a file", hint)
        case "word":
            told = f"the alternative “{shown}” does not say what the picture shows"
            report.add(Rule.CHECK_ALTERNATIVE, entry.position, told, hint)
        case "long":
            told = f"the alternative “{shown}” is as long as {length(entry.alternative)} letters, over {LONGEST}"
            hint = "say in a sentence what the picture shows, and the rest in the text, for everybody"
            report.add(Rule.CHECK_ALTERNATIVE, entry.position, told, hint)
        case "caption":
            told = f"the alternative of “{entry.source}” is its caption, which listeners hear twice"
            hint = "say in {alt=…} what the picture shows, where the caption does not"
            report.add(Rule.CHECK_ALTERNATIVE_CAPTION, entry.position, told, hint)


def _check_outputs(entry: Entry, report: Report) -> None:
    for name, text in entry.carried.items():
        if not entry.decorative and squeeze(text or "") != squeeze(entry.alternative):
            there = f"“{text[:_LENGTH]}”" if text else "nothing"
            told = f"{name} has {there} in the stead of a picture, not “{entry.alternative[:_LENGTH]}”"
            report.add(Rule.CHECK_ALTERNATIVE_LOST, entry.position, told)

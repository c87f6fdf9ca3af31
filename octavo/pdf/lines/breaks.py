"""Where a line may end, and what that costs.

What Unicode allows (UAX #14, as Pango has it) is taken for the whole paragraph, whatever box a character is in. Two
things more: a line may end before or behind the quotation marks of Han, which Unicode takes for ambiguous; and Latin
words may be hyphenated in a Chinese line too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyphen
from weasyprint.text.line_break import get_log_attrs

from octavo.pdf.lines.characters import HANGING_BEHIND, Kind
from octavo.pdf.lines.hyphens import hyphenator
from octavo.pdf.lines.measure import measure
from octavo.pdf.lines.paragraph import EMERGENCY_COST, Break, Leaf

HYPHEN_COST = 200.0
# Words of alphabets for which there are patterns; a sign of Han beside one is no part of it.
_WORD = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]+")
_SOFT_HYPHEN = "\u00ad"


def breaks_of(
    text: str, kinds: Sequence[Kind], leaves: Sequence[Leaf], leaf_numbers: Sequence[int], style: Any, context: Any
) -> list[Break]:
    """Return where lines may end, in order."""
    found: dict[int, Break] = {at: Break(at) for at in _allowed(text, kinds, leaves, leaf_numbers, style)}
    for leaf in leaves:
        if not leaf.node.is_text or leaf.keeps_together:
            continue
        width, hyphen = None, leaf.node.box.style["hyphenate_character"]
        for at in _hyphenations(leaf, context):
            if at in found and text[at - 1] != _SOFT_HYPHEN:
                continue
            if width is None:
                measured = measure(hyphen, leaf.node.box.style, (), ())
                width = sum(measured.widths) * (1 - HANGING_BEHIND.get(hyphen, 0.0)) if measured else 0.0
            found[at] = Break(at, HYPHEN_COST, width)
        for at in _emergencies(leaf):
            found.setdefault(at, Break(at, EMERGENCY_COST, is_emergency=True))
    for at, character in enumerate(text, 1):
        if character == "\n":
            found[at] = Break(at, forced=True)
    found[len(text)] = Break(len(text), forced=True)
    found.pop(0, None)
    return [found[at] for at in sorted(found)]


def _allowed(
    text: str, kinds: Sequence[Kind], leaves: Sequence[Leaf], leaf_numbers: Sequence[int], style: Any
) -> Iterator[int]:
    attributes = get_log_attrs(text, style["lang"])
    for at in range(1, len(text)):
        if not (attributes[at].is_line_break or _is_beside_quotation(at, text, kinds)):
            continue
        here, there = leaves[leaf_numbers[at - 1]], leaves[leaf_numbers[at]]
        if here is there and here.keeps_together:
            continue
        if there.is_label and there is not here and not text[at - 1].isspace():
            continue  # a note is not called at the beginning of a line
        if not _is_empty_before(at, text):
            yield at


def _is_empty_before(at: int, text: str) -> bool:
    """Tell whether there are only spaces on a line that would end here."""
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return at == 0 or text[at - 1] == "\n"


def _is_beside_quotation(at: int, text: str, kinds: Sequence[Kind]) -> bool:
    """Tell whether a quotation in marks of Han begins or ends here (LB19a of UAX #14, since Unicode 16)."""
    before, after = kinds[at - 1], kinds[at]
    if text[at] in "“‘" and after is Kind.OPENING:
        return before in (Kind.HAN, Kind.CLOSING)
    return text[at - 1] in "”’" and before is Kind.CLOSING and after in (Kind.HAN, Kind.OPENING)


def _hyphenations(leaf: Leaf, context: Any) -> Iterator[int]:
    style, start = leaf.node.box.style, leaf.node.start
    if style["hyphens"] == "none":
        return
    for index, character in enumerate(leaf.text[:-1]):
        if character == _SOFT_HYPHEN:
            yield start + index + 1
    if style["hyphens"] != "auto" or leaf.is_code:
        return
    total, left, right = style["hyphenate_limit_chars"]
    dictionary = _dictionary(style["lang"] or "", (total, left, right), context)
    if dictionary is None:
        return
    for word in _WORD.finditer(leaf.text):
        if len(word[0]) >= total:
            yield from (start + word.start() + at for at in dictionary.positions(word[0]))


def _dictionary(language: str, limits: tuple[int, int, int], context: Any) -> Any:
    if language[:2] in ("zh", "ja", "ko"):
        language = "en"  # which Latin words in such texts mostly are
    name = pyphen.language_fallback(language) if language else None
    if name is None:
        return None
    total, left, right = limits
    key = (name, left, right, total)
    if key not in context.dictionaries:
        context.dictionaries[key] = hyphenator(name, left, right)
    return context.dictionaries[key]


def _emergencies(leaf: Leaf) -> Iterable[int]:
    # Where it says break-word, only a word that is wider than a line is broken: `Paragraph.stops_in`.
    if leaf.node.box.style["overflow_wrap"] != "anywhere":
        return ()
    return range(leaf.node.start + 1, leaf.node.end)

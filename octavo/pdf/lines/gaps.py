"""The gaps between the characters of a line: which there are, and how far each gives when the line is spread.

Between two marks half a square is left out; Han and Latin stand a quarter of an em apart, without a character between
them (CLREQ 3.1.6.1, 3.1.9; JLREQ 3.1.4, 3.2.6). When a line is spread a space between words takes three shares and a
gap beside a sign of Han one; none is before a mark that closes, behind one that opens, or inside code.
"""

from __future__ import annotations

from collections.abc import Sequence

from octavo.pdf.lines.characters import PAIRED, Kind
from octavo.pdf.lines.paragraph import OBJECT, Gaps, Leaf

SHARE = 0.05  # em: what a gap beside a sign of Han takes with ease
WORD_SHARE = 3 * SHARE
_AUTOSPACE = 0.25  # em
_AUTOSPACE_GIVES = 0.125  # em
_SPACE_GIVES = 1 / 12  # em: a third of a common space
_MARK_GIVES = 0.25  # em of the blank half of a mark

_SQUARES = (Kind.HAN, Kind.OPENING, Kind.CLOSING, Kind.MARK)
_BEFORE_HAN = (Kind.LETTER, Kind.BEHIND)
_AFTER_HAN = (Kind.LETTER, Kind.BEFORE)


def gaps_of(
    text: str,
    kinds: Sequence[Kind],
    leaves: Sequence[Leaf],
    leaf_numbers: Sequence[int],
    leadings: Sequence[float],
    trailings: Sequence[float],
) -> Gaps:
    """Return the gaps behind the characters of a paragraph."""
    natural, stretch, shrink = ([0.0] * len(text) for _ in range(3))
    after_number = 1 if text.startswith(OBJECT) else -1  # a number of its own width begins the line
    own = [leaves[number] for number in leaf_numbers]
    for index, (one, other, here, there) in enumerate(zip(kinds, kinds[1:], own, own[1:], strict=False)):
        if one is Kind.SPACE:
            if not here.is_code and index != after_number:
                stretch[index], shrink[index] = WORD_SHARE * here.em, _SPACE_GIVES * here.em
            continue
        if other is Kind.SPACE or here.is_label or there.is_label:
            continue
        if one in _SQUARES or other in _SQUARES:
            em = min(here.em, there.em)
            if one is other is Kind.HAN:  # most gaps there are
                stretch[index] = SHARE * em
                continue
            natural[index] = -_squeezed(one, other, leadings[index + 1], trailings[index])
            if _may_open(text[index], text[index + 1], one, other):
                stretch[index] = SHARE * em
                if _is_autospaced(one, other):
                    natural[index], shrink[index] = _AUTOSPACE * em, _AUTOSPACE_GIVES * em
                elif trailings[index]:
                    shrink[index] = _MARK_GIVES * em
    return Gaps(natural, stretch, shrink)


def _squeezed(one: Kind, other: Kind, leading: float, trailing: float) -> float:
    """Return what is left out between two marks: the blank half of one of them."""
    if one is Kind.CLOSING and other in (Kind.OPENING, Kind.CLOSING):
        return trailing
    if one is Kind.OPENING and other is Kind.OPENING:
        return leading
    return 0.0


def _is_autospaced(one: Kind, other: Kind) -> bool:
    return (one is Kind.HAN and other in _AFTER_HAN) or (one in _BEFORE_HAN and other is Kind.HAN)


def _may_open(character: str, following: str, one: Kind, other: Kind) -> bool:
    if one is Kind.OPENING or other is Kind.CLOSING:
        return False
    if Kind.OTHER in (one, other):  # Latin marks stand close to what they belong to
        return False
    return not (character == following and character in PAIRED)

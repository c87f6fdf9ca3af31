"""WeasyPrint's boxes → a Paragraph, or None where a line holds what is left to WeasyPrint: floats, kept line ends and
spaces, text from right to left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from octavo.pdf.lines.breaks import breaks_of
from octavo.pdf.lines.characters import HANGING_BEFORE, HANGING_BEHIND, Kind, kind_of
from octavo.pdf.lines.gaps import gaps_of
from octavo.pdf.lines.measure import measure
from octavo.pdf.lines.paragraph import OBJECT, Leaf, Node, Paragraph, leaves_of
from octavo.pdf.lines.ruby import read_ruby

Width = Callable[[Node], float]
Blanks = dict[int, tuple[float, float]]

_CODE = frozenset({"code", "kbd", "samp", "var", "tt"})
_SMALL = 0.8  # of the letters around it
_SQUARE = 0.9  # em: the least that a full-width mark is wide
_BLANK = 0.4  # em: the least that is blank in the half of a mark that can be left out
_LINE_ENDS = re.compile("[\n\r\t\f\v\x85\u2028\u2029]")
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Quotations without Han, and apostrophes: their marks are those of Latin text.
_LATIN_MARKS = re.compile(
    f"“[^“”{_HAN}]*[A-Za-z][^“”{_HAN}]*”|‘[^‘’{_HAN}]*[A-Za-z][^‘’{_HAN}]*’|(?<=[A-Za-z0-9])’(?=[A-Za-z])"
)


class _LeftToWeasyPrintError(Exception):
    """Tell that a paragraph holds what is not set here."""


def signature_of(box: Any) -> tuple[object, ...]:
    """Return what tells whether a paragraph is still the one that was read: the boxes in it, and their texts."""

    def walk(box: Any) -> Iterator[object]:
        for child in box.children:
            yield id(child)
            if isinstance(child, boxes.TextBox):
                yield child.text
            elif isinstance(child, boxes.InlineBox):
                yield from walk(child)

    return tuple(walk(box))


def read_paragraph(line: Any, context: Any, width_of: Width) -> Paragraph | None:
    """Return the paragraph that a line box holds, or None where it is left to WeasyPrint.

    `width_of` measures a box that is no text.
    """
    try:
        root = _node(line, 0)
        leaves = [_leaf(node, line) for node in leaves_of(root)]
    except _LeftToWeasyPrintError:
        return None
    if not leaves:
        return None
    text = "".join(leaf.text for leaf in leaves)
    _find_latin_marks(text, leaves)
    measured = _measure(leaves, width_of)
    if measured is None:
        return None
    widths, blanks = measured
    numbers = [number for number, leaf in enumerate(leaves) for _ in leaf.text]
    kinds = [_kind(index, text, leaves[numbers[index]], widths, blanks) for index in range(len(text))]
    leadings, trailings = [0.0] * len(text), [0.0] * len(text)
    for index, (before, behind) in blanks.items():
        em = leaves[numbers[index]].em
        leadings[index] = em / 2 if kinds[index] is Kind.OPENING and before >= _BLANK * em else 0.0
        trailings[index] = em / 2 if kinds[index] is Kind.CLOSING and behind >= _BLANK * em else 0.0
    if line.style["text_align_all"] == "justify":
        _hang(text, kinds, widths, leadings, trailings)
    bare = list(widths)
    _add_edges(root, widths)
    gaps = gaps_of(text, kinds, leaves, numbers, leadings, trailings)
    paragraph = Paragraph(root, leaves, numbers, text, widths, bare, leadings, trailings, gaps, line.style["font_size"])
    paragraph.allow(breaks_of(text, kinds, leaves, numbers, line.style, context))
    return paragraph


def _measure(leaves: Sequence[Leaf], width_of: Width) -> tuple[list[float], Blanks] | None:
    """Return the width of each character, and the blanks around the ink of marks; None for text from right to left."""
    widths: list[float] = []
    blanks: Blanks = {}
    for leaf in leaves:
        if leaf.node.ruby:
            widths.append(leaf.node.ruby.width)
        elif not leaf.node.is_text:
            widths.append(width_of(leaf.node))
        elif leaf.text == "\n":
            widths.append(0.0)
        else:
            marks = [i for i, mark in enumerate(leaf.text) if kind_of(mark) in (Kind.OPENING, Kind.CLOSING)]
            measured = measure(leaf.text, leaf.node.box.style, leaf.proportional, marks)
            if measured is None:
                return None
            widths += measured.widths
            blanks |= {leaf.node.start + index: blank for index, blank in measured.blanks.items()}
    return widths, blanks


def _node(box: Any, start: int) -> Node:
    if isinstance(box, boxes.TextBox):
        return Node(box, start, start + len(box.text), is_text=True)
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        return Node(box, start, start + 1)
    if ruby := read_ruby(box):
        return Node(box, start, start + 1, ruby=ruby)
    if box.style["direction"] != "ltr":
        raise _LeftToWeasyPrintError
    children, at = [], start
    for child in box.children:
        if not child.is_in_normal_flow() or isinstance(child, boxes.InlineFlexBox | boxes.InlineGridBox):
            raise _LeftToWeasyPrintError
        children.append(_node(child, at))
        at = children[-1].end
    return Node(box, start, at, children)


def _leaf(node: Node, line: Any) -> Leaf:
    box, style = node.box, node.box.style
    em = style["font_size"]
    if not node.is_text:
        return Leaf(node, OBJECT, em)
    breaks_off = style["white_space"] == "pre-line" and box.text == "\n"
    keeps = style["white_space"] in ("pre", "nowrap")
    if not em or not (breaks_off or (not _LINE_ENDS.search(box.text) and (keeps or style["white_space"] == "normal"))):
        raise _LeftToWeasyPrintError
    return Leaf(
        node,
        box.text,
        em,
        is_code=box.element_tag in _CODE or style["lang"] == "zxx",
        is_label=em < _SMALL * line.style["font_size"],
        keeps_together=keeps,
    )


def _find_latin_marks(text: str, leaves: Sequence[Leaf]) -> None:
    """Find the marks that fonts of Han would set in a square, though they stand in Latin text."""
    if not any(mark in text for mark in "“”‘’"):
        return
    stretches = [
        index for found in _LATIN_MARKS.finditer(text) for index in range(*found.span()) if text[index] in "“”‘’"
    ]
    for leaf in leaves:
        if leaf.node.is_text and (leaf.node.box.style["lang"] or "")[:2] in ("zh", "ja"):
            start = leaf.node.start
            leaf.proportional += [(i - start, i - start + 1) for i in stretches if start <= i < leaf.node.end]


def _kind(index: int, text: str, leaf: Leaf, widths: Sequence[float], blanks: Blanks) -> Kind:
    if not leaf.node.is_text:
        return _kind_of_object(leaf.node)
    if leaf.proportional and any(first <= index - leaf.node.start < end for first, end in leaf.proportional):
        return Kind.BEFORE if text[index] in "“‘" else Kind.BEHIND
    kind = kind_of(text[index])
    if kind in (Kind.OPENING, Kind.CLOSING) and (widths[index] < _SQUARE * leaf.em or index not in blanks):
        return Kind.OTHER
    return kind


def _kind_of_object(node: Node) -> Kind:
    if node.ruby:
        return Kind.HAN
    return Kind.LETTER if "formula" in (node.box.element.get("class") or "") else Kind.OTHER


def _hang(
    text: str, kinds: Sequence[Kind], widths: Sequence[float], leadings: list[float], trailings: list[float]
) -> None:
    """Let small marks of Latin text stand out of a full edge by a part of their width, so that it looks straight."""
    for index, character in enumerate(text):
        if kinds[index] in (Kind.OTHER, Kind.BEFORE, Kind.BEHIND):
            leadings[index] = HANGING_BEFORE.get(character, 0.0) * widths[index]
            trailings[index] = HANGING_BEHIND.get(character, 0.0) * widths[index]


def _add_edges(node: Node, widths: list[float]) -> None:
    """Add the padding, the borders and the margins of the boxes to their first and last characters."""
    for child in node.children:
        if child.is_text or child.end == child.start or not child.children:
            continue
        style = child.box.style
        for side, index in (("left", child.start), ("right", child.end - 1)):
            widths[index] += (
                style[f"border_{side}_width"] + _pixels(style[f"margin_{side}"]) + _pixels(style[f"padding_{side}"])
            )
        _add_edges(child, widths)


def _pixels(value: Any) -> float:
    return float(value.value) if value != "auto" and value.unit.lower() == "px" else 0.0

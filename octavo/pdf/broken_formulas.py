"""Formulas that are wider than the text: broken into lines, before anything is laid out.

In: an edition, whose formulas are set on one line. Out: other shapes of those that have too little room there, by their
places. What cannot be broken well is printed smaller, and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType

from octavo.diagnostics import Position
from octavo.document import Answer, BlockQuote, Definition, Equation, ListItem, Node, Shape, Table, Written, walk
from octavo.engine import ScriptError
from octavo.mathematics import formula_setter
from octavo.pdf.page import points
from octavo.render.edition import Edition
from octavo.render.styles import Sheet

# How far the sheets set in what is in these, in em. Notes and callouts have smaller letters, and so no less room.
_SET_IN: Mapping[type[Node], float] = MappingProxyType({ListItem: 2, Definition: 2, BlockQuote: 2, Answer: 2.6})
_LABEL = 2 * 3.5  # em: that of the label at one edge, and as much at the other
_SPARE = 0.05  # em: lengths in the sheets are rounded
_NARROWEST = 8.0  # em, below which lines are rather small than many

_EM = re.compile(r"([\d.]+) *em")


def broken_formulas(edition: Edition, *sheets: str | Sheet) -> dict[Position, Shape]:
    """Return the shapes of formulas that are broken into lines, by their places."""
    wide = list(_wide(edition, *sheets))
    if not wide:
        return {}
    with suppress(ScriptError):  # they are printed smaller
        shapes = formula_setter()([written for _, written in wide], edition.document.metadata.language) or ()
        return {
            node.position: shape
            for (node, written), shape in zip(wide, shapes, strict=False)
            if isinstance(shape, Shape) and written.room is not None and shape.width <= written.room
        }
    return {}


def _wide(edition: Edition, *sheets: str | Sheet) -> Iterator[tuple[Equation, Written]]:
    """Yield formulas that have too little room, each as it is to be set in what there is."""
    if not any(walk(edition.document, Equation)):
        return
    tokens = {name: edition.styles.token(name, *sheets) for name in ("page-width", "inner", "outer", "size")}
    size = _EM.fullmatch(edition.styles.token("formula-size", *sheets))
    width, inner, outer, letter = (points(length) for length in tokens.values())
    if not (width and inner is not None and outer is not None and letter and size):
        return  # the book's own sheets say it in another way
    measure = (width - inner - outer) / letter
    for node, between in _with_room(edition.document, measure):
        room = (between - (_LABEL if node.label else 0)) / float(size[1]) - _SPARE
        if node.shape and node.shape.written and node.shape.width > room >= _NARROWEST:
            yield node, replace(node.shape.written, room=round(room, 2))


def _with_room(node: Node, room: float) -> Iterator[tuple[Equation, float]]:
    """Yield each formula below a node with how many em there are between the margins around it."""
    if isinstance(node, Equation):
        yield node, room
    elif not isinstance(node, Table):  # nobody knows yet how wide its columns are
        room -= _SET_IN.get(type(node), 0)
        for child in node.children_in_order():
            yield from _with_room(child, room)

"""Formulas that are wider than the column they stand in: the sheet sets them smaller, and here that is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from octavo.diagnostics import Position, Report, Rule
from octavo.document import Document, Equation, Formula, walk
from octavo.pdf.markup import classes_of

_NOTICED = 0.98  # of its own size: less is seen


def report_wide_formulas(pages: Iterable[Any], document: Document, report: Report) -> None:
    """Report each formula that was set smaller than it is, at its place in the book."""
    places: dict[str, list[Position]] = {}
    for node in walk(document, Formula, Equation):
        if node.shape and node.shape.mathml:
            places.setdefault(node.shape.spoken, []).append(node.position)
    for page in pages:
        for box in _formulas(page._page_box):
            size = box.width / _own_width(box)
            if size < _NOTICED:
                known = places.get(box.element.get("alt") or "", [None])
                report.add(
                    Rule.LAYOUT_WARNING,
                    known[0],
                    f"the formula is wider than the column, and is printed at {size:.0%} of its size",
                    "break it into lines, with aligned or split",
                )


def _formulas(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
    if box.element is not None and box.element.tag == "img" and "formula" in classes_of(box.element):
        yield box
    for child in getattr(box, "children", ()):
        yield from _formulas(child)


def _own_width(box: Any) -> float:
    """Return how wide a formula is of itself, in pixels."""
    stated = box.element.get("style").partition("width: ")[2].partition("em")[0]
    return float(stated) * float(box.style["font_size"])

"""Pictures with too few pixels for the size that they are printed at: told at the line that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from octavo.diagnostics import Position, Report, Rule
from octavo.document import Document, Image, walk
from octavo.render.target import BOOK

_INCH = 96  # CSS pixels
_COARSE = 0.5  # of the resolution asked for: less is seen by everybody


def report_coarse_pictures(pages: Iterable[Any], document: Document, resolution: int, report: Report) -> None:
    """Report each picture that is printed with less than half of the resolution, in pixels an inch.

    One that the book shows several times is told once, where it is printed largest.
    """
    places: dict[str, list[Position]] = {}
    for node in walk(document, Image):
        if node.file:
            places.setdefault(node.file, []).append(node.position)
    printed: dict[str, list[float]] = {}
    for page in pages:
        for file, density in _densities(page._page_box):
            printed.setdefault(file, []).append(density)
    for file, densities in printed.items():
        lowest = min(densities)
        if file in places and lowest < resolution * _COARSE:
            shown = densities.index(lowest) if len(densities) == len(places[file]) else 0
            report.add(
                Rule.IMAGE_COARSE,
                places[file][shown],
                f"“{file}” is printed with {lowest:.0f} pixels an inch; {resolution} are asked for",
                "take a larger file, or show it smaller with {width=…}",
            )


def _densities(box: Any) -> Iterator[tuple[str, float]]:
    """Yield the file of each picture that is made of pixels, and how many of them stand on an inch."""
    box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
    pixels = getattr(getattr(box, "replacement", None), "width", None)
    if isinstance(pixels, int) and box.element is not None and box.width > 0:
        yield unquote((box.element.get("src") or "").removeprefix(BOOK)), pixels / (box.width / _INCH)
    for child in getattr(box, "children", ()):
        yield from _densities(child)

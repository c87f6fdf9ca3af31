"""Destinations that name a tag beside the page, so that who listens arrives where who sees does (ISO 14289-2, 8.8).

The page stays beside it, for the many programs that know of no other destinations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pydyf


def lead_to_tags(
    pdf: Any, pages: Iterable[Any], named: Callable[[str], bytes], place: Callable[[Element], bytes]
) -> None:
    """Let all named destinations and the outline lead to structure elements.

    `named` and `place` find that of an identifier and that of an element of the markup.
    """
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for index in range(0, len(names), 2):
        names[index + 1] = _both(names[index + 1], named(names[index].string))
    items = list(_items(pdf, pdf.catalog.get("Outlines")))
    for item, element in zip(items, _bookmarked(pages), strict=True):
        item["A"] = pydyf.Dictionary({"S": "/GoTo", **_both(item.pop("Dest"), place(element))})


def _both(destination: Any, tag: bytes) -> Any:
    """Return a destination on a page with the same place of a tag."""
    return pydyf.Dictionary({"D": destination, "SD": pydyf.Array([tag, *destination[1:]])})


def _items(pdf: Any, parent: bytes | None) -> Iterator[Any]:
    """Yield the entries of the outline in their order."""
    following = _object(pdf, parent).get("First") if parent else None
    while following:
        item = _object(pdf, following)
        yield item
        yield from _items(pdf, following)
        following = item.get("Next")


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _bookmarked(pages: Iterable[Any]) -> Iterator[Element]:
    """Yield the elements that have an entry in the outline, in the order in which WeasyPrint gathers them."""
    for page in pages:
        waiting = [page]
        while waiting:
            box = waiting.pop()
            if box.bookmark_label and box.style["bookmark_level"] not in ("none", 0):
                yield box.element
            waiting.extend(reversed(list(box.all_children())))

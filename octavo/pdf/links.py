"""The links of laid-out pages: one annotation for each line of a link, which says of itself what the link says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

import pydyf

from octavo.pdf.markup import text_of


def join_links(pages: Iterable[Any]) -> None:
    """Leave one rectangle of each link on a line, around all that the link holds there.

    WeasyPrint gives one to the link and one more to every box inside it, to its code, its number, its picture.
    """
    for page in pages:
        rectangles = {link[3]: link for link in page.links}
        joined: list[Any] = []
        for child in page._page_box.children:
            if not hasattr(child, "at_keyword"):  # running heads are no content: what is in them leads nowhere
                _gather(child, rectangles, joined, None)
        page.links[:] = joined


def _gather(box: Any, rectangles: dict[Any, Any], joined: list[Any], around: int | None) -> None:
    """Add the links in a box; `around` is the place in `joined` of the link that it is a part of."""
    if link := rectangles.get(box):
        if around is None or joined[around][:2] != link[:2]:
            around = len(joined)
            joined.append(link)
        else:
            kind, target, rectangle, whole = joined[around]
            joined[around] = (kind, target, _union(rectangle, link[2]), whole)
    for child in box.all_children():
        _gather(child, rectangles, joined, around)


def _union(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """Return the rectangle around two, each given by two opposite corners."""
    return tuple(min(pair) for pair in zip(one[:2], other[:2], strict=True)) + tuple(
        max(pair) for pair in zip(one[2:], other[2:], strict=True)
    )


def describe_links(pages: Iterable[Any], folios: Mapping[str, str]) -> None:
    """Describe each annotation by the text of its link and, where it leads out of the book, the address.

    `folios` are the numbers of the pages that identifiers are on.
    """
    for page in pages:
        for kind, target, _, box in page.links:
            if box.link_annotation:
                text = text_of(box.element, folios)
                box.link_annotation["Contents"] = pydyf.String(_description(text, target, outside=kind == "external"))


def _description(text: str, target: str, *, outside: bool) -> str:
    if outside and text and text != unquote(target).removeprefix("mailto:"):
        return f"{text} ({target})"
    return text or target

"""The markers of lists, drawn where they are read.

WeasyPrint places a marker that hangs outside of its item absolutely, and so draws it when all else on the page is
drawn: who copies a list would get its numbers at the end of the page. Once everything has its place, a marker can stand
in the tree of boxes like any other piece of its item.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def draw_markers_in_place(pages: Iterable[Any]) -> None:
    """Let the markers on laid-out pages be drawn before what they mark."""
    for page in pages:
        waiting = [page._page_box]
        while waiting:
            box = waiting.pop()
            if children := list(getattr(box, "children", ())):
                box.children = [_in_place(child, children) for child in children]
                waiting += box.children


def _in_place(child: Any, siblings: list[Any]) -> Any:
    """Return what stands in the place of a child: the block of a marker instead of what held its absolute place."""
    marker = getattr(child, "_box", None)
    if marker is None or not marker.is_outside_marker or hasattr(siblings[-1], "text_overflow"):
        return child
    marker.style["position"] = "static"
    return marker

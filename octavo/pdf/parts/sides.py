"""What a page has on the left and on the right: what its margins show, how it counts, where its text begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from octavo.pdf.parts.plain import Asked, Kind, Side
from octavo.pdf.parts.whole import NotApartError

POINTS = 0.75  # in a CSS pixel
EDGES = ("top", "bottom", "left", "right")
_PLACES = {
    "top": ("top-left-corner", "top-left", "top-center", "top-right", "top-right-corner"),
    "bottom": ("bottom-left-corner", "bottom-left", "bottom-center", "bottom-right", "bottom-right-corner"),
    "left": ("left-top", "left-middle", "left-bottom"),
    "right": ("right-top", "right-middle", "right-bottom"),
}
_ABSENT = ("normal", "inhibit", "none")


class Sides:
    """Know the sides of the pages of one layout; `html` is what was laid out, in a `context` of WeasyPrint."""

    def __init__(self, html: Any, context: Any) -> None:
        self._html = html
        self._context = context
        self._known: dict[Any, Side] = {}

    def both(self, kind: Kind) -> tuple[Side, Side]:
        """Return what a page of a kind has on the left, and on the right."""
        return self._side(kind, "left"), self._side(kind, "right")

    def page(self, kind: Kind, side: str) -> Any:
        """Return an empty page, with the measures of its kind."""
        from weasyprint.formatting_structure.boxes import PageBox  # noqa: PLC0415 (all of it takes half a second)
        from weasyprint.layout.page import page_height, page_width  # noqa: PLC0415
        from weasyprint.layout.percent import resolve_percentages  # noqa: PLC0415

        kept = self._type(kind, side)
        page = PageBox(kept, self._context.style_for(kept))
        size = page.style["size"]
        resolve_percentages(page, size)
        page.position_x = page.position_y = 0
        page_width(page, self._context, size[0])
        page_height(page, self._context, size[1])
        return page

    def _type(self, kind: Kind, side: str) -> Any:
        from weasyprint.layout.page import PageType, set_page_type_computed_styles  # noqa: PLC0415

        kept = PageType(side, *kind)
        if self._context.style_for(kept) is None:
            set_page_type_computed_styles(kept, self._html, self._context.style_for)
        return kept

    def _side(self, kind: Kind, side: str) -> Side:
        kept = self._type(kind, side)
        if kept not in self._known:
            self._known[kept] = self._read(kept, kind, side)
        return self._known[kept]

    def _read(self, kept: Any, kind: Kind, side: str) -> Side:
        page = self.page(kind, side)
        edges = tuple((edge, boxes) for edge in EDGES if (boxes := tuple(self._boxes(kept, edge))))
        shown = [asked for _, boxes in edges for _, content in boxes for asked in content]
        style = page.style
        backed = style["background_color"].alpha > 0 or any(layer[0] != "none" for layer in style["background_image"])
        return Side(
            rules=tuple(self._rules(kept)),
            left=page.content_box_x() * POINTS,
            # Rounded: it is what is left when the margins are taken off, in either order.
            area=tuple(round(each, 6) for each in (page.content_box_y(), page.width, page.height, page.margin_width())),
            edges=edges,
            folio=next((asked.how for asked in shown if (asked.what, asked.name) == ("counter", "page")), None),
            counting=_counting(style),
            backed=backed,
        )

    def _boxes(self, kept: Any, edge: str) -> Iterator[tuple[str, tuple[Asked, ...]]]:
        """Yield the boxes on an edge that show something."""
        for place in _PLACES[edge]:
            style = self._context.style_for(kept, f"@{place}")
            if style is not None and style["content"] not in _ABSENT:
                yield place, tuple(map(_asked, style["content"]))

    def _rules(self, kept: Any) -> Iterator[int]:
        """Yield which of all selectors of pages match: pages of the same look alike but for what they show."""
        sheets = self._context.style_for._sheets
        selectors = (found for sheet, _, _ in sheets for _, listed, _ in sheet.page_rules for found in listed)
        for number, (_, _, selector) in enumerate(selectors):
            if self._context.style_for._page_type_match(selector, kept):
                yield number


def _asked(part: Any) -> Asked:
    what, value = part
    if what == "string":
        return Asked("text", value)
    if what == "counter()" and value[0] in ("page", "pages"):
        return Asked("counter", value[0], str(value[-1]))
    if what == "string()" and value[1] != "start":
        return Asked("string", *value)
    raise NotApartError(f"the margin of a page shows {what}")


def _counting(style: Any) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return how the number of a page comes from that of the one before."""
    resets, settings, steps = (
        tuple(value for name, value in style[f"counter_{what}"] if name == "page")
        if style[f"counter_{what}"] != "auto"
        else ()
        for what in ("reset", "set", "increment")
    )
    return resets, settings, steps or (() if resets or settings else (1,))

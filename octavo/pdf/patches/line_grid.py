"""Paragraphs and headings begin on the lines of the page, so that those of facing pages stand beside each other.

Replaces `weasyprint.layout.block.block_level_layout`, which sets each block where the one before it ends: behind a
table, a figure or a list all that follows on the page is a part of a line lower than what the other page has there. It
can go when WeasyPrint knows the line grid of CSS (CSS Line Grid 1) or rounds blocks up (CSS Rhythmic Sizing 1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from octavo.pdf.markup import classes_of
from octavo.pdf.patches import Patch

# What the text runs through. Inside anything else lines may have heights of their own.
_AROUND = frozenset({"html", "body", "main", "section", "div"})
_ALIGNED = frozenset({"p", "h2", "h3", "h4", "h5", "h6"})
_APART = frozenset({"equation", "index", "table"})
_NOTHING = 0.05  # pixels
_TRIFLE = 2.0  # pixels by which a line of several fonts is higher than one of a single font


def line_grid() -> Patch:
    """Return the patch."""
    import weasyprint.layout.block  # noqa: PLC0415 (takes half a second to load)

    purpose = "to align the lines of facing pages"
    return Patch(module=weasyprint.layout.block, name="block_level_layout", digest="c1301dde9284e245", purpose=purpose)


@dataclass(slots=True)
class _Page:
    """Know the page that is being made: where its lines begin, how far they are apart, what is around the next box."""

    top: float = 0.0
    line: float = 0.0
    around: list[Any] = field(default_factory=list)

    def enter(self, box: Any) -> None:
        """Go into a box."""
        self.around.append(box.element)
        if box.element is not None and box.element.tag == "body":
            self.top, self.line = box.position_y, _line_height(box)

    def aligns(self, box: Any) -> bool:
        """Tell whether a box begins on a line: one of the text itself, not of what is set apart from it."""
        elements = [element for element in self.around if element is not None]
        return (
            box.element is not None
            and box.element.tag in _ALIGNED
            and any(element.tag == "main" for element in elements)
            and all(element.tag in _AROUND and not _APART & {*classes_of(element)} for element in elements)
        )


def aligner() -> Callable[..., Any]:
    """Return what lays out a block, its first line on one of the page's."""
    from weasyprint.layout.block import block_level_layout  # noqa: PLC0415

    page = _Page()

    def lay_out(
        context: Any,
        box: Any,
        bottom_space: Any,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool = True,
        absolute_boxes: Any = None,
        fixed_boxes: Any = None,
        adjoining_margins: Any = None,
        *options: Any,
        **more: Any,
    ) -> Any:
        margins = list(adjoining_margins or ())
        if skip_stack is None and not page_is_empty and not context.excluded_shapes and page.aligns(box):
            margins += _shift(box, containing_block, margins, page)
        page.enter(box)
        try:
            return block_level_layout(
                context,
                box,
                bottom_space,
                skip_stack,
                containing_block,
                page_is_empty,
                absolute_boxes,
                fixed_boxes,
                margins,
                *options,
                **more,
            )
        finally:
            page.around.pop()

    return lay_out


def _shift(box: Any, containing_block: Any, margins: list[float], page: _Page) -> list[float]:
    """Return the margin that moves the top of a box to the nearest line; up only where half a line stays free."""
    from weasyprint.layout.block import collapse_margin  # noqa: PLC0415
    from weasyprint.layout.percent import resolve_percentages  # noqa: PLC0415

    resolve_percentages(box, containing_block)
    if box.margin_top == "auto" or not page.line:
        return []
    gap = collapse_margin([*margins, box.margin_top])
    top = box.position_y + gap + box.border_top_width + box.padding_top
    below = (page.top - top) % page.line
    if below < _NOTHING or page.line - below < _NOTHING:
        return []
    up = below - page.line
    if -up < _TRIFLE and min(*margins, box.margin_top, 0) == 0:
        return [up]
    # Of two lines that are as near, the upper one only where a whole line stays free.
    least = page.line / 2 if -up < below - _NOTHING else page.line
    if -up < below + _NOTHING and gap + up >= least - _NOTHING and min(*margins, box.margin_top, 0) == 0:
        return [up]
    return [gap + below]


def _line_height(box: Any) -> float:
    """Return the height of the lines of a box, in pixels; 0 where it has none of its own."""
    from weasyprint.text.line_break import strut  # noqa: PLC0415

    return float(strut(box.style)[0])

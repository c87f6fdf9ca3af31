"""What stands in a line as a character does, and is no text: laid out to be measured, and where it is placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBlockBox, InlineBox, LineBox, TextBox
from weasyprint.layout.inline import atomic_box, resolve_percentages

from octavo.pdf.lines.paragraph import Node


@dataclass(frozen=True, slots=True)
class Place:
    """Hold what WeasyPrint lays out a box with."""

    context: Any
    containing_block: Any
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]


def width_in(node: Node, place: Place) -> float:
    """Return how wide an object is in a place."""
    resolve_percentages(node.box, place.containing_block)
    box = atomic_box(place.context, node.box, 0, None, place.containing_block, [], [])
    node.measured = (place.containing_block.width, box) if _is_plain(box) else None
    return float(box.margin_width())


def lay_out_object(node: Node, x: float, place: Place) -> Any:
    """Return the box of an object, from `x` on: the one that was measured, where nothing else can come of it."""
    measured, node.measured = node.measured, None  # a page that is made again has its own
    if measured is not None and measured[0] == place.containing_block.width:
        box = measured[1]
        box.translate(x)
        return box
    resolve_percentages(node.box, place.containing_block)
    box = atomic_box(place.context, node.box, x, None, place.containing_block, place.absolute_boxes, place.fixed_boxes)
    box.position_x = x
    return box


def _is_plain(box: Any) -> bool:
    """Tell whether there are only lines of text in a box: nothing that the page would have to place, such as a note."""
    return (
        isinstance(box, InlineBlockBox)
        and not box.is_table_wrapper
        and all(isinstance(each, LineBox | InlineBox | TextBox) for each in box.descendants())
        and not any(getattr(each, "footnote", None) for each in box.descendants())
    )

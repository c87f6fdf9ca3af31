"""A reading above its characters: a ruby element of text alone stands in a line as one character does.

WeasyPrint knows no ruby and would set the reading behind the characters, in brackets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import _adjust_line_height, resolve_percentages
from weasyprint.text.line_break import strut

from octavo.pdf.lines.measure import measure, set_piece

_READING = 0.5  # of the size of the characters (JLREQ 3.3.3)
_ABOVE = 0.96  # em of the characters, from their baseline to that of the reading


@dataclass(frozen=True, slots=True)
class Ruby:
    """Hold the boxes of a ruby element that are set, and how wide the texts are, in CSS pixels."""

    box: Any
    base: Any
    base_width: float
    reading_box: Any
    reading: Any
    reading_width: float

    @property
    def width(self) -> float:
        """Return how wide it stands in its line."""
        return max(self.base_width, self.reading_width)


def read_ruby(box: Any) -> Ruby | None:
    """Return what is set of an inline box; None where it is no ruby, or holds more than a text and its reading."""
    if box.element_tag != "ruby" or not isinstance(box, boxes.InlineBox):
        return None
    parts = [child for child in box.children if child.element_tag != "rp"]
    if [child.element_tag for child in parts] != ["ruby", "rt"] or not isinstance(parts[0], boxes.TextBox):
        return None
    base, reading_box = parts
    if len(reading_box.children) != 1 or not isinstance(reading_box.children[0], boxes.TextBox):
        return None
    reading_box, reading = _raised(reading_box, box.style["font_size"])
    widths = []
    for text in (base, reading):
        measured = measure(text.text, text.style, (), ())
        if measured is None:
            return None
        widths.append(sum(measured.widths))
    return Ruby(box, base, widths[0], reading_box, reading, widths[1])


def _raised(box: Any, size: float) -> tuple[Any, Any]:
    """Return copies of a reading's box and its text that are small and stand above, in a line as high as it was."""
    (text,) = box.children
    box, text = box.copy(), text.copy()
    for part in (box, text):
        part.style = part.style.copy()
        part.style["font_size"] = size * _READING
        part.style["line_height"] = 0.0
        part.style["letter_spacing"] = "normal"
    box.style["vertical_align"] = size * _ABOVE
    return box, text


def build_ruby(ruby: Ruby, x: float, y: float, containing_block: Any) -> Any:
    """Return the box of a ruby element at a place, its characters and their reading centred above each other."""
    for part in (ruby.box, ruby.base, ruby.reading_box, ruby.reading):
        resolve_percentages(part, containing_block)
    box = ruby.box.copy_with_children([])
    box.position_x, box.position_y, box.width = x, y, ruby.width
    left = box.content_box_x()
    base = _text(ruby.base, ruby.base_width, left + (ruby.width - ruby.base_width) / 2, y)
    above = ruby.reading_box.copy_with_children([])
    above.position_x, above.position_y = left + (ruby.width - ruby.reading_width) / 2, y
    above.width = ruby.reading_width
    above.children = [_text(ruby.reading, ruby.reading_width, above.position_x, y)]
    box.children = [base, above]
    _adjust_line_height(above)
    _adjust_line_height(box)
    return box


def _text(box: Any, width: float, x: float, y: float) -> Any:
    layout, height, baseline = set_piece(box.text, box.style, (), {}, 0.0)
    text = box.copy_with_text(box.text)
    text.pango_layout, text.height, text.width = layout, height, width
    line_height, _ = strut(text.style)
    text.margin_top = text.margin_bottom = (line_height - height) / 2
    text.baseline = baseline + text.margin_top
    text.position_x, text.position_y = x, y
    return text

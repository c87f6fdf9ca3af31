"""Lines are broken together and spread to the measure, and Chinese text is set as Chinese books are.

Replaces `weasyprint.layout.inline.get_next_linebox`, which fills one line after the other and stretches spaces alone,
and `weasyprint.layout.preferred.inline_line_widths`, which measures the same text for the columns of tables. It can go
when WeasyPrint has `text-autospace`, `text-spacing-trim`, `text-wrap: pretty` and justification between characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from octavo.pdf.patches import Patch


def set_lines() -> Patch:
    """Return the patch of what sets a line."""
    import weasyprint.layout.inline  # noqa: PLC0415 (takes half a second to load)

    purpose = "to set lines as books do"
    return Patch(module=weasyprint.layout.inline, name="get_next_linebox", digest="67af458c2545e74f", purpose=purpose)


def liner_of_paragraphs() -> Callable[..., Any]:
    """Return what sets the next line of a paragraph."""
    from weasyprint.layout.inline import get_next_linebox  # noqa: PLC0415

    from octavo.pdf.lines.lay_out import next_line  # noqa: PLC0415
    from octavo.pdf.lines.objects import Place  # noqa: PLC0415 (these load WeasyPrint)

    def set_next_line(
        context: Any,
        line: Any,
        y: float,
        bottom_space: float,
        stack: Any,
        containing_block: Any,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        first_letter_style: Any,
        first_line_style: Any,
    ) -> Any:
        if not (context.excluded_shapes or first_letter_style or first_line_style):
            place = Place(context, containing_block, absolute_boxes, fixed_boxes)
            if (made := next_line(line, y, stack, place)) is not None:
                return made
        return get_next_linebox(
            context,
            line,
            y,
            bottom_space,
            stack,
            containing_block,
            absolute_boxes,
            fixed_boxes,
            first_letter_style,
            first_line_style,
        )

    return set_next_line


def measured_lines() -> Patch:
    """Return the patch of what measures lines."""
    import weasyprint.layout.preferred  # noqa: PLC0415 (takes half a second to load)

    purpose = "to measure lines as they are set"
    return Patch(
        module=weasyprint.layout.preferred, name="inline_line_widths", digest="6c24f789e3ce5bb7", purpose=purpose
    )


def measurer() -> Callable[..., Any]:
    """Return what measures the lines of a paragraph."""
    from weasyprint.formatting_structure.boxes import LineBox  # noqa: PLC0415
    from weasyprint.layout.preferred import inline_line_widths  # noqa: PLC0415

    from octavo.pdf.lines.lay_out import line_widths  # noqa: PLC0415 (loads WeasyPrint)

    def measure_lines(
        context: Any,
        box: Any,
        outer: bool,
        is_line_start: bool,
        minimum: bool,
        skip_stack: Any = None,
        first_line: bool = False,
    ) -> Iterator[float]:
        ours = isinstance(box, LineBox) and skip_stack is None and not first_line
        if ours and (widths := line_widths(box, context, least=minimum)) is not None:
            return widths
        found: Iterator[float] = inline_line_widths(context, box, outer, is_line_start, minimum, skip_stack, first_line)
        return found

    return measure_lines

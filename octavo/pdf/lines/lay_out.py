"""The lines of a paragraph, one after the other, as WeasyPrint asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.layout.inline import line_box_verticality
from weasyprint.layout.preferred import max_content_width

from octavo.pdf.lines.build import SkipStack, build_line, character_of, stack_of
from octavo.pdf.lines.choose import Line, choose_lines
from octavo.pdf.lines.objects import Place, width_in
from octavo.pdf.lines.paragraph import OBJECT, Paragraph
from octavo.pdf.lines.read import Width, read_paragraph, signature_of

_KNOWN = "_octavo_paragraph"
Asked = tuple[Any, SkipStack | None]


def next_line(line: Any, y: float, stack: SkipStack | None, place: Place) -> Asked | None:
    """Return the next line of a paragraph and what tells where the one after it begins, or None where it is not ours.

    `line` is the box that holds all of the paragraph.
    """

    paragraph = _read(line, place.context, lambda node: width_in(node, place), keep=True)
    if paragraph is None:
        return None
    at = character_of(paragraph, stack)
    if at >= paragraph.root.end:
        return None, None
    line.position_x, line.position_y = place.containing_block.content_box_x(), y
    measure = place.containing_block.width
    chosen = _plan(paragraph, at, measure, line.text_indent if stack is None else 0.0)
    box = build_line(paragraph, chosen, line.text_indent, place)
    _place(box, y, measure, is_last=chosen.is_last)
    return box, stack_of(paragraph, chosen.next)


def line_widths(line: Any, context: Any, *, least: bool) -> Iterator[float] | None:
    """Return how wide the lines are that a paragraph is broken into where it must, or wherever it can.

    None where it is not ours to tell.
    """
    paragraph = _read(line, context, lambda node: float(max_content_width(context, node.box)), keep=False)
    return None if paragraph is None else _widths(paragraph, least=least)


def _widths(paragraph: Paragraph, *, least: bool) -> Iterator[float]:
    at = 0
    for stop in paragraph.stops:
        if least or stop.forced:
            start = paragraph.start(at)
            dropped = 0.0 if least else sum(paragraph.widths[stop.end : stop.at])  # WeasyPrint takes that off again
            yield max(stop.reach - start.offset, 0.0) + dropped
            at = stop.at


def _plan(paragraph: Paragraph, at: int, measure: float, indent: float) -> Line:
    """Return the line that begins with a character; all lines from there on are chosen when the first is asked for."""
    spread = paragraph.root.box.style["text_align_all"] == "justify"
    key = (measure, indent if at == 0 else 0.0)
    if at not in (plan := paragraph.plans.setdefault(key if at == 0 else (measure, -1.0), {})):
        plan |= {line.first: line for line in choose_lines(paragraph, at, measure, measure - key[1], spread=spread)}
        if at == 0:  # the page may end within these lines; the rest is then asked for without an indent
            paragraph.plans[measure, -1.0] = plan
    return plan[at]


def _place(box: Any, y: float, measure: float, *, is_last: bool) -> None:
    """Give a line its place: in the measure as it is aligned, and below what was before it."""
    bottom, top = line_box_verticality(box)
    box.baseline, box.position_y, box.height = -top, top, bottom - top
    box.margin_top = box.margin_bottom = 0
    box.translate(_offset(box, measure - box.width, is_last=is_last), y - top)
    box.position_y = y


def _offset(box: Any, slack: float, *, is_last: bool) -> float:
    align, of_last = box.style["text_align_all"], box.style["text_align_last"]
    if is_last and of_last != "auto":
        align = of_last
    if slack <= 0 or align not in ("center", "right", "end"):
        return 0.0
    return slack / 2 if align == "center" else slack


def _read(line: Any, context: Any, width_of: Width, *, keep: bool) -> Paragraph | None:
    """Return the paragraph that a line box holds, read when it is first asked for, and again where it has changed."""
    signature = signature_of(line)
    known = getattr(line, _KNOWN, None)
    if known is not None and known[0] == signature:
        paragraph: Paragraph | None = known[1]
        return paragraph
    paragraph = read_paragraph(line, context, width_of)
    if keep or paragraph is None or OBJECT not in paragraph.text:
        setattr(line, _KNOWN, (signature, paragraph))
    return paragraph

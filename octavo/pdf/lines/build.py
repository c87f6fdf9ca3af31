"""A chosen line → WeasyPrint's boxes: copies of those of the paragraph, each with what of it is on the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint.layout.inline import _adjust_line_height, resolve_percentages

from octavo.pdf.lines.choose import Line
from octavo.pdf.lines.dots import dotted, is_dotted
from octavo.pdf.lines.layout import line_height_of
from octavo.pdf.lines.measure import set_piece
from octavo.pdf.lines.objects import Place, lay_out_object
from octavo.pdf.lines.paragraph import Node, Paragraph
from octavo.pdf.lines.ruby import build_ruby

SkipStack = dict[int, Any]

_WIDEST = 0.8  # em: a gap that would be widened by more leaves its line ragged


def spread(paragraph: Paragraph, line: Line) -> dict[int, float]:
    """Return what is added behind each character of a line, in CSS pixels."""
    gaps = paragraph.gaps
    gives, ratio = (gaps.stretch, line.ratio) if line.ratio > 0 else (gaps.shrink, line.ratio)
    added = {index: ratio * gives[index] for index in range(line.start, line.end - 1) if gives[index] and ratio}
    if any(gap > _WIDEST * paragraph.em for gap in added.values()):
        added = {}
    for index in range(line.start, line.end - 1):
        if natural := gaps.natural[index]:
            added[index] = added.get(index, 0.0) + natural
    if line.end > line.start and (trailing := paragraph.trailings[line.end - 1]) and not line.hyphen:
        added[line.end - 1] = -trailing
    return added


def build_line(paragraph: Paragraph, line: Line, indent: float, place: Place) -> Any:
    """Return the box of a line, whose position is that of the paragraph's own box."""
    root = paragraph.root
    box = root.box.copy_with_children([])
    box.remove_decoration(start=line.first > 0, end=line.next < root.end)
    builder = _Builder(paragraph, line, spread(paragraph, line), place, root.box.position_y)
    right = builder.fill(root, box, root.box.position_x + indent)
    box.width = right - box.content_box_x()
    _adjust_line_height(box)
    return box


@dataclass(slots=True)
class _Builder:
    """Make the boxes of a line from left to right."""

    paragraph: Paragraph
    line: Line
    added: Mapping[int, float]
    place: Place
    y: float

    def fill(self, node: Node, box: Any, x: float) -> float:
        """Give a box the children that are on the line, the first of them at `x`; return where they end."""
        children = []
        for child in filter(self._is_here, node.children):
            for made in self._make_all(child, x):
                children.append(made)
                x = made.position_x + made.margin_width()
        box.children = children
        return x

    def _make_all(self, node: Node, x: float) -> Iterator[Any]:
        """Yield the boxes of a node, the first of them at `x`."""
        if not is_dotted(node):
            if (made := self._make(node, x)) is not None:
                yield made
            return
        for one in dotted(node, max(node.start, self.line.start), min(node.end, self.line.end)):
            if (made := self._make(one, x)) is not None:
                yield made
                x = made.position_x + made.margin_width()

    def _is_here(self, node: Node) -> bool:
        if node.start == node.end:  # an anchor is on the line of what follows it
            last = self.line.next >= self.paragraph.root.end
            return self.line.first <= node.start < self.line.next or (last and node.start >= self.line.next)
        return node.start < max(self.line.end, self.line.start + 1) and node.end > self.line.start

    def _make(self, node: Node, x: float) -> Any:
        if node.is_text:
            return self._make_text(node, x)
        if not node.children and node.end > node.start:
            return self._make_object(node, x)
        return self._make_inline(node, x)

    def _make_inline(self, node: Node, x: float) -> Any:
        resolve_percentages(node.box, self.place.containing_block)
        box = node.box.copy_with_children([])
        box.remove_decoration(start=node.start < self.line.first, end=node.end > self.line.next)
        box.position_x, box.position_y = x, self.y
        content = box.content_box_x()
        box.width = self.fill(node, box, content) - content
        _adjust_line_height(box)
        return box

    def _make_object(self, node: Node, x: float) -> Any:
        if node.ruby:
            resolve_percentages(node.box, self.place.containing_block)
            box = build_ruby(node.ruby, x, self.y, self.place.containing_block)
        else:
            node.box.position_y = self.y
            box = lay_out_object(node, x, self.place)
        if gap := self.added.get(node.start, 0.0):
            box.margin_right += gap
        return box

    def _make_text(self, node: Node, x: float) -> Any:
        line, leaf = self.line, self.paragraph.leaf(node.start)
        first, end = max(node.start, line.start), min(node.end, line.end)
        if first >= end:
            return None
        text = self.paragraph.text[first:end]
        gaps = {index - first: self.added[index] for index in range(first, end) if index in self.added}
        if line.hyphen and end == line.end:
            text += node.box.style["hyphenate_character"]
        shift = leaf.node.start - first
        proportional = [(max(a + shift, 0), b + shift) for a, b in leaf.proportional]
        proportional = [(a, b) for a, b in proportional if a < b and a < end - first]
        pull = self.paragraph.leadings[first] if first == line.start and first > 0 else 0.0
        layout, height, baseline = set_piece(text, node.box.style, proportional, gaps, pull)
        if not hasattr(node.box, "margin_left"):  # a text has no lengths that are parts of others
            resolve_percentages(node.box, self.place.containing_block)
        box = node.box.copy_with_text(text)
        box.pango_layout, box.height = layout, height
        box.width = sum(self.paragraph.bare_widths[first:end]) + sum(gaps.values()) - pull
        if line.hyphen and end == line.end:
            box.width += line.hyphen
        line_height = line_height_of(box.style)
        box.margin_top = box.margin_bottom = (line_height - height) / 2
        box.baseline = baseline + box.margin_top
        box.position_x, box.position_y = x, self.y
        return box


def stack_of(paragraph: Paragraph, at: int) -> SkipStack | None:
    """Return what tells WeasyPrint that the next line begins with the character `at`; None at the end."""
    return _stack(paragraph.root, at) if at < paragraph.root.end else None


def _stack(node: Node, at: int) -> SkipStack | None:
    if node.is_text:
        text = node.box.text[: at - node.start]
        return {len(text.encode()): None} if text else None
    for index, child in enumerate(node.children):
        if child.start >= at or child.end > at:
            return {index: _stack(child, at) if child.start < at else None}
    return None


def character_of(paragraph: Paragraph, stack: SkipStack | None) -> int:
    """Return the character with which a line begins, from what WeasyPrint was told."""
    node, at = paragraph.root, 0
    while stack is not None:
        ((index, stack),) = stack.items()
        if node.is_text:
            return node.start + len(node.box.text.encode()[: index or 0].decode())
        if index >= len(node.children):
            return node.end
        node = node.children[index]
        at = node.start
    return at

"""Elements that stand by themselves → block nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from octavo.diagnostics import Position, Report
from octavo.document import (
    Block,
    BlockQuote,
    Details,
    Figure,
    Heading,
    Inline,
    Paragraph,
    ThematicBreak,
)
from octavo.normalise.raw_html.elements import BLOCKS, DIVISIONS, HEADINGS, LISTS, SILENT, STRAY_BLOCKS
from octavo.normalise.raw_html.fragment import Element, Part, left_out, without_counterpart
from octavo.normalise.raw_html.inlines import build, read_inlines
from octavo.normalise.raw_html.listings import read_listing
from octavo.normalise.raw_html.lists import read_definitions, read_list
from octavo.normalise.raw_html.marks import Marks, read_marks
from octavo.normalise.raw_html.tables import read_table
from octavo.normalise.raw_html.words import trimmed
from octavo.normalise.raw_html.wrapping import enclosed, marked


def read_blocks(parts: Iterable[Part], report: Report, *, tight: bool = False) -> tuple[Block, ...]:
    """Return the blocks that `parts` make; inlines between them are paragraphs, in an item or a cell `tight` ones."""
    result: list[Block] = []
    line: list[Part] = []
    for part in parts:
        if _is_block(part):
            result += _paragraph(line, report, tight)
            line = []
            result += _block(part, report)
        else:
            line.append(part)
    return (*result, *_paragraph(line, report, tight))


def _is_block(part: Part) -> bool:
    """Tell whether a part stands by itself, as what holds blocks does."""
    if not isinstance(part, Element):
        return isinstance(part, Block)
    return part.name not in SILENT and (part.name in BLOCKS or any(_is_block(child) for child in part.children))


def _paragraph(line: Sequence[Part], report: Report, tight: bool) -> tuple[Block, ...]:
    children = trimmed(read_inlines(line, report))
    if not children:
        return ()
    return (Paragraph(children=children, tight=tight, position=children[0].position),)


def _block(part: Part, report: Report) -> tuple[Block, ...]:
    if not isinstance(part, Element):
        return (part,) if isinstance(part, Block) else ()
    if part.name in DIVISIONS:
        return _division(part, report)
    if part.name in HEADINGS:
        return _heading(part, report)
    if part.name in LISTS:
        return read_list(part, partial(_contents, report), report)
    if reader := _READERS.get(part.name):
        return reader(part, report)
    return _around_blocks(part, report)


def _contents(report: Report, element: Element, own: Sequence[str]) -> tuple[Block, ...]:
    """Return what stands in an item or a cell; one paragraph alone is its text."""
    blocks = read_blocks(element.children, report, tight=True)
    if len(blocks) == 1 and isinstance(only := blocks[0], Paragraph):
        blocks = (replace(only, tight=True),)
    return enclosed(blocks, read_marks(element, report, *own), element.position)


def _division(element: Element, report: Report) -> tuple[Block, ...]:
    marks = read_marks(element, report)
    if element.name == "center":
        marks = replace(marks, classes=(*marks.classes, "center"))
    blocks = read_blocks(element.children, report)
    if marks.only_aligned and any(isinstance(block, Heading) for block in blocks):
        return tuple(_beside_headings(blocks, marks, element.position))
    return enclosed(blocks, marks, element.position) if blocks or marks.identifier else ()


def _beside_headings(blocks: Iterable[Block], marks: Marks, position: Position) -> Iterator[Block]:
    """Yield headings as they are, for they head what is below the element too, and the rest in divisions."""
    waiting: list[Block] = []
    for block in blocks:
        if not isinstance(block, Heading):
            waiting.append(block)
            continue
        if waiting:
            yield from enclosed(tuple(waiting), marks, waiting[0].position)
        waiting = []
        yield replace(block, classes=tuple(dict.fromkeys((*block.classes, *marks.classes))))
    if waiting:
        yield from enclosed(tuple(waiting), marks, waiting[0].position)


def _heading(element: Element, report: Report) -> tuple[Block, ...]:
    marks = read_marks(element, report)
    children = trimmed(read_inlines(element.children, report))
    if not children:
        return enclosed((), marks, element.position)
    heading = Heading(
        level=int(element.name[1]),
        children=children,
        **marks.fields,
        position=element.position,
    )
    return (heading,)


def _rule(element: Element, report: Report) -> tuple[Block, ...]:
    return enclosed((ThematicBreak(position=element.position),), read_marks(element, report), element.position)


def _quotation(element: Element, report: Report) -> tuple[Block, ...]:
    blocks = read_blocks(element.children, report)
    marks = read_marks(element, report)
    quotation = (BlockQuote(children=blocks, position=element.position),) if blocks else ()
    return enclosed(quotation, marks, element.position)


def _figure(element: Element, report: Report) -> tuple[Block, ...]:
    caption: tuple[Inline, ...] = ()
    others: list[Part] = []
    for part in element.children:
        if isinstance(part, Element) and part.name == "figcaption" and not caption:
            caption = marked(trimmed(read_inlines(part.children, report)), read_marks(part, report), part.position)
        else:
            others.append(part)
    marks = read_marks(element, report)
    children = read_blocks(others, report, tight=True)
    if not children:
        alone = (Paragraph(children=caption, position=caption[0].position),) if caption else ()
        return enclosed(alone, marks, element.position)
    figure = Figure(
        children=children,
        caption=caption,
        **marks.fields,
        position=element.position,
    )
    return (figure,)


def _details(element: Element, report: Report) -> tuple[Block, ...]:
    marks = read_marks(element, report, "open")
    summary = next((part for part in element.children if isinstance(part, Element) and part.name == "summary"), None)
    children = read_blocks((part for part in element.children if part is not summary), report)
    text = trimmed(read_inlines(summary.children, report)) if summary else ()
    if not summary or not text:
        left_out(report, element.position, "<details> without a text in <summary>", "what is in it stays")
        return enclosed(children, marks, element.position)
    details = Details(
        summary=marked(text, read_marks(summary, report), summary.position),
        children=children,
        opened="open" in element.attributes,
        **marks.fields,
        position=element.position,
    )
    return (details,)


def _listing(element: Element, report: Report) -> tuple[Block, ...]:
    if listing := read_listing(element, report):
        return (listing,)
    left_out(report, element.position, "<pre>", "what Markdown has read inside stays")
    return enclosed(read_blocks(element.children, report), read_marks(element, report), element.position)


def _definitions(element: Element, report: Report) -> tuple[Block, ...]:
    return read_definitions(element, partial(_contents, report), report)


def _table(element: Element, report: Report) -> tuple[Block, ...]:
    return read_table(element, partial(_contents, report), report)


def _around_blocks(element: Element, report: Report) -> tuple[Block, ...]:
    """Return the blocks in an element that is none, and give what it says to each paragraph and heading among them."""
    blocks = read_blocks(element.children, report)
    if element.name == "span":
        return enclosed(blocks, read_marks(element, report), element.position)
    if element.name in STRAY_BLOCKS:
        left_out(report, element.position, f"<{element.name}>")
        return blocks
    if not any(isinstance(block, Paragraph | Heading) for block in blocks):
        without_counterpart(report, element)
        return blocks
    # Its identifier is that of the first.
    first = next(block for block in blocks if isinstance(block, Paragraph | Heading))
    return tuple(
        replace(block, children=build(replace(element, again=block is not first), block.children, report))
        if isinstance(block, Paragraph | Heading)
        else block
        for block in blocks
    )


_READERS: dict[str, Callable[[Element, Report], tuple[Block, ...]]] = {
    "hr": _rule,
    "blockquote": _quotation,
    "pre": _listing,
    "dl": _definitions,
    "figure": _figure,
    "details": _details,
    "table": _table,
}

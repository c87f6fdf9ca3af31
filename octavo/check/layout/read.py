"""A finished PDF → what is drawn on its pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from octavo.check.compiled_classes import mend_classes
from octavo.check.layout.drawn import (
    HEADINGS,
    NOTES,
    PICTURE,
    USUAL_SIZE,
    Area,
    Block,
    Drawn,
    Line,
    PageFacts,
    Sign,
    lines_of,
)
from octavo.check.layout.read_fonts import Fonts
from octavo.check.layout.read_numbers import printed_numbers

# What may hold other blocks beside text of its own.
_CONTAINERS = frozenset(
    {"Art", "Aside", "BlockQuote", "Caption", "Div", "Document", "Index", "L", "LBody", "LI", "Part", "Sect"}
    | {"TBody", "TD", "TFoot", "TH", "THead", "TOC", "TOCI", "TR", "Table"}
)
_BLOCKS = _CONTAINERS | NOTES | {*HEADINGS, "Lbl", "P", "Title"}
# What floats, or stands in a line, and does not end the text around it.
_ASIDE = NOTES | {"Figure", "Formula"}
_PICTURES = frozenset({"Figure", "Formula"})
_RULE = 5.0  # points: what is as thin is a rule


def read_drawn(path: Path) -> Drawn:
    """Return what is drawn in a PDF. Raises ValueError where it cannot be read."""
    import playa  # noqa: PLC0415 (only a check wants it)
    from playa.exceptions import PDFException  # noqa: PLC0415

    mend_classes()
    try:
        with playa.parse(path.read_bytes()) as document:
            tags = _Tags()
            for element in document.structure or ():
                tags.read(element, ())
            fonts = Fonts()
            pages = [_page(index, page, tags, fonts) for index, page in enumerate(document.pages)]
            numbers = list(printed_numbers(document))
            return Drawn(pages=pages, blocks=tags.blocks, numbers=numbers, fonts=fonts.found)
    except (PDFException, StopIteration) as error:
        raise ValueError(str(error)) from error


class _Tags:
    """Gather the blocks from the tags, and which piece of a page's content belongs to which."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._chapter = 0
        self.owners: dict[tuple[int, int], tuple[Block, frozenset[str]]] = {}
        self._pictures: dict[int, list[tuple[Block, list[float]]]] = defaultdict(list)

    def read(self, element: Any, roles: tuple[str, ...], container: object = None, before: Block | None = None) -> None:
        """Take in the tag of a block in a container, behind the block before it, and all below it."""
        from playa.structure import Element  # noqa: PLC0415

        roles = (*roles, element.type)
        block: Block | None = None
        last: Block | None = None
        for kid in element:
            self._chapter += element.type == "Part"
            inner = kid.type if isinstance(kid, Element) else None
            if inner in _BLOCKS and not (inner == "Lbl" and element.type not in ("LI", "L", *NOTES)):
                if inner not in _ASIDE and element.type in _CONTAINERS:
                    block = None
                count = len(self.blocks)
                self.read(kid, roles, element, last)
                last = next((found for found in self.blocks[count:] if found.roles == (*roles, inner)), None)
            elif inner is not None or hasattr(kid, "mcid"):
                last, block = None, block or self._add(roles, container, before)
                self._read_inline(kid, block, frozenset())

    def _add(self, roles: tuple[str, ...], container: object, before: Block | None) -> Block:
        block = Block(roles=roles, container=container, chapter=self._chapter, before=before)
        self.blocks.append(block)
        return block

    def _read_inline(self, node: Any, block: Block, inside: frozenset[str]) -> None:
        from playa.structure import ContentItem, Element  # noqa: PLC0415

        if isinstance(node, ContentItem):
            page = node.page
            if page is not None:
                self.owners[page.page_idx, node.mcid] = (block, inside)
        elif isinstance(node, Element):
            if node.type in _BLOCKS and node.type != "Lbl":
                self.read(node, block.roles)  # a caption in its figure, a note in an emphasis
                return
            if node.type in _PICTURES:
                self._read_picture(node, block)
            for kid in node:
                self._read_inline(kid, block, inside | {node.type})

    def _read_picture(self, element: Any, block: Block) -> None:
        from playa.structure import ContentItem  # noqa: PLC0415

        box = (element.props.get("A") or {}).get("BBox")
        item = next((kid for kid in element if isinstance(kid, ContentItem)), None)
        if box and item is not None and item.page is not None:
            self._pictures[item.page.page_idx].append((block, [float(edge) for edge in box]))

    def pictures_on(self, page: int, start: float, high: float) -> Iterator[tuple[Block, Area]]:
        """Yield the pictures of a page whose left and upper edges are given, with the blocks that they stand in."""
        for block, (left, bottom, right, top) in self._pictures[page]:
            yield block, Area(left=left - start, top=high - top, right=right - start, bottom=high - bottom)


def _page(index: int, page: Any, tags: _Tags, fonts: Fonts) -> PageFacts:
    start, _, _, high = page.mediabox  # with a bleed, what is drawn begins below 0
    left, bottom, right, top = (float(edge) for edge in page.attrs.get("ArtBox") or page.mediabox)
    signs: dict[Block, list[Sign]] = defaultdict(list)
    furniture: list[Sign] = []
    fonts.read(page)
    for glyph in page.glyphs:
        block, inside = tags.owners.get((index, glyph.mcid), (None, frozenset[str]()))
        fonts.use(glyph, index, block)
        if _PICTURES.isdisjoint(inside):  # letters that are drawn in a picture are a part of it
            (furniture if block is None else signs[block]).append(_sign(glyph, inside))
    lines = {block: lines_of(index, found) for block, found in signs.items()}
    for block, picture in tags.pictures_on(index, start, high):
        block.pictures.append((index, picture))
        lines[block] = _with_picture(index, lines.get(block, []), picture)
    for block, found in lines.items():
        block.lines += found
    area = Area(left=left - start, top=high - top, right=right - start, bottom=high - bottom)
    # They count only below a heading, and to look for them takes time.
    ornaments = list(_ornaments(page)) if any(block.role in HEADINGS for block in lines) else []
    return PageFacts(label=page.label or str(index + 1), area=area, furniture=furniture, ornaments=ornaments)


def _ornaments(page: Any) -> Iterator[Area]:
    """Yield what is drawn for decoration and is no rule: it has no tag, for it says nothing."""
    for drawn in page.flatten():
        if drawn.object_type in ("path", "image") and drawn.mcs is not None and drawn.mcs.tag == "Artifact":
            left, top, right, bottom = drawn.bbox
            if min(right - left, bottom - top) > _RULE:
                yield Area(left=left, top=top, right=right, bottom=bottom)


def _sign(glyph: Any, inside: frozenset[str]) -> Sign:
    left, base = glyph.origin
    return Sign(
        text=glyph.text or "\ufffd",
        left=left,
        right=left + glyph.displacement[0],
        base=round(base, 2),
        size=round(glyph.size, 2),
        inside=inside,
        font=glyph.fontname or "",
    )


def _with_picture(page: int, lines: list[Line], picture: Area) -> list[Line]:
    """Return the lines, a picture among the signs of the one that it stands in, or on a line of its own."""
    sign = Sign(text=PICTURE, left=picture.left, right=picture.right, base=picture.bottom, size=0)
    for number, line in enumerate(lines):
        if picture.top - 1 <= line.base <= picture.bottom + line.size:
            signs = sorted([*line.signs, sign], key=lambda each: each.left)
            return [*lines[:number], replace(line, signs=signs), *lines[number + 1 :]]
    return sorted([*lines, Line(page=page, size=USUAL_SIZE, signs=[sign])], key=lambda line: line.base)

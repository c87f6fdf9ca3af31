"""What is drawn on the pages of a finished PDF: the lines of each block, with every sign at its place.

Read from the file itself and not from the library that laid it out, so that nothing is taken on trust. Lengths are in
points, from the upper left corner of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

HEADINGS = tuple(f"H{level}" for level in range(1, 10))
NOTES = frozenset({"Note", "FENote"})  # in PDF 1.7, and in 2.0
# The number of a page, or the first and the last of some.
NUMBER = re.compile(r"([0-9]+|[ivxlcdm]+)(?:[–-][0-9ivxlcdm]+)?", re.IGNORECASE)
PICTURE = "\ufffc"
USUAL_SIZE = 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Hold one character, or a picture that stands among them, from its `left` to its `right` edge, on its base line.

    `inside` are the tags around it, up to that of its block; `font` is the name in the file.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    inside: frozenset[str] = frozenset()
    font: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """Hold the signs of a line, from left to right, its page, counted from 0, and the size of its text."""

    page: int
    size: float
    signs: Sequence[Sign]

    @cached_property
    def shown(self) -> Sequence[Sign]:
        """Return the signs without spaces."""
        return [sign for sign in self.signs if not sign.text.isspace()]

    @property
    def text(self) -> str:
        """Return what the line says, without pictures."""
        return "".join(sign.text for sign in self.signs).replace(PICTURE, "")

    @property
    def own_text(self) -> str:
        """Return what of it stands in the source: the calls of notes and the numbers of pages do not."""
        return "".join(sign.text for sign in self.signs if sign.text != PICTURE and "Reference" not in sign.inside)

    @property
    def left(self) -> float:
        """Return where it begins."""
        return self.shown[0].left

    @property
    def right(self) -> float:
        """Return where it ends."""
        return self.shown[-1].right

    @property
    def base(self) -> float:
        """Return its base line."""
        return Counter(sign.base for sign in self.shown).most_common(1)[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Hold the edges of the type area of a page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """Hold the label of a page, its type area, and what belongs to no block: heads, folios, and ornaments."""

    label: str
    area: Area
    furniture: Sequence[Sign]
    ornaments: Sequence[Area] = ()

    @property
    def folio(self) -> str | None:
        """Return the number that is printed below the type area, or None where there is none."""
        below = sorted((sign for sign in self.furniture if sign.base > self.area.bottom), key=lambda sign: sign.left)
        text = "".join(sign.text for sign in below).strip()
        return text if NUMBER.fullmatch(text) else None


@dataclass(slots=True, kw_only=True, eq=False)
class Block:
    """Hold a block by the roles of its tags, from the outermost on, with its lines and the pictures on their pages.

    `container` is the tag around its own, `chapter` counts those of the text; `before` is the block before it in there,
    if that is what is before it.
    """

    roles: tuple[str, ...]
    container: object
    chapter: int
    before: Block | None = field(repr=False)
    lines: list[Line] = field(default_factory=list)
    pictures: list[tuple[int, Area]] = field(default_factory=list)

    @property
    def role(self) -> str:
        """Return the role of its own tag."""
        return self.roles[-1]

    @property
    def is_code(self) -> bool:
        """Tell whether this is a listing, or a line of one."""
        return all("Code" in sign.inside for line in self.lines for sign in line.shown)

    @property
    def is_equation(self) -> bool:
        """Tell whether this is a formula that stands by itself, or the label beside one."""
        if all(sign.text == PICTURE for line in self.lines for sign in line.shown):
            return True
        if self.before is None or len(self.lines) != 1:
            return False
        line = self.lines[0]
        return any(page == line.page and box.top < line.base < box.bottom for page, box in self.before.pictures)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNumber:
    """Hold the number of a page as it is printed in a link to `target`, the label of the page that is on, and where."""

    printed: str
    label: str
    target: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Say where a glyph is drawn for the first time: its text, the page, and the block unless it is furniture."""

    text: str
    page: int
    block: Block | None


@dataclass(slots=True, kw_only=True)
class Font:
    """Hold a font of a PDF: its family, the file, if it is embedded, and the first use of each glyph that is drawn."""

    name: str
    family: str
    data: bytes | None
    uses: dict[int, Use] = field(default_factory=dict)

    @property
    def is_subset(self) -> bool:
        """Tell whether only what is drawn of it is in the PDF (ISO 32000-1, 9.6.4)."""
        return re.match(r"[A-Z]{6}\+", self.name) is not None


@dataclass(slots=True, kw_only=True)
class Drawn:
    """Hold the pages of a PDF, its blocks in reading order, page numbers that are printed in links, and its fonts."""

    pages: list[PageFacts]
    blocks: list[Block]
    numbers: list[PrintedNumber]
    fonts: list[Font]

    def text_blocks(self) -> Iterator[Block]:
        """Yield the blocks of the text that the author wrote, without title page and contents."""
        return (block for block in self.blocks if "Part" in block.roles and block.lines)


def lines_of(page: int, signs: Sequence[Sign]) -> list[Line]:
    """Return the lines of a block that its signs on one page make; they come in the order in which they are read.

    Readings and dots beside a line are none of its signs.
    """
    lines: list[list[Sign]] = []
    size = _main_size(signs)
    for sign in signs:
        base = lines[-1][0].base if lines else None
        if base is not None and abs(sign.base - base) > 0.45 * size and sign.size < 0.75 * size:
            continue
        column = base is not None and sign.base < base - 2 * size  # the next one begins further up
        below = base is not None and sign.base > base + 0.6 * size and sign.left < lines[-1][-1].right
        if base is None or column or below:
            lines.append([])
        lines[-1].append(sign)
    ordered = (sorted(line, key=lambda sign: sign.left) for line in lines)
    return [Line(page=page, size=size, signs=line) for line in ordered if any(not sign.text.isspace() for sign in line)]


def _main_size(signs: Sequence[Sign]) -> float:
    """Return the size of most letters; those of code are smaller than the text around them."""
    letters = [sign for sign in signs if sign.text != PICTURE and not sign.text.isspace()]
    plain = [sign for sign in letters if "Code" not in sign.inside]
    sizes = Counter(sign.size for sign in plain or letters)
    return sizes.most_common(1)[0][0] if sizes else USUAL_SIZE

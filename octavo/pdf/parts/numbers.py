"""The numbers of pages that a part prints, marked while they are drawn: the linker can put others in their place.

So contents need not be laid out again when their entries come to lie on other pages. That holds for a number whose
digits are drawn as they are anywhere else: all ten are equally wide, and none moves another. Any other number is one
that the part asked for, and that has to be right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from octavo.pdf.packed import bytes_of
from octavo.pdf.parts.fonts import glyphs_of, used_of
from octavo.pdf.parts.plain import Digit, Digits, Glyphs, Number, Numbers, Piece, Where
from octavo.pdf.patches import Patch

_DIGITS = "0123456789"
_PAIRS = "".join(one + other for one in _DIGITS for other in _DIGITS)
# Glyphs as four digits each, among numbers that move what follows them.
_GLYPH = re.compile(rb"[0-9a-f]{4}(?=[0-9a-f]*>)")
_MARK = re.compile(rb"\x00N(\d+):(\d+)\x00")


def drawn_numbers() -> Patch:
    """Return the patch of what draws the text of a box."""
    import weasyprint.draw.text  # noqa: PLC0415 (takes half a second to load)

    purpose = "to put other numbers of pages in place without a new layout"
    return Patch(module=weasyprint.draw.text, name="draw_first_line", digest="1bb8eae6d88e71b1", purpose=purpose)


@dataclass(slots=True)
class Asking:
    """Gather which elements print the page of an anchor, by the element and the name of its box."""

    of: dict[tuple[int, str], list[tuple[str, int]]] = field(default_factory=dict)

    def note(self, box: Any, anchor: str, where: Where | None) -> None:
        """Note that a box prints the page of an anchor, or 0 where that is not known."""
        self.of.setdefault((id(box.element), box.element_tag), []).append((anchor, where.number if where else 0))

    def alone(self, box: Any) -> tuple[str, int] | None:
        """Return what a box prints, where that is the page of one anchor, once; the words of a drawing are no box."""
        asked = self.of.get((id(box.element), box.element_tag), ()) if hasattr(box, "element") else ()
        return asked[0] if len(asked) == 1 and asked[0][1] > 0 else None


@dataclass(slots=True)
class Marking:
    """Mark the numbers of one part while it is drawn."""

    asking: Asking
    _digits: dict[str, tuple[Digits, Any] | None] = field(default_factory=dict)
    _found: list[Number] = field(default_factory=list)

    def drawer(self) -> Callable[..., Any]:
        """Return what draws the text of a box in place of WeasyPrint's own."""
        from weasyprint.draw.text import draw_first_line  # noqa: PLC0415

        def draw(stream: Any, box: Any, *arguments: Any) -> Any:
            printed = self.asking.alone(box)
            if printed is None or stream.extra or not _ends_with(box.text, str(printed[1])):
                return draw_first_line(stream, box, *arguments)
            return self._marked(stream, box, printed, lambda: draw_first_line(stream, box, *arguments))

        return draw

    def _marked(self, stream: Any, box: Any, printed: tuple[str, int], draw: Callable[[], Any]) -> Any:
        known = self._digits_of(stream, box.style)
        if known is None:
            return draw()
        digits, font = known
        before = font.to_unicode.keys() & set(digits.glyphs)
        drawn = draw()
        number = Number(*printed, digits)
        marked = _with_marks(stream.stream[-1], number, len(self._found))
        if marked is not None:
            stream.stream[-1] = marked
            self._found.append(number)
            # The digits of other numbers may be in their place, so these are not drawn yet.
            for glyph in font.to_unicode.keys() & set(digits.glyphs) - before:
                del font.to_unicode[glyph], font.widths[glyph]
        return drawn

    def _digits_of(self, stream: Any, style: Any) -> tuple[Digits, Any] | None:
        from weasyprint.text.line_break import _font_style_cache_key  # noqa: PLC0415

        apart = (style["font_kerning"], style["letter_spacing"], style["direction"])
        key = f"{_font_style_cache_key(style, include_size=True)} {apart}"
        if key not in self._digits:
            self._digits[key] = _digits(stream, style) if style["direction"] == "ltr" else None
        return self._digits[key]

    def numbers(self, pdf: Any) -> Numbers:
        """Return the numbers that were marked, and the streams in which they stand, which are empty then."""
        streams = {}
        for item in pdf.objects if self._found else ():
            if hasattr(item, "stream") and any(type(each) is bytes and _MARK.search(each) for each in item.stream):
                streams[item.number] = tuple(_pieces(bytes_of(item)))
                item.stream, item.compress = [], False
        return Numbers(tuple(self._found), streams)

    def asked(self, asked: Mapping[str, Where | None], numbers: Numbers) -> dict[str, Where | None]:
        """Return the anchors whose pages have to be right: all that are asked for but those of marked numbers."""
        times = Counter(anchor for each in self.asking.of.values() for anchor, _ in each)
        marked = Counter(number.anchor for number in numbers.found)
        return {anchor: where for anchor, where in asked.items() if times[anchor] != marked[anchor]}


def drawn_digits(numbers: Numbers, where: Mapping[str, Where]) -> Iterator[Glyphs]:
    """Yield the digits that numbers of pages are printed with, by their fonts."""
    drawn: dict[tuple[str, str, tuple[int, ...]], tuple[Digits, set[int]]] = {}
    for number in numbers.found:
        font, glyphs = number.digits
        _, used = drawn.setdefault((font.description, font.hash, glyphs), (number.digits, set()))
        used.update(glyphs[int(digit)] for digit in str(where[number.anchor].number))
    for digits, used in drawn.values():
        yield from used_of([digits.font], [{digits.font.hash: frozenset(used)}])


def are_right(numbers: Numbers, pages: Mapping[str, Where]) -> bool:
    """Tell whether the numbers of pages have as many digits as those for which there is room."""
    where = ((number, pages.get(number.anchor)) for number in numbers.found)
    return all(page is not None and len(str(page.number)) == len(str(number.value)) for number, page in where)


def _ends_with(text: str, number: str) -> bool:
    """Tell whether a text ends with a number, and with no longer one."""
    before = text.removesuffix(number)
    return before != text and not before[-1:].isdecimal()


def _digits(stream: Any, style: Any) -> tuple[Digits, Any] | None:
    """Return the digits as a style has them, and their font; nothing where they stand otherwise beside one another."""
    from weasyprint.text.ffi import FROM_UNITS, pango  # noqa: PLC0415
    from weasyprint.text.line_break import create_layout  # noqa: PLC0415

    layout = create_layout(_PAIRS, style, None, None, 0)
    runs = list(_runs(layout.get_first_line()[0]))
    if len(runs) != 1 or runs[0].glyphs.num_glyphs != len(_PAIRS):
        return None
    drawn = runs[0].glyphs.glyphs[0 : len(_PAIRS)]
    glyphs = tuple(drawn[2 * len(_DIGITS) * digit].glyph for digit in range(len(_DIGITS)))
    looks = {(info.geometry.width, info.geometry.x_offset, info.geometry.y_offset) for info in drawn}
    alike = all(info.glyph == glyphs[int(digit)] for info, digit in zip(drawn, _PAIRS, strict=True))
    if len(looks) != 1 or not alike or len(set(glyphs)) != len(_DIGITS):
        return None
    pango_font = runs[0].item.analysis.font
    font, size = stream.add_font(pango_font)
    if font.bitmap:
        return None
    widths = {}
    for glyph in glyphs:
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    if len(set(widths.values())) != 1:
        return None
    texts = dict(zip(glyphs, _DIGITS, strict=True))
    return Digits(replace(glyphs_of(font), texts=texts, widths=widths, missing={}), glyphs), font


def _runs(line: Any) -> Iterator[Any]:
    from weasyprint.text.ffi import ffi  # noqa: PLC0415

    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _with_marks(operation: bytes, number: Number, order: int) -> bytes | None:
    """Return an operation with marks for the digits that it ends with, or nothing where these are not those."""
    text = str(number.value)
    found = list(_GLYPH.finditer(operation))[-len(text) :]
    if [int(each[0], 16) for each in found] != [number.digits.glyphs[int(digit)] for digit in text]:
        return None
    for place, each in reversed(list(enumerate(found))):
        operation = b"%s\x00N%d:%d\x00%s" % (operation[: each.start()], order, place, operation[each.end() :])
    return operation


def _pieces(stream: bytes) -> Iterator[Piece]:
    begin = 0
    for found in _MARK.finditer(stream):
        yield stream[begin : found.start()]
        yield Digit(int(found[1]), int(found[2]))
        begin = found.end()
    yield stream[begin:]

"""Laid-out pages → where each begins in the text of the book.

The boxes are read in order, page after page, and the characters of each element are counted off: so it is known, of the
first that is printed on a page, where it stands in the markup, whatever was laid out before and however it was cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from octavo.pdf.folios import Folio, folios_of, labels_of
from octavo.pdf.traced import Place, Trace
from octavo.render.page_breaks import CONTENTS, IMPRINT, TITLE_PAGE, PageBreak, PageBreaks, counted

_AROUND = frozenset({TITLE_PAGE, IMPRINT, CONTENTS})
# Readings stand above what they are read for, and are laid out before it.
_ABOVE = frozenset({"rt", "rp", "rtc"})
Seen: TypeAlias = tuple[Element, str | None]


@dataclass(frozen=True, slots=True)
class Begins:
    """Hold where a page begins: in the text of the book, and `around` it, which counts where its number is printed."""

    text: Place | None
    around: Place | None


NOWHERE = Begins(None, None)


def page_breaks(pages: list[Any], trace: Trace, taken: frozenset[str]) -> PageBreaks:
    """Return where pages begin; `taken` are the identifiers of the book."""
    return breaks_of(zip(beginnings(pages, trace), folios_of(pages), labels_of(pages), strict=True), taken)


def beginnings(pages: Iterable[Any], trace: Trace) -> Iterator[Begins]:
    """Yield where each page begins."""
    reader = _Reader(trace)
    for page in pages:
        text = around = None
        for place in reader.read(page._page_box):
            if place.key not in _AROUND:
                text = text or place
            if place.key not in _AROUND or not place.skip:
                around = around or place
        yield Begins(text, around)


def breaks_of(pages: Iterable[tuple[Begins, Folio, str]], taken: frozenset[str]) -> PageBreaks:
    """Return the breaks of pages, of which it is known where they begin, what is printed on them, what they are called.

    Pages that print nothing that is in the other formats too are left out, and title pages without a number.
    """
    names = _Names(taken)
    breaks: list[PageBreak] = []
    for page, (begins, folio, label) in enumerate(pages, 1):
        # A page around the text counts where its number is printed; else what of the text is on it.
        first = begins.around if folio.style else begins.text
        if first is not None:
            name = names.take(label)
            breaks.append(PageBreak(label=label, identifier=name, key=first.key, skip=first.skip, page=page))
    return PageBreaks(breaks=tuple(breaks))


class _Names:
    """Give each page an identifier, once."""

    def __init__(self, taken: frozenset[str]) -> None:
        self._taken = set(taken)

    def take(self, label: str) -> str:
        name, count = f"page-{label}", 1
        while name in self._taken:
            count += 1
            name = f"page-{label}-{count}"
        self._taken.add(name)
        return name


class _Reader:
    """Read one page after another, and remember how much of each element was laid out."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._read: dict[Element, int] = {}
        self._texts: dict[Element, str] = {}

    def read(self, page: Any) -> Iterator[Place]:
        """Return the places of what is on a page, in reading order."""
        begins = [(element, self._take(element, text)) for element, text in _seen(page)]
        return (place for element, begin in begins if (place := self._place(element, begin)) is not None)

    def _take(self, element: Element, text: str | None) -> int | None:
        """Return how much of an element's text is before this; None for a picture, which has no text."""
        if text is None:
            return None
        begin = self._read.get(element, 0)
        self._read[element] = self._follow(element, begin, text)
        return begin

    def _place(self, element: Element, begin: int | None) -> Place | None:
        if begin is None:
            return self._trace.of_element(element)
        at = self._at(element, begin)
        place = None if at is None else self._trace.of_character(at)
        if place is not None and place.key == CONTENTS and place.skip:
            return self._trace.of_line(element)
        return place

    def _follow(self, element: Element, begin: int, text: str) -> int:
        """Return how much of an element's text was laid out with this; a hyphen that nobody wrote is none of it."""
        source, at = self._text(element), begin
        for character in counted(text):
            if character not in "-\u2010" or source[at : at + 1] == character:
                at += 1
        return min(at, len(source))

    def _text(self, element: Element) -> str:
        if element not in self._texts:
            self._texts[element] = "".join(text for _, text in self._trace.texts.get(element, ()))
        return self._texts[element]

    def _at(self, element: Element, read: int) -> int | None:
        """Return how many characters of the book are before the next one of an element; None where all were read.

        The head of a table is laid out again on each of its pages.
        """
        for start, text in self._trace.texts.get(element, ()):
            if read < len(text):
                return start + read
            read -= len(text)
        return None


def _seen(box: Any) -> Iterator[Seen]:
    """Yield the texts and pictures in a box that are of the markup, and neither in a margin nor a note."""
    box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
    if getattr(box, "at_keyword", None) or box.is_leader:
        return
    element, made = box.element, "::" in (box.element_tag or "")
    if element is not None and not made and element.tag not in _ABOVE:
        text = getattr(box, "text", None)
        if text is not None and counted(text):
            yield element, text
        elif text is None and element.tag == "img":
            yield element, None
    for child in getattr(box, "children", ()):
        yield from _seen(child)

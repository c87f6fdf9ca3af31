"""A place in an output → the place in the source, by what stands there: pictures, texts, identifiers.

Outputs say nothing of their sources. So a picture is known by its file and by which of those on the page it is; what
has a text by that text, sought behind the last thing before it that has a name; and what has neither stands where that
thing does. Furniture (the contents, the turning of pages) has no place in the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from octavo.check.judges.pages import Page
from octavo.check.layout.written import Written
from octavo.check.ledger import Entry
from octavo.check.texts import squeeze
from octavo.check.tree_places import Places
from octavo.diagnostics import Position
from octavo.render.edition import Edition

_TELLING = 6  # signs: a shorter text may stand anywhere
_MOST = 4000  # signs: what is longer is no paragraph, but a chapter
_FURNITURE = frozenset({"nav", "header", "footer", "head"})


class Sources:
    """Know where the things in the outputs of an edition were written."""

    def __init__(self, edition: Edition, ledger: tuple[Entry, ...]) -> None:
        self._written = Written(edition.document)
        self._identifiers = dict(Places.of(edition.document).identifiers)
        self._chapters = {chapter.identifier: chapter.position for chapter in edition.document.chapters}
        self._edition = edition
        self._pictures = [entry for entry in ledger if entry.item == "picture" and entry.file]

    def of_element(self, page: Page, element: Element) -> Position | None:
        """Return where an element of a page was written, or None where it is none of the book's text."""
        around = list(page.above(element))
        if not any(each.tag in ("main", "body") for each in around) or any(each.tag in _FURNITURE for each in around):
            return None
        pictures = [element] if element.tag == "img" else list(element.iter("img"))
        if len(pictures) == 1 and (position := self._of_picture(page, pictures[0])):
            return position
        anchor = self._anchor(page, element)
        start = self._written.offset_of(anchor) if anchor else 0
        for each in around:
            text = squeeze("".join(each.itertext()))
            if len(text) > _MOST or each.tag in ("main", "body"):
                break
            if len(text) >= _TELLING and (offset := self._written.find_from(text, start)) is not None:
                return self._written.position(offset)
        return anchor

    def of_text(self, text: str) -> Position | None:
        """Return where a text was written."""
        offset = self._written.find_from(text, 0) if len(squeeze(text)) >= _TELLING else None
        return None if offset is None else self._written.position(offset)

    def _anchor(self, page: Page, element: Element) -> Position | None:
        """Return where the last thing that has a name was written, up to an element."""
        return next((place for each in self._up_to(page, element) if (place := self._place_of(each))), None)

    def _up_to(self, page: Page, element: Element) -> Iterator[Element]:
        yield element
        yield from page.before(element)

    def _place_of(self, element: Element) -> Position | None:
        identifier = element.get("id") or ""
        return self._identifiers.get(identifier) or self._chapters.get(identifier)

    def _of_picture(self, page: Page, image: Element) -> Position | None:
        """Return the place of the picture of this file that is as many behind the last name as it is on the page."""
        source = image.get("src") or ""
        own = [entry for entry in self._pictures if entry.position and self._is_shown(entry, source)]
        others = 0
        anchor = None
        for each in page.before(image):
            if anchor := self._place_of(each):
                break
            others += each.get("src") == source
        # The caption stands around its picture: what has a name may be the very line of the picture.
        behind = [entry.position for entry in own if entry.position and _follows(entry.position, anchor)]
        if len(behind) > others:
            return behind[others]
        return own[0].position if len(own) == 1 else None

    def _is_shown(self, entry: Entry, source: str) -> bool:
        name = self._edition.names.get(entry.file or "", "")
        if source.startswith("data:"):
            return bool(entry.file) and source == self._edition.inlined(entry.file or "")
        return bool(name) and source.endswith(name)


def _follows(place: Position, anchor: Position | None) -> bool:
    """Tell whether a place is at another or behind it, as far as they are in one file."""
    return anchor is None or (place.file == anchor.file and (place.line, place.column) >= (anchor.line, anchor.column))

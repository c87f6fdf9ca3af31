"""Laid-out pages → the tree of tags that assistive technology reads (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).

The boxes of all pages are read in order, and each piece of text is given to the element of the markup that it came
from. So an element that goes over several pages is one tag, and a note, wherever it floats to, is tagged where it is
called. What a page merely repeats or fills a line with, heads and folios, the head row of a table, the dots of the
contents, becomes an artifact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from octavo.pdf.line_ends import LineEnds
from octavo.pdf.marks import Annotation, Mark, Tag
from octavo.pdf.roles import Roles
from octavo.pdf.tag_shapes import arrange

_PSEUDO_ROLES = {"marker": "Lbl", "footnote-marker": "Lbl", "footnote-call": "Reference"}
# These are there even when they are empty: a row would else lose a column.
_ALWAYS = frozenset({"tr", "td", "th"})
# Fonts draw these with the glyph of another character, which a reader of the PDF would then take for both: the middle
# dot and the bullet, the kinds of hyphens, the radicals and compatibility forms of Han.
_SHARED = re.compile("[\u00b7\u2022\u2027\u30fb\u2010-\u2012\u2e80-\u2fdf\uf900-\ufaff]")
_REPEATED = frozenset({"thead", "tfoot"})
# What can stand in a line of text, and leaves the block that the line belongs to the same.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rb", "rt"}
    | {"ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"}
)


@dataclass(slots=True)
class TagTree:
    """Hold the tags under one root, by page the marks that belong to nothing, and what some marks stand for."""

    root: Tag
    artifacts: dict[int, set[int]]
    texts: dict[Mark, str]


def build_tags(root: Element, pages: list[Any], marks: list[dict[Any, dict[str, Any]]]) -> TagTree:
    """Return the tags of laid-out pages.

    `root` is the markup that was laid out, `pages` the page boxes, `marks` for each page the number of each box that
    was drawn as marked content.
    """
    builder = _Builder(root)
    for number, (page, drawn) in enumerate(zip(pages, marks, strict=True)):
        builder.read_page(page, number, drawn)
    arrange(builder.document)
    return TagTree(root=builder.document, artifacts=builder.artifacts, texts=builder.line_ends.texts)


class _Builder:
    """Give marks to tags, page after page."""

    def __init__(self, root: Element) -> None:
        self.document = Tag("Document")
        self.artifacts: dict[int, set[int]] = {}
        self.line_ends = LineEnds()
        self._roles = Roles(root)
        self._listings = {element: listing for listing in root.iter("pre") for element in listing.iter()}
        self._tags: dict[tuple[Element, str, int], Tag] = {}
        self._first_page: dict[Element, int] = {}
        self._page = 0
        self._drawn: dict[Any, dict[str, Any]] = {}
        self._height = 0.0

    def read_page(self, page: Any, number: int, drawn: dict[Any, dict[str, Any]]) -> None:
        """Take in a page, as tall as it says, with what was drawn on it."""
        self._page, self._drawn, self._height = number, drawn, page.margin_height()
        self.artifacts[number] = set()
        for box in page.children:
            self._read(box)
        # What no box of the tree claims (a background, say) is decoration.
        self.artifacts[number].update(mark["mcid"] for mark in drawn.values())

    def _read(self, box: Any) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
        if hasattr(box, "at_keyword") or box.is_leader or self._is_repeated(box):
            self._discard(box)
            return
        element, pseudo = self._origin(box)
        if element is not None and not pseudo and element.tag in _ALWAYS:
            self._tag(element)
        if box in self._drawn:
            self._take(box, element, pseudo)
        for child in getattr(box, "children", ()):
            self._read(child)
        self._take_annotation(box)

    def _origin(self, box: Any) -> tuple[Element | None, str]:
        _, _, pseudo = (box.element_tag or "").partition("::")
        return box.element, pseudo if pseudo in _PSEUDO_ROLES else ""

    def _is_repeated(self, box: Any) -> bool:
        """Tell whether this is the head or foot of a table that goes on from an earlier page."""
        element = box.element
        if element is None or element.tag not in _REPEATED:
            return False
        return self._first_page.setdefault(element, self._page) < self._page

    def _discard(self, box: Any) -> None:
        """Take what is in a box for an artifact; a link in it can be followed, and is one more piece of that link."""
        box = getattr(box, "_box", box)
        if mark := self._drawn.pop(box, None):
            self.artifacts[self._page].add(mark["mcid"])
        for child in getattr(box, "children", ()):
            self._discard(child)
        self._take_annotation(box)

    def _take_annotation(self, box: Any) -> None:
        if box.link_annotation and box.element is not None:
            link = self._roles.enclosing(box.element, "a")
            self._tag(box.element if link is None else link).kids.append(Annotation(self._page, box.link_annotation))

    def _take(self, box: Any, element: Element | None, pseudo: str) -> None:
        mark = Mark(self._page, self._drawn.pop(box)["mcid"])
        if element is None or (element.tag == "img" and not element.get("alt")):
            self.artifacts[self._page].add(mark.number)
            return
        text = getattr(box, "text", "")
        if element.get("role") == "img":  # drawn as text, and named for those who do not see it
            self.line_ends.texts[mark] = element.get("aria-label") or text
        else:
            if _SHARED.search(text):
                self.line_ends.texts[mark] = text
            if text and not pseudo:
                self.line_ends.follow(self._block(element), mark, text)
        self._tag(element, pseudo).kids.append(mark)
        if element.tag == "img":
            figure = self._tag(self._roles.figure(element))
            figure.attributes = {"O": "/Layout", "BBox": self._bounds(box)}

    def _block(self, element: Element) -> Element:
        while element.tag in _INLINE and element in self._roles.parents:
            element = self._roles.parents[element]
        return element

    def _bounds(self, box: Any) -> list[float]:
        """Return where a picture stands, in points from the lower left corner of the page."""
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, self._height - top - box.height, left + box.width, self._height - top)
        return [round(edge * 0.75, 3) for edge in edges]

    def _tag(self, element: Element, pseudo: str = "") -> Tag:
        """Return the tag of an element, or of the nearest one around it that has one; make it where it is missing."""
        if element.tag in ("html", "body"):
            return self.document
        listing = self._listings.get(element)
        line = self.line_ends.line(listing) if listing is not None else 0
        if known := self._tags.get((element, pseudo, line)):
            return known
        if element is listing:
            tag = self._line(listing)
        elif pseudo == "footnote-call":
            tag = self._call(element)
        elif pseudo:
            tag = _add(Tag(_PSEUDO_ROLES[pseudo]), self._tag(element))
        else:
            tag = self._make(element)
        self._tags[element, pseudo, line] = tag
        return tag

    def _make(self, element: Element) -> Tag:
        parent = self._tag(self._roles.parents[element])
        tag = self._roles.tag(element)
        return _add(tag, parent) if tag else parent

    def _call(self, note: Element) -> Tag:
        """Return a new tag for the call of a note, which is followed by the note, wherever on paper that is."""
        tag = _add(Tag(_PSEUDO_ROLES["footnote-call"]), self._tag(self._roles.parents[note]))
        for called in self._roles.called_with(note):
            self._tag(called)
        return tag

    def _line(self, listing: Element) -> Tag:
        """Return a new tag for a line of a listing: code in a paragraph of its own, or it would run into the next."""
        block = self._tags.get((listing, "block", 0))
        if block is None:
            block = self._tags[listing, "block", 0] = self._make(listing)
        return _add(Tag("Code"), _add(Tag("P"), block))


def _add(tag: Tag, parent: Tag) -> Tag:
    parent.kids.append(tag)
    return tag

"""Laid-out pages → the tree of tags that assistive technology reads (ISO 32000-2, 14.7 and 14.8; ISO 14289).

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

from octavo.pdf.element_tags import PSEUDO_ROLES, ElementTags
from octavo.pdf.line_ends import LineEnds
from octavo.pdf.marks import Annotation, Artifact, Mark, Tag
from octavo.pdf.markup import Markup
from octavo.pdf.places import Places
from octavo.pdf.tag_shapes import arrange

# These are there even when they are empty: a row would else lose a column.
_ALWAYS = frozenset({"tr", "td", "th"})
# Fonts draw these with the glyph of another character, which a reader of the PDF would then take for both: the middle
# dot and the bullet, the kinds of hyphens, the radicals and compatibility forms of Han.
_SHARED = re.compile("[\u00b7\u2022\u2027\u30fb\u2010-\u2012\u2e80-\u2fdf\uf900-\ufaff]")
_REPEATED = frozenset({"thead", "tfoot"})
_MARGINS = {"@top": Artifact.HEADER, "@bottom": Artifact.FOOTER}


@dataclass(slots=True)
class TagTree:
    """Hold the tags under one root, by page why some marks belong to none, and what some marks stand for.

    `places` knows the tag that is nearest to an element.
    """

    root: Tag
    artifacts: dict[int, dict[int, Artifact]]
    texts: dict[Mark, str]
    places: Places


def build_tags(root: Element, pages: list[Any], marks: list[dict[Any, dict[str, Any]]]) -> TagTree:
    """Return the tags of laid-out pages.

    `root` is the markup that was laid out, `pages` the page boxes, `marks` for each page the number of each box that
    was drawn as marked content.
    """
    builder = _Builder(root)
    for number, (page, drawn) in enumerate(zip(pages, marks, strict=True)):
        builder.read_page(page, number, drawn)
    arrange(builder.document)
    return TagTree(
        root=builder.document,
        artifacts=builder.artifacts,
        texts=builder.line_ends.texts,
        places=Places(root, builder.markup, builder.tags),
    )


class _Builder:
    """Give marks to tags, page after page."""

    def __init__(self, root: Element) -> None:
        self.artifacts: dict[int, dict[int, Artifact]] = {}
        self.line_ends = LineEnds()
        self.markup = Markup(root)
        self.tags = ElementTags(self.markup, self.line_ends)
        self.document = self.tags.document
        self._first_page: dict[Element, int] = {}
        self._page = 0
        self._drawn: dict[Any, dict[str, Any]] = {}
        self._height = 0.0

    def read_page(self, page: Any, number: int, drawn: dict[Any, dict[str, Any]]) -> None:
        """Take in a page, as tall as it says, with what was drawn on it."""
        self._page, self._drawn, self._height = number, drawn, page.margin_height()
        self.artifacts[number] = {}
        for box in page.children:
            self._read(box)
        # What no box of the tree claims (a background, say) is decoration.
        self.artifacts[number].update((mark["mcid"], Artifact.LAYOUT) for mark in drawn.values())

    def _read(self, box: Any) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
        if artifact := self._artifact(box):
            self._discard(box, artifact)
            return
        element, pseudo = self._origin(box)
        if element is not None and not pseudo and element.tag in _ALWAYS:
            self.tags.tag(element)
        if box in self._drawn:
            self._take(box, element, pseudo)
        for child in getattr(box, "children", ()):
            self._read(child)
        self._take_annotation(box)

    def _artifact(self, box: Any) -> Artifact | None:
        """Return why a box is no part of the text, or None where it is."""
        if place := getattr(box, "at_keyword", None):
            return next((found for start, found in _MARGINS.items() if place.startswith(start)), Artifact.REPEATED)
        if self._is_repeated(box):
            return Artifact.REPEATED
        return Artifact.LAYOUT if box.is_leader or _is_line_number(box) else None

    def _origin(self, box: Any) -> tuple[Element | None, str]:
        _, _, pseudo = (box.element_tag or "").partition("::")
        return box.element, pseudo if pseudo in PSEUDO_ROLES else ""

    def _is_repeated(self, box: Any) -> bool:
        """Tell whether this is the head or foot of a table that goes on from an earlier page."""
        element = box.element
        if element is None or element.tag not in _REPEATED:
            return False
        return self._first_page.setdefault(element, self._page) < self._page

    def _discard(self, box: Any, artifact: Artifact) -> None:
        """Take what is in a box for an artifact; a link in it can be followed, and is one more piece of that link."""
        box = getattr(box, "_box", box)
        if mark := self._drawn.pop(box, None):
            self.artifacts[self._page][mark["mcid"]] = artifact
        for child in getattr(box, "children", ()):
            self._discard(child, artifact)
        self._take_annotation(box)

    def _take_annotation(self, box: Any) -> None:
        if box.link_annotation and box.element is not None:
            link = self.markup.enclosing(box.element, "a")
            tag = self.tags.tag(box.element if link is None else link)
            tag.kids.append(Annotation(self._page, box.link_annotation))

    def _take(self, box: Any, element: Element | None, pseudo: str) -> None:
        mark = Mark(self._page, self._drawn.pop(box)["mcid"])
        text = getattr(box, "text", None)
        if element is None or not (element.get("alt") if text is None else text.strip()):
            # Spaces alone are not drawn: the line ends know them.
            self.artifacts[self._page][mark.number] = Artifact.LAYOUT
            return
        if text is not None:
            self._take_text(element, pseudo, mark, text)
        self.tags.tag(element, pseudo).kids.append(mark)
        if text is None:
            figure = self.tags.tag(self.markup.figure(element))
            figure.attributes = {"O": "/Layout", "BBox": self._bounds(box)}

    def _take_text(self, element: Element, pseudo: str, mark: Mark, text: str) -> None:
        """Note what a piece of text stands for, where that is not what was drawn."""
        if element.get("role") == "img":
            self.line_ends.texts[mark] = element.get("aria-label") or text
            return
        if _SHARED.search(text):
            self.line_ends.texts[mark] = text
        if not pseudo:
            self.line_ends.follow(self.markup.block(element), mark, text)
        elif pseudo == "footnote-call":
            self.line_ends.call(self.markup.block(self.markup.parents[element]), mark, text)

    def _bounds(self, box: Any) -> list[float]:
        """Return where a picture stands, in points from the lower left corner of the page."""
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, self._height - top - box.height, left + box.width, self._height - top)
        return [round(edge * 0.75, 3) for edge in edges]


def _is_line_number(box: Any) -> bool:
    """Tell whether a box is the number of a line of code, which is no part of the code."""
    return (box.element_tag or "").endswith("::before") and "data-number" in box.element.attrib

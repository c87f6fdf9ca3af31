"""Laid-out pages → the tree of tags that assistive technology reads (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).

The boxes of all pages are read in order, and each piece of text is given to the element of the markup that it came
from. So an element that goes over several pages is one tag, and a note, wherever it floats to, is tagged where it is
called. What a page merely repeats, heads and folios and the head row of a table, becomes an artifact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from octavo.pdf.line_ends import LineEnds
from octavo.pdf.marks import Annotation, Mark, Tag
from octavo.pdf.tag_shapes import arrange

_ROLES = {
    "a": "Link",
    "aside": "Div",
    "blockquote": "BlockQuote",
    "code": "Code",
    "dd": "LBody",
    "dl": "L",
    "dt": "Lbl",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "img": "Figure",
    "li": "LI",
    "main": "Part",
    "nav": "Sect",
    "ol": "L",
    "p": "P",
    "pre": "P",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
}
_IN_CONTENTS = {"ol": "TOC", "li": "TOCI"}
_PSEUDO_ROLES = {"marker": "Lbl", "footnote-marker": "Lbl", "footnote-call": "Reference"}
# These are there even when they are empty: a row would else lose a column.
_ALWAYS = frozenset({"tr", "td", "th"})
_INLINE = frozenset({"a", "code", "del", "em", "span", "strong", "sub", "sup"})


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
        self.line_ends = LineEnds(skips=_is_note)
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._contents = {element for nav in root.iter("nav") if "contents" in _classes(nav) for element in nav.iter()}
        self._tags: dict[tuple[Element, str], Tag] = {}
        self._first_page: dict[Element, int] = {}
        self._page = 0
        self._drawn: dict[Any, dict[str, Any]] = {}
        self._height = 0.0

    def read_page(self, page: Any, number: int, drawn: dict[Any, dict[str, Any]]) -> None:
        self._page, self._drawn, self._height = number, drawn, page.margin_height()
        self.artifacts[number] = set()
        for box in page.children:
            self._read(box)
        # What no box of the tree claims (a background, say) is decoration.
        self.artifacts[number].update(mark["mcid"] for mark in drawn.values())

    def _read(self, box: Any) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
        if hasattr(box, "at_keyword") or self._is_repeated(box):
            self._discard(box)
            return
        element, _, pseudo = self._origin(box)
        if element is not None and not pseudo and element.tag in _ALWAYS:
            self._tag(element)
        if box in self._drawn:
            self._take(box, element, pseudo)
        if getattr(box, "link_annotation", None) and element is not None:
            self._tag(element).kids.append(Annotation(self._page, box.link_annotation))
        for child in getattr(box, "children", ()):
            self._read(child)

    def _origin(self, box: Any) -> tuple[Element | None, str, str]:
        tag, _, pseudo = (box.element_tag or "").partition("::")
        return box.element, tag, pseudo if pseudo in _PSEUDO_ROLES else ""

    def _is_repeated(self, box: Any) -> bool:
        """Tell whether this is the head of a table that goes on from an earlier page."""
        element = box.element
        if element is None or element.tag != "thead":
            return False
        return self._first_page.setdefault(element, self._page) < self._page

    def _discard(self, box: Any) -> None:
        box = getattr(box, "_box", box)
        if mark := self._drawn.pop(box, None):
            self.artifacts[self._page].add(mark["mcid"])
        for child in getattr(box, "children", ()):
            self._discard(child)

    def _take(self, box: Any, element: Element | None, pseudo: str) -> None:
        mark = self._drawn.pop(box)["mcid"]
        if element is None or (element.tag == "img" and not element.get("alt")):
            self.artifacts[self._page].add(mark)
            return
        tag = self._tag(element, pseudo)
        tag.kids.append(Mark(self._page, mark))
        if not pseudo and (text := getattr(box, "text", "")):
            self.line_ends.follow(self._block(element), Mark(self._page, mark), text)
        if tag.role == "Figure":
            tag.attributes = {"O": "/Layout", "BBox": self._bounds(box)}

    def _block(self, element: Element) -> Element:
        while element.tag in _INLINE and element in self._parents:
            element = self._parents[element]
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
        if known := self._tags.get((element, pseudo)):
            return known
        if pseudo:
            # The call of a note stands where the note was written, in the text around it.
            around = self._parents[element] if pseudo == "footnote-call" else element
            tag = self._add(_PSEUDO_ROLES[pseudo], self._tag(around))
        else:
            tag = self._make(element)
        self._tags[element, pseudo] = tag
        return tag

    def _make(self, element: Element) -> Tag:
        parent = self._tag(self._parents[element])
        role = self._role(element)
        if role is None:
            return parent
        if role == "Link" and element in self._contents:
            parent = self._add("Reference", parent)
        tag = self._add(role, parent)
        tag.language = element.get("lang")
        if role == "Figure":
            tag.alternative = element.get("alt")
        elif role == "Note":
            tag.identifier = element.get("id")
        elif role == "TH":
            tag.attributes = {"O": "/Table", "Scope": "/Column"}
        elif role == "L":
            numbering = {"ol": "/Decimal", "ul": "/Disc"}.get(element.tag, "/None")
            tag.attributes = {"O": "/List", "ListNumbering": numbering}
        return tag

    def _role(self, element: Element) -> str | None:
        if _is_note(element):
            return "Note"
        if element in self._contents and element.tag in _IN_CONTENTS:
            return _IN_CONTENTS[element.tag]
        return _ROLES.get(element.tag) or ("Span" if element.get("lang") else None)

    @staticmethod
    def _add(role: str, parent: Tag) -> Tag:
        tag = Tag(role)
        parent.kids.append(tag)
        return tag


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _is_note(element: Element) -> bool:
    return "foot-note" in _classes(element)

"""Elements of the markup → tags: each element has one, or the nearest around it that has; a listing has one a line."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from octavo.pdf.line_ends import LineEnds
from octavo.pdf.marks import Tag
from octavo.pdf.markup import Markup, classes_of
from octavo.pdf.roles import tag_for

PSEUDO_ROLES = {"marker": "Lbl", "footnote-marker": "Lbl", "footnote-call": "Reference"}


class ElementTags:
    """Make the tags of elements when they are first asked for, in the order of reading."""

    def __init__(self, markup: Markup, line_ends: LineEnds) -> None:
        self.document = Tag("Document")
        self._markup = markup
        self._line_ends = line_ends
        self._tags: dict[tuple[Element, str, int], Tag] = {}
        self.own: dict[Element, Tag] = {}  # without those that share the tag of what is around them

    def tag(self, element: Element, pseudo: str = "") -> Tag:
        """Return the tag of an element, or of the nearest one around it that has one; make it where it is missing."""
        if element.tag in ("html", "body"):
            return self.document
        listing = self._markup.listings.get(element)
        line = self._line_ends.line(listing) if listing is not None else 0
        if known := self._tags.get((element, pseudo, line)):
            return known
        if element is listing:
            tag = self._line(listing)
        elif pseudo == "footnote-call":
            tag = self._call(element)
        elif pseudo:
            tag = _add(Tag(PSEUDO_ROLES[pseudo]), self.tag(element))
        else:
            tag = self._make(element)
        self._tags[element, pseudo, line] = tag
        return tag

    def _make(self, element: Element) -> Tag:
        parent = self.tag(self._markup.parents[element])
        if "page-reference" in classes_of(element):
            parent = _add(Tag("Reference"), parent)
        tag = tag_for(element, self._markup)
        if tag is None:
            return parent
        self.own[element] = tag
        return _add(tag, parent)

    def _call(self, note: Element) -> Tag:
        """Return a new tag for the call of a note, which is followed by the note, wherever on paper that is."""
        tag = _add(Tag(PSEUDO_ROLES["footnote-call"]), self.tag(self._markup.parents[note]))
        tag.refers = [self.tag(called) for called in self._markup.called_with(note)][:1]
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

"""Elements of the markup → the tags that stand for them when all tags are in their shapes: where links lead to."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from octavo.pdf.element_tags import ElementTags
from octavo.pdf.marks import Tag, tags_of
from octavo.pdf.markup import Markup


class Places:
    """Find the tag that is nearest to an element or to an identifier."""

    def __init__(self, root: Element, markup: Markup, tags: ElementTags) -> None:
        self._markup = markup
        self._tags = tags
        self._present = frozenset(tags_of(tags.document))
        self._named = {name: element for element in root.iter() if (name := element.get("id"))}

    def tag(self, element: Element) -> Tag:
        """Return the tag of an element, else of the first in it that has one, else of the nearest around it."""
        for part in element.iter():
            if tag := self.own(part):
                return tag
        around: Element | None = element
        while around is not None:
            if tag := self.own(around):
                return tag
            around = self._markup.parents.get(around)
        return self._tags.document

    def own(self, element: Element | None) -> Tag | None:
        """Return the tag of an element itself, where it has one that was not dissolved when the tags were arranged."""
        tag = None if element is None else self._tags.own.get(element)
        return tag if tag in self._present else None

    def named(self, name: str) -> Tag:
        """Return the tag that a link to an identifier leads to; the whole document where none has it."""
        element = self._named.get(name)
        return self._tags.document if element is None else self.tag(element)

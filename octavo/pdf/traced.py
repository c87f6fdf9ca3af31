"""Markup with keys in it → its tree, and for each character and picture in it the piece of the book that it is in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

from octavo.render.page_breaks import CONTENTS, counted, line_key
from octavo.render.templates import parse_markup


@dataclass(frozen=True, slots=True)
class Place:
    """Tell a place in the book: how many characters of a piece are before it."""

    key: str
    skip: int


@dataclass(slots=True)
class Trace:
    """Hold where the pieces of the book begin, and the texts and pictures of the elements, by counted characters.

    `starts` are those of the pieces with these `keys`; `elements` tells of each the piece that it follows and how many
    characters are before it, `texts` what each holds itself and where that begins.
    """

    starts: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    elements: dict[Element, tuple[int, int]] = field(default_factory=dict)
    texts: dict[Element, list[tuple[int, str]]] = field(default_factory=dict)
    parents: dict[Element, Element] = field(default_factory=dict)

    def of_character(self, at: int) -> Place | None:
        """Return the place of the character behind `at` others."""
        return self._place(bisect_right(self.starts, at) - 1, at)

    def of_element(self, element: Element) -> Place | None:
        """Return the place of an element, such as a picture."""
        return self._place(*self.elements[element]) if element in self.elements else None

    def of_line(self, element: Element) -> Place | None:
        """Return the place of the line of the contents that an element is in: the one with that link."""
        while element.tag != "a":
            if (parent := self.parents.get(element)) is None:
                return None
            element = parent
        return Place(line_key((element.get("href") or "").removeprefix("#")), 0)

    def _place(self, piece: int, at: int) -> Place | None:
        return Place(self.keys[piece], at - self.starts[piece]) if piece >= 0 else None


def parse_traced(markup: str, place: str) -> tuple[Element, Trace]:
    """Return markup as a tree, of which the keys are no part, and where the pieces are that they stand before."""
    tracing = _Tracing()
    # The type is that of a target whose methods are known, and those of this one are.
    root = parse_markup(markup, place, parser=XMLParser(target=tracing))
    return root, tracing.trace


class _Tracing:
    """Build the tree as the parser's own target does, and count along."""

    def __init__(self) -> None:
        self.trace = Trace()
        self._builder = TreeBuilder()
        self._open: list[Element] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        if tag == "nav":  # whose title is the template's
            self.pi("octavo", CONTENTS)
        element: Element = self._builder.start(tag, attributes)
        self.trace.elements[element] = len(self.trace.keys) - 1, self._count
        if self._open:
            self.trace.parents[element] = self._open[-1]
        self._open.append(element)
        return element

    def data(self, text: str) -> None:
        self._builder.data(text)
        if self._open and (seen := counted(text)):
            self.trace.texts.setdefault(self._open[-1], []).append((self._count, seen))
            self._count += len(seen)

    def end(self, tag: str) -> Any:
        self._open.pop()
        return self._builder.end(tag)

    def pi(self, target: str, data: str | None = None) -> None:
        if target == "octavo" and data:
            self.trace.starts.append(self._count)
            self.trace.keys.append(data)

    def close(self) -> Element:
        root: Element = self._builder.close()
        return root

"""The text of a page → its elements, each with the line and the column where it begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_TAGS = re.compile(r"<[^>]*>?")


class Page:
    """Find elements of a page by what judges say of them. Raises ExpatError where the page is no XML."""

    def __init__(self, data: bytes) -> None:
        self._places: list[tuple[int, int]] = []
        self.elements: list[Element] = []
        self._parents: dict[Element, Element] = {}
        self._read(data)

    def _read(self, data: bytes) -> None:
        builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
        stack: list[Element] = []

        def begin(tag: str, attributes: dict[str, str]) -> None:
            element = builder.start(tag.rpartition("}")[2], attributes)
            if stack:
                self._parents[element] = stack[-1]
            stack.append(element)
            self.elements.append(element)
            self._places.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

        def end(tag: str) -> None:
            builder.end(stack.pop().tag)

        parser.StartElementHandler, parser.EndElementHandler = begin, end
        parser.CharacterDataHandler = builder.data
        parser.Parse(data, True)
        builder.close()

    def at(self, line: int, column: int | None = None) -> Element:
        """Return the element that begins last before a place; without a column, the first that begins on a line."""
        if column is None:
            first = next((number for number, place in enumerate(self._places) if place[0] >= line), None)
            if first is not None and self._places[first][0] == line:
                return self.elements[first]
            return self.elements[-1 if first is None else max(first - 1, 0)]
        return self.elements[max(bisect_right(self._places, (line, column)) - 1, 0)]

    def near(self, line: int, column: int | None, markup: str) -> Element:
        """Return the element at a place or, where that has another tag than the markup, on the next line.

        Nu counts lines from 0 in all files but the first that it is given.
        """
        tag, found = _beginning(markup)[0], self.at(line, column)
        after = self.at(line + 1, column)
        return after if tag and found.tag != tag and after.tag == tag else found

    def select(self, selector: str | None, markup: str) -> Element | None:
        """Return the element that a selector names, or where scripts have changed the page the one of that markup."""
        tag, attributes = _beginning(markup)
        found = [element for element in self._matching(selector) if tag in (None, element.tag)]
        if len(found) == 1:
            return found[0]
        alike = [element for element in found or self.elements if element.tag == tag]
        alike = [each for each in alike if all(each.get(name) == value for name, value in attributes.items())]
        text = _TAGS.sub("", markup).strip()
        return next((each for each in alike if text and text in "".join(each.itertext())), next(iter(alike), None))

    def _matching(self, selector: str | None) -> list[Element]:
        from cssselect2 import ElementWrapper, SelectorError, compile_selector_list  # noqa: PLC0415

        if not selector:
            return []
        try:
            tests = compile_selector_list(selector)
        except SelectorError:
            return []
        root = ElementWrapper.from_html_root(self.elements[0])
        return [each.etree_element for each in root.iter_subtree() if any(test.test(each) for test in tests)]

    def above(self, element: Element) -> Iterator[Element]:
        """Yield an element and those around it, from the inside out."""
        current: Element | None = element
        while current is not None:
            yield current
            current = self._parents.get(current)

    def before(self, element: Element) -> Iterator[Element]:
        """Yield the elements that begin before another, the nearest first."""
        yield from reversed(self.elements[: self.elements.index(element)])


def _beginning(markup: str) -> tuple[str | None, dict[str, str]]:
    """Return the tag that a piece of markup begins with, and its attributes."""
    from html.parser import HTMLParser  # noqa: PLC0415

    found: list[tuple[str, dict[str, str]]] = []

    class First(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, {name: value or "" for name, value in attrs if name != "style"}))

    First().feed(markup)
    return found[0] if found else (None, {})

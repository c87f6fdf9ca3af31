"""The markup that comes from the processor → inlines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from octavo.diagnostics import Position
from octavo.document import Emphasis, HardBreak, Inline, Link, Span, Strong, Subscript, Superscript, Text

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

# Signs for private use stand for what an author marked up in the words around a citation.
FIRST_SIGN = 0xF100


@dataclass(frozen=True, slots=True)
class Reader:
    """Read markup at a place; `link` makes the link of a work from its key, `signs` is what signs stand for."""

    position: Position
    link: Callable[[str, tuple[Inline, ...]], tuple[Inline, ...]]
    signs: Mapping[str, tuple[Inline, ...]]

    def read(self, markup: str) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
        """Return what stands in the margin, such as a number, and all else."""
        root = _parsed(f"<root>{markup}</root>".encode())
        margin = root.find("margin")
        number: tuple[Inline, ...] = ()
        if margin is not None:
            number = self._children(margin)
            rest = margin.tail or ""
            margin.clear()
            margin.tail = rest.lstrip()
        return _joined(number), _joined(self._children(root))

    def _children(self, element: _Element) -> tuple[Inline, ...]:
        return tuple(self._pieces(element))

    def _pieces(self, element: _Element) -> Iterator[Inline]:
        yield from self._text(element.text)
        for child in element:
            yield from self._element(child)
            yield from self._text(child.tail)

    def _text(self, text: str | None) -> Iterator[Inline]:
        if not self.signs:
            yield from self._run(text or "")
            return
        run = ""
        for character in text or "":
            if character in self.signs:
                yield from self._run(run)
                yield from self.signs[character]
                run = ""
            else:
                run += character
        yield from self._run(run)

    def _run(self, text: str) -> Iterator[Inline]:
        if text:
            yield Text(text=text, position=self.position)

    def _element(self, element: _Element) -> Iterator[Inline]:
        children = self._children(element)
        if element.tag == "margin" or not children:
            return
        match element.tag:
            case "i" | "em":
                yield Emphasis(children=children, position=self.position)
            case "b":
                yield Strong(children=children, position=self.position)
            case "sup":
                yield Superscript(children=children, position=self.position)
            case "sub":
                yield Subscript(children=children, position=self.position)
            case "small-caps":
                yield Span(children=children, classes=("small-caps",), position=self.position)
            case "a":
                yield Link(destination=str(element.get("href")), children=children, position=self.position)
            case "cite":
                yield from self.link(str(element.get("data-key")), children)
            case "block":
                yield HardBreak(position=self.position)
                yield from children
            case _:
                yield from children


def _parsed(markup: bytes) -> _Element:
    from lxml import etree  # noqa: PLC0415 (only books that cite need it)

    return etree.fromstring(markup, _parser())


@cache
def _parser() -> XMLParser:
    """Return what parses markup: made once, for there are thousands of citations."""
    from lxml import etree  # noqa: PLC0415

    return etree.XMLParser(resolve_entities=False)


def _joined(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return nodes with runs of text in one piece."""
    result: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text) and result and isinstance(last := result[-1], Text):
            result[-1] = replace(last, text=last.text + node.text)
        else:
            result.append(node)
    return tuple(result)

"""What can be asked of the markup that is laid out: what is around an element, what is in it, what belongs to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

# What is more than a picture in a figure: its description would be read in the place of all that.
_NO_PICTURE = frozenset({"a", "figure", "pre", "table"})

# What can stand in a line of text, and leaves the block that the line belongs to the same.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rb", "rt"}
    | {"ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"}
)


class Markup:
    """Know how the elements of one piece of markup stand to each other."""

    def __init__(self, root: Element) -> None:
        self.parents: Mapping[Element, Element] = {child: parent for parent in root.iter() for child in parent}
        navs = (nav for nav in root.iter("nav") if "contents" in classes_of(nav))
        lists = (lines for lines in root.iter("ul") if "list-of" in classes_of(lines))
        self.contents = frozenset(element for part in (*navs, *lists) for element in part.iter())
        self.listings = {element: listing for listing in root.iter("pre") for element in listing.iter()}
        figures = ((figure, _only_picture(figure)) for figure in root.iter("figure"))
        self.pictures = {figure: picture for figure, picture in figures if picture is not None}
        self._figures = {picture: figure for figure, picture in self.pictures.items()}

    def figure(self, picture: Element) -> Element:
        """Return the figure that shows this picture and nothing else, or the picture."""
        return self._figures.get(picture, picture)

    def enclosing(self, element: Element, tag: str) -> Element | None:
        """Return the nearest element of a name, from this one outwards."""
        found: Element | None = element
        while found is not None and found.tag != tag:
            found = self.parents.get(found)
        return found

    def block(self, element: Element) -> Element:
        """Return the block whose text an element is a part of."""
        while element.tag in _INLINE and element in self.parents:
            element = self.parents[element]
        return element

    def called_with(self, note: Element) -> Iterator[Element]:
        """Yield a note and those behind it that have no call in the text, because they are called in the note."""
        siblings = list(self.parents[note])
        yield note
        for sibling in siblings[siblings.index(note) + 1 :]:
            if "silent" not in classes_of(sibling):
                return
            yield sibling


def classes_of(element: Element) -> list[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()


def is_note(element: Element) -> bool:
    """Tell whether an element is a note, which floats to the foot of the page."""
    return "foot-note" in classes_of(element)


def text_of(element: Element, folios: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return what an element says, its pictures by their description, without the notes that are called in it.

    `folios` are the numbers of the pages that identifiers are on, for the places where the sheet fills them in.
    """
    return " ".join("".join(_texts(element, folios)).split())


def _texts(element: Element, folios: Mapping[str, str]) -> Iterator[str]:
    yield element.get("alt") or element.text or ""
    if "page-number" in classes_of(element):
        yield folios.get((element.get("data-target") or "").removeprefix("#"), "")
    for child in element:
        if not is_note(child):
            yield from _texts(child, folios)
        yield child.tail or ""


def _only_picture(figure: Element) -> Element | None:
    """Return the described picture that is all that a figure shows, beside its caption, and that leads nowhere."""
    shown = [element for part in figure if part.tag != "figcaption" for element in part.iter()]
    pictures = [element for element in shown if element.tag == "img"]
    if any("formula" in classes_of(picture) for picture in pictures):
        return None
    texts = [figure.text, *(text for element in shown for text in (element.text, element.tail))]
    if any(text and text.strip() for text in texts) or any(element.tag in _NO_PICTURE for element in shown):
        return None
    return pictures[0] if len(pictures) == 1 and pictures[0].get("alt") else None

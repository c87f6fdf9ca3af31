"""Which tag an element of the markup has: the standard structure types and their attributes.

They are those of ISO 32000-1, 14.8.4 and 14.8.5. Elements that are not named here give what they hold to the tag around
them: PDF 1.7 has none for emphasis, for keys, for what stands above or below the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from octavo.pdf.marks import Tag

_ROLES = {
    "a": "Link",
    "article": "Art",
    "aside": "Div",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "code": "Code",
    "dd": "LBody",
    "details": "Div",
    "dl": "L",
    "dt": "Lbl",
    "figcaption": "Caption",
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
    "pre": "Div",
    "rb": "RB",
    "rt": "RT",
    "ruby": "Ruby",
    "section": "Sect",
    "summary": "P",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
}
_IN_CONTENTS = {"ol": "TOC", "ul": "TOC", "li": "TOCI"}
_BY_CLASS = {"foot-note": "Note", "note-call": "Reference", "page-reference": "Reference", "task": "Lbl"}
_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_NUMBERINGS = {"1": "/Decimal", "A": "/UpperAlpha", "a": "/LowerAlpha", "I": "/UpperRoman", "i": "/LowerRoman"}
_SPANS = {"colspan": "ColSpan", "rowspan": "RowSpan"}
# What is more than a picture in a figure: its description would be read in the place of all that.
_NO_PICTURE = frozenset({"figure", "pre", "table"})


class Roles:
    """Know the tags of all elements of one piece of markup."""

    def __init__(self, root: Element) -> None:
        self.parents: Mapping[Element, Element] = {child: parent for parent in root.iter() for child in parent}
        lists = [element for element in root.iter() if _is_contents(element)]
        self._contents = {element for each in lists for element in each.iter()}
        figures = ((figure, _only_picture(figure)) for figure in root.iter("figure"))
        self._pictures = {figure: picture for figure, picture in figures if picture is not None}
        self._figures = {picture: figure for figure, picture in self._pictures.items()}

    def tag(self, element: Element) -> Tag | None:
        """Return a new tag for an element, or None where it has none of its own."""
        role = self._role(element)
        if role is None:
            return None
        return Tag(
            role,
            language=element.get("lang"),
            alternative=self._pictures.get(element, element).get("alt") if role == "Figure" else None,
            expansion=element.get("title") if element.tag == "abbr" else None,
            identifier=element.get("id") if role == "Note" else None,
            attributes=self._attributes(element, role),
        )

    def figure(self, picture: Element) -> Element:
        """Return the element that has the tag of a picture: the figure around it, where it is all that this shows."""
        return self._figures.get(picture, picture)

    def called_with(self, note: Element) -> Iterator[Element]:
        """Yield a note and those behind it that have no call in the text, because they are called in the note."""
        siblings = list(self.parents[note])
        yield note
        for sibling in siblings[siblings.index(note) + 1 :]:
            if "silent" not in classes_of(sibling):
                return
            yield sibling

    def enclosing(self, element: Element, tag: str) -> Element | None:
        """Return the nearest element of a name, from this one outwards."""
        found: Element | None = element
        while found is not None and found.tag != tag:
            found = self.parents.get(found)
        return found

    def _role(self, element: Element) -> str | None:
        if element.tag == "figure":
            return "Figure" if element in self._pictures else "Div"
        if element in self._figures:
            return None
        if role := next((_BY_CLASS[name] for name in classes_of(element) if name in _BY_CLASS), None):
            return role
        if element in self._contents and element.tag in _IN_CONTENTS:
            return _IN_CONTENTS[element.tag]
        if element.tag == "code" and self.enclosing(element, "pre") is not None:
            return None  # each of its lines is code
        return _ROLES.get(element.tag) or _role_of_said(element)

    def _attributes(self, element: Element, role: str) -> dict[str, Any]:
        match role:
            case "L":
                return {"O": "/List", "ListNumbering": _numbering(element)}
            case "TH":
                default = "/Column" if self.enclosing(element, "thead") is not None else "/Row"
                return {"O": "/Table", "Scope": _SCOPES.get(element.get("scope") or "", default), **_spans(element)}
            case "TD" if spans := _spans(element):
                return {"O": "/Table", **spans}
            case "Span" if element.tag in ("del", "s"):
                return {"O": "/Layout", "TextDecorationType": "/LineThrough"}
        return {}


def classes_of(element: Element) -> list[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()


def is_note(element: Element) -> bool:
    """Tell whether an element is a note, which floats to the foot of the page."""
    return "foot-note" in classes_of(element)


def _role_of_said(element: Element) -> str | None:
    """Return a tag for an element without a meaning of its own, where something is said of it."""
    if element.tag in ("del", "s") or (element.tag == "abbr" and element.get("title")):
        return "Span"
    if element.get("lang"):
        return "Div" if element.tag == "div" else "Span"
    return None


def _only_picture(figure: Element) -> Element | None:
    """Return the described picture that is all that a figure shows, beside its caption."""
    shown = [element for part in figure if part.tag != "figcaption" for element in part.iter()]
    pictures = [element for element in shown if element.tag == "img"]
    texts = [figure.text, *(text for element in shown for text in (element.text, element.tail))]
    if any(text and text.strip() for text in texts) or any(element.tag in _NO_PICTURE for element in shown):
        return None
    return pictures[0] if len(pictures) == 1 and pictures[0].get("alt") else None


def _numbering(element: Element) -> str:
    if element.tag == "ol":
        return _NUMBERINGS.get(element.get("type") or "1", "/Decimal")
    if element.tag == "dl":
        return "/None"
    items = list(element)
    # The labels of tasks are boxes.
    return "/Square" if items and all("with-task" in classes_of(item) for item in items) else "/Disc"


def _spans(element: Element) -> dict[str, int]:
    """Return over how many columns and rows a cell goes, where that is more than one."""
    found = {key: element.get(name) or "" for name, key in _SPANS.items()}
    return {key: int(value) for key, value in found.items() if value.isdecimal() and int(value) > 1}


def _is_contents(element: Element) -> bool:
    """Tell whether an element lists headings, or things with captions, by their pages."""
    classes = classes_of(element)
    return (element.tag == "nav" and "contents" in classes) or (element.tag == "ul" and "list-of" in classes)

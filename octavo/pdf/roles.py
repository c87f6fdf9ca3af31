"""Which tag an element of the markup has: the standard structure types and their attributes.

They are those of ISO 32000-2, 14.8.4 and 14.8.5, and those of ISO 32000-1 for which that has none: whichever the file
is to be, `vocabulary` puts them into its words. Elements that are not named here give what they hold to the tag around
them: neither edition has one for keys.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from octavo.pdf.marks import Tag
from octavo.pdf.markup import Markup, classes_of, text_of

_ROLES = {
    "a": "Link",
    "article": "Art",
    "aside": "Aside",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "code": "Code",
    "dd": "LBody",
    "details": "Div",
    "dl": "L",
    "dt": "Lbl",
    "em": "Em",
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
    "rp": "RP",
    "rt": "RT",
    "ruby": "Ruby",
    "section": "Sect",
    "strong": "Strong",
    "sub": "Span",
    "summary": "P",
    "sup": "Span",
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
_BY_CLASS = {
    "book-title": "Title",
    "contents-title": "H2",
    "entry-number": "Lbl",
    "foot-note": "FENote",
    "index": "Index",
    "note-call": "Reference",
    "task": "Lbl",
    "theorem": "Div",
}
_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_NUMBERINGS = {"1": "/Decimal", "A": "/UpperAlpha", "a": "/LowerAlpha", "I": "/UpperRoman", "i": "/LowerRoman"}
_SPANS = {"colspan": "ColSpan", "rowspan": "RowSpan"}
_STRUCK = ("del", "s")
_RAISED = {"sub": "/Sub", "sup": "/Sup"}
_SHIFT = 1  # the title of the book is the one heading above all others
_LEVEL = re.compile(r"level-(\d+)")


def tag_for(element: Element, markup: Markup) -> Tag | None:
    """Return a new tag for an element, or None where it has none of its own."""
    role = _role(element, markup)
    if role is None:
        return None
    return Tag(
        role,
        language=element.get("lang"),
        alternative=_alternative(element, role, markup),
        expansion=element.get("title") if element.tag == "abbr" else None,
        identifier=element.get("id") if role == "FENote" else None,
        mathml=element.get("data-mathml"),
        attributes=_attributes(element, role, markup),
    )


def _role(element: Element, markup: Markup) -> str | None:
    if element.tag == "figure":
        return "Figure" if element in markup.pictures else "Div"
    if "formula" in classes_of(element) and element.tag == "img":
        return "Formula"
    if element.tag == "div" and (around := markup.parents.get(element)) is not None and _is_equation(around):
        return "P"  # the formula and its label are read one after the other
    if markup.figure(element) is not element:
        return None  # the figure around it is its tag
    if role := next((_BY_CLASS[name] for name in classes_of(element) if name in _BY_CLASS), None):
        return role
    if element in markup.contents and element.tag in _IN_CONTENTS:
        return _IN_CONTENTS[element.tag]
    if element.tag == "code" and element in markup.listings:
        return None  # each of its lines is code
    if element.tag == "h6" or "label" in classes_of(element):
        return _role_beside(element, markup)
    return _ROLES.get(element.tag) or _role_of_said(element)


def _role_beside(element: Element, markup: Markup) -> str | None:
    """Return the role of what means more for what it stands in: a heading of a deep section, the label of a caption."""
    around = markup.parents[element]
    if element.tag == "h6":
        level = _LEVEL.search(around.get("class") or "")
        return f"H{max(6, int(level[1]) + _SHIFT)}" if level else "H6"
    if around.tag in ("caption", "figcaption"):
        return "Lbl"
    return _ROLES.get(element.tag) or _role_of_said(element)


def _is_equation(element: Element) -> bool:
    return "equation" in classes_of(element)


def _role_of_said(element: Element) -> str | None:
    """Return a tag for an element without a meaning of its own, where something is said of it."""
    if element.tag in _STRUCK or (element.tag == "abbr" and element.get("title")):
        return "Span"
    if element.get("lang"):
        return "Div" if element.tag == "div" else "Span"
    return None


def _alternative(element: Element, role: str, markup: Markup) -> str | None:
    if role == "Formula":
        return element.get("alt")
    if role == "Figure":
        return markup.pictures.get(element, element).get("alt")
    if role == "Link" and not "".join(element.itertext()).strip():
        return text_of(element) or element.get("href")
    return None


def _attributes(element: Element, role: str, markup: Markup) -> dict[str, Any]:
    match role:
        case "L":
            return {"O": "/List", "ListNumbering": _numbering(element)}
        case "TH":
            default = "/Row" if markup.enclosing(element, "thead") is None else "/Column"
            return {"O": "/Table", "Scope": _SCOPES.get(element.get("scope") or "", default), **_spans(element)}
        case "TD" if spans := _spans(element):
            return {"O": "/Table", **spans}
        case "FENote":
            return {"O": "/FENote", "NoteType": "/Footnote"}
        case "Span" if element.tag in _STRUCK:
            return {"O": "/Layout", "TextDecorationType": "/LineThrough"}
        case "Span" if element.tag in _RAISED:
            return {"O": "/Layout", "TextPosition": _RAISED[element.tag]}
    return {}


def _numbering(element: Element) -> str:
    if element.tag == "ol":
        return _NUMBERINGS.get(element.get("type") or "1", "/Decimal")
    if element.tag == "dl":
        return "/Description"
    if any("entry-number" in classes_of(part) for item in element for part in item):
        return "/Ordered"
    if "index-entries" in classes_of(element):
        return "/None"
    items = list(element)
    # The labels of tasks are boxes.
    return "/Square" if items and all("with-task" in classes_of(item) for item in items) else "/Disc"


def _spans(element: Element) -> dict[str, int]:
    """Return over how many columns and rows a cell goes, where that is more than one."""
    found = {key: element.get(name) or "" for name, key in _SPANS.items()}
    return {key: int(value) for key, value in found.items() if value.isdecimal() and int(value) > 1}

"""The tree of tags in the words of PDF 1.7 and PDF/UA-1, or of PDF 2.0 and PDF/UA-2 (ISO 32000-1 and -2, 14.8.4).

It is made in the words of the later edition, and of the earlier one where that has more: contents, code, references.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from octavo.pdf.marks import Annotation, Kid, Tag, is_heading, tags_of

# What the later edition has anew, in the words of the earlier one; a reader who knows these types goes by their names.
ROLE_MAP = {"Aside": "Div", "Em": "Span", "Strong": "Span"}
_EARLIER = {"FENote": "Note", "Title": "H1"}
_DEEPEST = 6
# Lists whose labels are terms or numbers that the author wrote: the earlier edition has no word for these.
_WRITTEN = ("/Description", "/Ordered")

# What the later edition has not: these tags are in the namespace of the earlier one.
ONLY_EARLIER = frozenset(
    {"Art", "BibEntry", "BlockQuote", "Code", "Index", "Note", "Private", "Quote", "Reference", "TOC", "TOCI"}
)
# What must not stand in some tags (ISO/TS 32005, table 5), and what it is there: a group, a heading of no special kind.
_REFUSED = {
    "Art": {"Aside": "Div", "Art": "Div"},
    "Aside": {"Aside": "Div"},
    "BlockQuote": {"Aside": "Div"},
    "FENote": {f"H{level}": "P" for level in range(1, 10)},
    "TD": {"Aside": "Div", "BlockQuote": "Div"},
    "TH": {"Aside": "Div", "BlockQuote": "Div"},
}


def say_in_pdf_1(root: Tag) -> None:
    """Put a tree into the words of PDF 1.7; three of its types are left to the role map."""
    for tag in tags_of(root):
        tag.kids = [part for kid in tag.kids for part in _without_position(kid)]
        tag.role = _EARLIER.get(tag.role, tag.role)
        if is_heading(tag.role):
            tag.role = f"H{min(int(tag.role[1:]), _DEEPEST)}"
        if tag.role == "Note":
            tag.attributes = {}
        if tag.attributes.get("ListNumbering") in _WRITTEN:
            tag.attributes["ListNumbering"] = "/None"


def _without_position(kid: Kid) -> list[Kid]:
    """Return what is in a tag that only says that it is raised, which PDF 1.7 cannot say."""
    if isinstance(kid, Tag) and "TextPosition" in kid.attributes:
        return [part for inner in kid.kids for part in _without_position(inner)]
    return [kid]


def say_in_pdf_2(root: Tag, named: Callable[[str], Tag]) -> None:
    """Put a tree into the words of PDF 2.0; `named` finds the tag that a link to an identifier leads to."""
    for tag in tags_of(root):
        if tag.role != "Title" and is_heading(tag.role):
            tag.role = f"H{max(int(tag.role[1:]) - 1, 1)}"  # the title is no heading any more
        if tag.role == "Div" and any(isinstance(kid, Tag) and kid.role == "Caption" for kid in tag.kids):
            tag.role = "Sect"  # through a Div the caption would be taken for one of all that is around it
        if tag.role == "Link" and any(isinstance(kid, Annotation) for kid in tag.kids):
            tag.alternative = None  # its annotation says what it is, its pictures what they are
        if tag.role in ("Reference", "TOCI"):
            _refer(tag, named)
    _fit(root, root.role)


def _fit(tag: Tag, around: str) -> None:
    """Let nothing stand where it must not; `around` is the nearest role that counts, which that of a Div does not."""
    around = around if tag.role == "Div" else tag.role
    for kid in tag.kids:
        if isinstance(kid, Tag):
            kid.role = _REFUSED.get(around, {}).get(kid.role, kid.role)
            _fit(kid, around)


def _refer(tag: Tag, named: Callable[[str], Tag]) -> None:
    """Let a line of the contents know what it leads to, and a call its note; that knows all its calls."""
    name = next((found for kid in tag.kids if (found := _destination(kid))), None)
    target = named(name) if name else next(iter(tag.refers), None)
    if target is None or (tag.role == "Reference" and target.role != "FENote"):
        return
    tag.refers = [target]
    if target.role == "FENote":
        target.refers.append(tag)


def _destination(kid: Kid) -> str | None:
    """Return the identifier that the first link leads to which is in a line, and not in the lines below it."""
    if isinstance(kid, Annotation):
        destination: Any = kid.annotation.get("Dest")
        return None if destination is None else str(destination.string)
    if not isinstance(kid, Tag) or kid.role == "TOC":
        return None
    return next((found for inner in kid.kids if (found := _destination(inner))), None)

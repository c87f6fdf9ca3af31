"""The table of contents and the list of printed pages for readers of EPUB 2 (OPF 2.0.1, 2.4.1; DAISY 3, 8.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_POINT = _NCX + "navPoint"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """Hold what is printed on a page, and the address of the place where it begins."""

    label: str
    href: str


def complete_ncx(data: bytes, language: str, pages: Sequence[PageEntry]) -> bytes:
    """Return the table that EbookLib writes with what it lacks: its language, its depth and the pages."""
    root = etree.fromstring(data)
    root.set(_XML_LANG, language)
    above = [sum(1 for _ in point.iterancestors(_POINT)) for point in root.iter(_POINT)]
    numbers = [int(page.label) for page in pages if page.label.isdecimal()]
    facts = {
        "dtb:depth": max(above, default=0) + 1,
        "dtb:totalPageCount": len(pages),
        "dtb:maxPageNumber": max(numbers, default=0),
    }
    for fact in root.iter(_NCX + "meta"):
        if (name := fact.get("name")) in facts:
            fact.set("content", str(facts[name]))
    if pages:
        _list_pages(root, pages)
        etree.indent(root)
    written: bytes = etree.tostring(root, pretty_print=True, encoding="utf-8", xml_declaration=True)
    return written


def _list_pages(root: Any, pages: Sequence[PageEntry]) -> None:
    table = etree.SubElement(root, _NCX + "pageList")
    for order, page in enumerate(pages, 1):
        number = {"value": page.label} if page.label.isdecimal() else {}
        target = etree.SubElement(table, _NCX + "pageTarget", {"id": f"page-target-{order}", **number})
        target.set("type", "normal" if number else "front")
        etree.SubElement(etree.SubElement(target, _NCX + "navLabel"), _NCX + "text").text = page.label
        etree.SubElement(target, _NCX + "content", src=page.href)

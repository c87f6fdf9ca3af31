"""The list of printed pages in an EPUB, held against the pages of the PDF that was made with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pypdfium2

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
# What print shows otherwise: readings above, notes at the foot, numbers of pages for those of sections.
_ELSEWHERE = frozenset({"note-call", "notes", "page-reference", "cited-at", "entry-number", "note-number"})
_IGNORED = re.compile("[\\s\u00ad\u200b-\u2012\u2060-\u2064\ufeff\ufffe\u0002-]+")


@dataclass(slots=True)
class Printed:
    """Hold a page of the list, and the texts of the EPUB from its mark to the next, squeezed."""

    label: str
    href: str
    texts: list[str] = field(default_factory=list)


def printed_pages(path: Path) -> list[Printed]:
    """Return the list of an EPUB; the pages on which the contents are printed have no texts."""
    with ZipFile(path) as archive:
        navigation = fromstring(archive.read("EPUB/nav.xhtml"))
        (table,) = (nav for nav in navigation.iter(f"{XHTML}nav") if nav.get(TYPE) == "page-list")
        pages = [Printed(link.text or "", link.get("href") or "") for link in table.iter(f"{XHTML}a")]
        marks = {page.href: page for page in pages}
        current = None
        for file in dict.fromkeys(page.href.partition("#")[0] for page in pages):
            for text in _texts(fromstring(archive.read(f"EPUB/{file}"))):
                if text.startswith("#"):
                    current = marks.get(f"{file}{text}", current)
                elif current is not None and file != "nav.xhtml" and squeeze(text):
                    current.texts.append(squeeze(text))
    return pages


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts of a file, and the marks as links."""
    classes = set((element.get("class") or "").split())
    if element.get("role") == "doc-pagebreak":
        yield f"#{element.get('id')}"
        return
    if element.tag in (MATH, f"{XHTML}head", f"{XHTML}rt") or classes & _ELSEWHERE:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def disagreements(epub: Path, pdf: Path) -> Iterator[str]:
    """Yield each text that the EPUB has on a page where the PDF has not, and each page that does not begin alike."""
    with pypdfium2.PdfDocument(pdf) as document:
        printed = {
            document.get_page_label(number): squeeze(page.get_textpage().get_text_range())
            for number, page in enumerate(document)
        }
    for page in printed_pages(epub):
        found = printed[page.label]
        for text in page.texts:
            if text not in found:
                yield f"page {page.label}: “{text}” is not in “{found}”"
        if page.texts and not _begins(found, page.texts):
            yield f"page {page.label} begins with “{found[:40]}”, not with “{page.texts[0]}”"


def _begins(page: str, texts: list[str]) -> bool:
    """Tell whether a page begins with a text; before it may stand the mark of an item, and the head of its table."""
    return page.find(texts[0]) < 40


def squeeze(text: str) -> str:
    """Return a text without what a layout adds and drops, its characters in one form."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))

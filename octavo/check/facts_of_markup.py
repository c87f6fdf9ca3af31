"""Facts of the outputs that are markup: the site, the single page, the EPUB."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from octavo.check.facts import Facts
from octavo.check.texts import read_page, spine, squeeze

_XHTML = "{http://www.w3.org/1999/xhtml}"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What stands around the text of a book: its parts have no counterpart in every format.
_AROUND = frozenset(
    {"turn", "contents", "abstract-block", "cover", "title-block", "title-facts", "imprint", "page-title", "list-of"}
    | {"edit-page"}
)
_OWN_PAGES = frozenset({"cover.xhtml", "title.xhtml", "imprint.xhtml", "nav.xhtml"})


def site_facts(folder: Path) -> Facts:
    """Return the facts of a site, its pages in the order in which each leads to the next."""
    return _facts((name, _main(root)) for name, root in _site_pages(folder))


def single_facts(path: Path) -> Facts:
    """Return the facts of the single page."""
    return _facts([(path.name, _main(read_page(path.read_bytes())))])


def epub_facts(path: Path) -> Facts:
    """Return the facts of an EPUB, without the pages that it has beside the text."""
    with ZipFile(path) as archive:
        names = [name for name in spine(archive) if posixpath.basename(name) not in _OWN_PAGES]
        return _facts([(posixpath.basename(name), read_page(archive.read(name))) for name in names])


def _site_pages(folder: Path) -> Iterator[tuple[str, Element]]:
    name: str | None = "index.html"
    seen: set[str] = set()
    # A page that is gone is reported where a link leads to it.
    while name and name not in seen and (folder / name).is_file():
        seen.add(name)
        root = read_page((folder / name).read_bytes())
        if name != "index.html":
            yield name, root
        name = next((link.get("href") for link in root.iter("a") if link.get("rel") == "next"), None)


def _main(root: Element) -> Element:
    main = root.find(".//main")
    return root if main is None else main


def _facts(pages: Iterable[tuple[str, Element]]) -> Facts:
    """Read the pages; a link to a page as such counts as one to the heading that it, or the next one, begins with."""
    reader = _Reader()
    begins: dict[str, int] = {}
    for name, root in pages:
        begins[name] = len(reader.heads)
        body = root.find(f"{_XHTML}body")
        reader.read(root if body is None else body)
    first = {name: next(iter(reader.heads[index:]), name) for name, index in begins.items()}
    facts = reader.facts
    facts.links, facts.note_links = ([first.get(to, to) for to in links] for links in (facts.links, facts.note_links))
    return facts


class _Reader:
    """Gather facts from one page after another, and the identifiers of the headings, in order."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.heads: list[str] = []

    def read(self, element: Element) -> None:
        """Take in an element and all below it."""
        tag = element.tag.removeprefix(_XHTML)
        classes = (element.get("class") or "").split()
        if identifier := element.get("id"):
            self.facts.identifiers.add(identifier)
        if _is_aside(element, *_AROUND):
            return
        if "note-call" in classes or "page-reference" in classes:
            return  # its number comes with the note; print refers to pages, and nothing else does
        if "notes" in classes:
            self._read_notes(element)
            return
        if tag in _HEADINGS:
            self._read_heading(element)
        elif tag == "a" and "permalink" not in classes:
            self._read_link(element.get("href") or "", self.facts.links, self.facts.addresses)
        self._add(element.text)
        for child in element:
            self.read(child)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text and (squeezed := squeeze(text)):
            self.facts.text.append(squeezed)

    def _read_heading(self, element: Element) -> None:
        if text := squeeze("".join(_heading_texts(element))):  # one that is a picture has none
            self.facts.headings.append(text)
        if identifier := element.get("id"):
            self.heads.append(identifier)

    def _read_link(self, href: str, links: list[str], addresses: list[str]) -> None:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            addresses.append(href)
        else:
            links.append(unquote(parts.fragment or parts.path))

    def _read_notes(self, element: Element) -> None:
        for part in element.iter():
            if identifier := part.get("id"):
                self.facts.identifiers.add(identifier)
            if part.get("role") == "doc-footnote":
                self._read_note(part)

    def _read_note(self, note: Element) -> None:
        for link in note.iter():
            if link.tag.removeprefix(_XHTML) == "a" and link.get("role") not in ("doc-backlink", "doc-noteref"):
                self._read_link(link.get("href") or "", self.facts.note_links, self.facts.note_addresses)
        number = next((part.text for part in note.iter() if part.get("class") == "note-number"), None)
        self.facts.notes.append((number or "", squeeze("".join(_note_texts(note)))))


def _heading_texts(element: Element) -> Iterator[str]:
    """Yield the text of a heading without the calls of notes in it."""
    yield element.text or ""
    for child in element:
        if not _is_aside(child, "note-call"):
            yield from _heading_texts(child)
        yield child.tail or ""


def _note_texts(element: Element) -> Iterator[str]:
    """Yield the text of a note without its number, the way back and the calls of other notes."""
    yield element.text or ""
    for child in element:
        if not _is_aside(child, "back", "note-call", "note-number"):
            yield from _note_texts(child)
        yield child.tail or ""


def _is_aside(element: Element, *classes: str) -> bool:
    """Tell whether an element is of one of these classes, or brackets for what cannot set a reading."""
    return element.tag.removeprefix(_XHTML) == "rp" or not {*classes}.isdisjoint((element.get("class") or "").split())

"""Whole books on paper: what is read aloud, in the order of the tags, is what the single page says; and where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pikepdf
import playa
import pytest
from golden import CASES, Books
from playa.page import Page
from playa.structure import ContentItem, ContentObject
from playa.structure import Element as Tag
from playa.utils import decode_text

from octavo.check.texts import formula_text, item_text, read_page

pytestmark = pytest.mark.canary  # of the tags

NAMES = sorted(path.name for path in CASES.iterdir() if path.name != "rules")
# Text and notes: what is read one after the other, and the notes by themselves, each with its number before it.
Read = tuple[str, list[str]]

BLOCKS = frozenset(
    {"blockquote", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "nav", "p", "pre", "section"}
    | {"summary", "td", "th"}
)
INLINE_TAGS = frozenset({"Code", "Em", "Link", "Reference", "Ruby", "RB", "RT", "Span", "Strong"})
# What the page has and the book has not: the way to the text, and the way back from a note.
SCREEN_ONLY = frozenset({"skip", "back"})


# ── The page ──


def page_read(root: ElementTree.Element) -> Read:
    """Return what the single page says, in its order."""
    body = root.find("body")
    assert body is not None
    for part in [part for part in body if part.tag == "script" or {"tools", "site-outline"} & {*_classes(part)}]:
        body.remove(part)
    _move_imprint(body)
    notes = [note for section in _notes(body) for note in section.iter("aside") if note.get("role") == "doc-footnote"]
    return _words(_page_texts(body)), [_words(_page_texts(note)) for note in notes]


def _move_imprint(body: ElementTree.Element) -> None:
    """Put the imprint where a printed book has it, behind the title; on a screen it stands at the end."""
    main, header = body.find("main"), body.find("header")
    imprint = next((part for part in body.iter("div") if "imprint" in _classes(part)), None)
    if imprint is not None and main is not None and header is not None and imprint in list(main):
        main.remove(imprint)
        header.append(imprint)


def _page_texts(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag != "rp" and not _is_aside(child):  # brackets for those who cannot set readings
            around = " " if child.tag in BLOCKS else ""
            yield around
            yield from _page_texts(child)
            yield around
        yield child.tail or ""


def _is_aside(element: ElementTree.Element) -> bool:
    # A reference to a page reads otherwise in print, where there are pages.
    return not {*SCREEN_ONLY, "notes", "note-call", "page-reference"}.isdisjoint(_classes(element))


def _notes(body: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return (section for section in body.iter("section") if "notes" in _classes(section))


def _classes(element: ElementTree.Element) -> list[str]:
    return (element.get("class") or "").split()


def _words(texts: Iterator[str]) -> str:
    return " ".join("".join(texts).split())


# ── The PDF ──


def pdf_read(data: bytes) -> Read:
    """Return what the PDF says in the order of its tags, without the page numbers of its contents."""
    notes: list[str] = []
    with playa.parse(data) as document:
        folios = {str(name): _label(document, place) for name, place in document.destinations.items()}
        tree = document.structure
        assert tree is not None
        text = _words(text for tag in tree for text in _tag_texts(tag, notes, folios))
    return text, notes


def _label(document: Any, destination: Any) -> str:
    return next(str(page.label) for page in document.pages if page.pageid == destination.page.pageid)


def _tag_texts(tag: Any, notes: list[str], folios: dict[str, str]) -> Iterator[str]:
    if isinstance(tag, ContentItem):
        yield item_text(tag)
        return
    if not isinstance(tag, Tag) or _is_marker(tag) or (tag.type == "Reference" and _parent(tag) != "TOCI"):
        return
    if tag.type == "Formula":
        yield formula_text(tag)
        return
    if tag.type == "RP":  # brackets around a reading, which the page has for those who cannot set readings
        return
    if tag.type == "Note":
        notes.append(_words(text for kid in tag for text in _tag_texts(kid, [], folios)))
        return
    around = "" if tag.type in INLINE_TAGS else " "
    texts = [text for kid in tag for text in _tag_texts(kid, notes, folios)]
    if tag.type == "Reference":
        texts = [_without_folio("".join(texts).rstrip(), folios[_target(tag)])]
    yield from (around, *texts, around)


def _without_folio(line: str, folio: str) -> str:
    assert line.endswith(folio), f"{line} has not the page number {folio}"
    return line.removesuffix(folio)


def _target(tag: Tag) -> str:
    links = (kid.props["Dest"] for link in tag.find_all("Link") for kid in link if isinstance(kid, ContentObject))
    target = next(links)
    assert isinstance(target, bytes)
    return decode_text(target)


def _is_marker(tag: Tag) -> bool:
    """Tell whether this is the mark of an item, which HTML draws and does not say."""
    item = tag.parent
    attributes: Any = getattr(getattr(item, "parent", None), "props", {}).get("A", {})
    return tag.type == "Lbl" and str(attributes.get("ListNumbering", "None")).strip("/'") != "None"


def _parent(tag: Tag) -> str:
    return getattr(tag.parent, "type", "")


# ── The books ──


Build = Callable[[str], tuple[ElementTree.Element, bytes]]


@pytest.fixture(scope="module")
def build(books: Books) -> Build:
    """Return what builds a case: its single page and its PDF."""

    def single_and_pdf(name: str) -> tuple[ElementTree.Element, bytes]:
        built = books(name)
        assert built.edition is not None
        page = read_page((built.output / f"{built.edition.slug}.html").read_bytes())
        return page, (built.output / f"{built.edition.slug}.pdf").read_bytes()

    return single_and_pdf


@pytest.mark.parametrize("name", [name for name in NAMES if name != "formats"])  # whose formats say different things
def test_the_tags_say_what_the_page_says(name: str, build: Build) -> None:
    page, data = build(name)
    text, notes = pdf_read(data)
    wanted_text, wanted_notes = page_read(page)
    assert text == wanted_text
    assert notes == wanted_notes


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_called_by_the_numbers_printed_on_them(name: str, build: Build) -> None:
    _, data = build(name)
    with playa.parse(data) as document:
        printed = [(page.label, _furniture(page)) for page in document.pages]
    # What stands before the first page with a number has a number too: the half title, the title page, the imprint.
    first = next(index for index, (label, furniture) in enumerate(printed) if label in furniture)
    assert [label for label, _ in printed[:first]] == ["i", "ii", "iii"][:first]
    assert [label for label, furniture in printed[first:] if label not in furniture] == []


def _furniture(page: Page) -> list[str]:
    """Return the texts of a page that are no part of the book: its head and its folio."""
    return [item.chars for item in page.texts if item.mcs and item.mcs.tag == "Artifact" and item.chars.strip(" ·")]


@pytest.mark.parametrize("role", ["Sect", "P", "L", "TR", "TBody", "TOC", "Note"])
def test_two_kids_in_the_wrong_order_are_noticed(role: str, build: Build) -> None:
    page, data = build("english")
    assert pdf_read(_spoiled(data, role)) != page_read(page)


def _spoiled(data: bytes, role: str) -> bytes:
    """Return a PDF with the first and the last kid swapped of the first tag of a role that has several."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        tag = next(
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == f"/{role}" and len(item.K) > 1
        )
        tag.K[0], tag.K[len(tag.K) - 1] = tag.K[len(tag.K) - 1], tag.K[0]
        pdf.save(out)
    return out.getvalue()

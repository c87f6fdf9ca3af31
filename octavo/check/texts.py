"""The text of a finished output, in reading order and without white space: what a reader gets to see and hear."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from octavo.check.compiled_classes import mend_classes

if TYPE_CHECKING:
    from playa.structure import ContentItem

_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_BODY = "{http://www.w3.org/1999/xhtml}body"
_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
# What reading a damaged output raises.
UNREADABLE = (OSError, ValueError, LookupError, RuntimeError, ElementTree.ParseError, BadZipFile, zlib.error)
# Hyphens too: a printed line may end with one that nobody wrote. And what is never seen, which fonts do not draw.
_IGNORED = re.compile("[\\s\u00ad\u200b-\u2010\u2060-\u2064\ufe00-\ufe0f\ufeff-]+")
# Hebrew, Arabic and their neighbours, with the spaces and marks between them.
_FROM_RIGHT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^A-Za-z0-9]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?"
)


def squeeze(text: str) -> str:
    """Return a text without what a line break may add or take away."""
    return _IGNORED.sub("", text)


def html_text(path: Path) -> str:
    """Return the text of a page; Octavo's pages are XML too."""
    return _page_text(path.read_bytes())


def site_text(folder: Path) -> str:
    """Return the text of all pages of a site."""
    return "".join(html_text(path) for path in sorted(folder.glob("*.html")))


def epub_text(path: Path) -> str:
    """Return the text of an EPUB in the order of its spine."""
    with ZipFile(path) as archive:
        return "".join(_page_text(archive.read(name)) for name in spine(archive))


def spine(archive: ZipFile) -> Iterator[str]:
    """Yield the names of the files that an EPUB is read through."""
    container = ElementTree.fromstring(archive.read("META-INF/container.xml"))
    package = next(container.iter(_CONTAINER)).attrib["full-path"]
    folder = package.rpartition("/")[0]
    root = ElementTree.fromstring(archive.read(package))
    files = {item.attrib["id"]: item.attrib["href"] for item in root.iter(f"{_OPF}item")}
    for reference in root.iter(f"{_OPF}itemref"):
        name = files[reference.attrib["idref"]]
        yield f"{folder}/{name}" if folder else name


def pdf_text(path: Path) -> str:
    """Return the text of a tagged PDF in the order of its tags, so that no running head comes between two pages.

    Raises ValueError where the file is no PDF.
    """
    import playa  # noqa: PLC0415 (only a check wants it)
    from playa.exceptions import PDFException  # noqa: PLC0415
    from playa.structure import ContentItem, Element  # noqa: PLC0415

    mend_classes()
    logging.getLogger("playa").addHandler(logging.NullHandler())  # what it says of a damaged file is said by us

    def texts(node: object) -> Iterator[str]:
        if isinstance(node, ContentItem):
            yield item_text(node)
        elif isinstance(node, Element) and node.type == "Formula":
            yield formula_text(node)
        elif isinstance(node, Element):
            for child in node:
                yield from texts(child)

    try:
        with playa.parse(path.read_bytes()) as document:  # open() would leave a file that is no PDF open
            tree = document.structure
            return squeeze("".join(text for element in tree or () for text in texts(element)))
    except (PDFException, StopIteration) as error:
        raise ValueError(str(error)) from error


def item_text(item: ContentItem) -> str:
    """Return the text of marked content, or the text that it stands for, where it says so.

    playa's own `text` repeats it for every piece, and a change of the font makes a new piece.
    """
    from playa.utils import decode_text  # noqa: PLC0415

    properties = (piece.mcs.props for piece in item if piece.mcs and piece.mcs.mcid == item.mcid)
    stated = next((found["ActualText"] for found in properties if "ActualText" in found), None)
    return decode_text(stated) if isinstance(stated, bytes) else as_written(item.text)


def as_written(text: str) -> str:
    """Return a text of a page in the order in which it is written: it is drawn from left to right, whatever it is."""
    return _FROM_RIGHT.sub(lambda found: found[0][::-1], text)


def formula_text(element: Any) -> str:
    """Return the words of a formula, which stand for all that is drawn of it."""
    from playa.utils import decode_text  # noqa: PLC0415

    stated = element.props.get("Alt")
    return decode_text(stated) if isinstance(stated, bytes) else ""


def read_page(data: bytes) -> ElementTree.Element:
    """Return the root of a page; a formula holds its words in place of its signs, which no other format has."""
    root = ElementTree.fromstring(data)
    for formula in root.iter(_MATH):
        formula[:] = []
        formula.text = formula.get("alttext", "")
    return root


def _page_text(data: bytes) -> str:
    root = read_page(data)
    body = root.find("body")
    body = body if body is not None else root.find(_BODY)
    return squeeze("".join(body.itertext())) if body is not None else ""

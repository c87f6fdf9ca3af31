"""A finished output → what it says in the stead of its pictures, in the order of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from octavo.check.compiled_classes import mend_classes
from octavo.check.ledger.entry import Item
from octavo.check.texts import formula_text, read_page, spine

_NAMESPACES = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")


def read_site(folder: Path) -> list[Item]:
    """Return what the pages of a site say."""
    return [item for path in sorted(folder.glob("*.html")) for item in read_page_alone(path)]


def read_page_alone(path: Path) -> list[Item]:
    """Return what one page says."""
    root = read_page(path.read_bytes())
    main = root.find(".//main")
    return list(_items([root if main is None else main]))


def read_epub(path: Path) -> list[Item]:
    """Return what the pages of an EPUB say."""
    with ZipFile(path) as archive:
        return list(_items(read_page(archive.read(name)) for name in spine(archive)))


def _items(roots: Iterable[Element]) -> Iterator[Item]:
    for element in (element for root in roots for element in root.iter()):
        match _name(element):
            case "math":
                yield Item("formula", element.get("alttext"))
            case "img" if element.get("role") == "doc-cover":
                yield Item("cover", element.get("alt"))
            case "img":
                is_formula = "formula" in (element.get("class") or "").split()
                yield Item("formula" if is_formula else "picture", element.get("alt"))


def _name(element: Element) -> str:
    name = element.tag
    for namespace in _NAMESPACES:
        name = name.removeprefix(namespace)
    return name


def read_pdf(path: Path) -> list[Item]:
    """Return what the tags of a PDF say. Raises ValueError where it cannot be read."""
    import playa  # noqa: PLC0415 (only a check wants it)
    from playa.exceptions import PDFException  # noqa: PLC0415

    mend_classes()
    try:
        with playa.parse(path.read_bytes()) as document:
            return [item for element in document.structure or () for item in _of_tags(element)]
    except (PDFException, StopIteration) as error:
        raise ValueError(str(error)) from error


def _of_tags(element: Any) -> Iterator[Item]:
    from playa.structure import Element as Tag  # noqa: PLC0415

    if not isinstance(element, Tag):
        return
    if element.type in ("Figure", "Formula"):
        yield Item("formula" if element.type == "Formula" else "picture", formula_text(element) or None)
    for kid in element:
        yield from _of_tags(kid)

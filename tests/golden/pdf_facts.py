"""The facts of a PDF as text: what a reader's program is told, and where things land. Bytes would say too much."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import playa
from playa.document import Document
from playa.page import Page
from playa.utils import decode_text

_SUBSET = re.compile(r"^[A-Z]{6}\+")


def pdf_facts(path: Path) -> str:
    """Return title and language, pages with their size and first line, outline, links with their targets, fonts."""
    with playa.open(path) as document:
        pages = list(document.pages)
        numbers = {page.pageid: number for number, page in enumerate(pages, 1)}
        lines = [
            *_description(document),
            *_sizes(pages),
            f"labels: {' '.join(page.label or '–' for page in pages)}",
            "\noutline:",
            *_outline(document.outline or (), numbers, "  "),
            "\nlinks:",
            *_links(document, pages, numbers),
            "\nfonts:",
            *sorted(f"  {name}" for name in _fonts(pages)),
            "\nfirst lines:",
            *(f"  {number}: {_first_line(page)}" for number, page in enumerate(pages, 1)),
        ]
    return "\n".join(lines) + "\n"


def _description(document: Document) -> Iterator[str]:
    information = _resolved(document.trailer.get("Info", {}))
    for name in ("Title", "Author", "Subject", "Keywords", "CreationDate"):
        if name in information:
            yield f"{name.lower()}: {_text(information[name])}"
    yield f"language: {_text(document.catalog['Lang'])}"


def _sizes(pages: list[Page]) -> Iterator[str]:
    yield f"pages: {len(pages)}"
    for (width, height), count in Counter((round(page.width, 2), round(page.height, 2)) for page in pages).items():
        yield f"size: {width} × {height} pt on {count} pages"


def _outline(items: Any, numbers: dict[Any, int], indent: str) -> Iterator[str]:
    for item in items:
        yield f"{indent}{item.title} … {_page(item.destination, numbers)}"
        yield from _outline(item, numbers, indent + "  ")


def _links(document: Document, pages: list[Page], numbers: dict[Any, int]) -> Iterator[str]:
    """Yield each target inside the book with its page and how often it is linked to, then each address outside."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for page in pages:
        for annotation in page.annotations:
            properties = annotation.props
            if "Dest" in properties:
                inside[_text(properties["Dest"])] += 1
            elif "A" in properties:
                outside[_text(_resolved(properties["A"])["URI"])] += 1
    for name, count in sorted(inside.items()):
        yield f"  {count} × #{name} … {_page(document.destinations[name], numbers)}"
    for address, count in sorted(outside.items()):
        yield f"  {count} × {address}"


def _page(destination: Any, numbers: dict[Any, int]) -> str:
    reference = destination.page
    return f"page {numbers[reference.pageid]}" if reference else "no page"


def _fonts(pages: list[Page]) -> set[str]:
    return {
        _SUBSET.sub("", str(font.basefont or font.fontname)).rstrip(",")
        for page in pages
        for font in page.fonts.values()
    }


def _first_line(page: Page) -> str:
    return next((line.strip() for line in page.extract_text().splitlines() if line.strip()), "")


def _resolved(value: Any) -> Any:
    return value.resolve() if hasattr(value, "resolve") else value


def _text(value: Any) -> str:
    return decode_text(value) if isinstance(value, bytes) else str(value)

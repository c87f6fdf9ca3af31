"""Where the links and the outline of a PDF lead: every destination has to be a page that is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf


def broken_links(file: Path) -> Iterator[str]:
    """Yield each link and outline entry of a PDF that leads nowhere. Raises PdfError where the file cannot be read."""
    with pikepdf.open(file) as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        names: Any = pdf.Root.get("/Names", {})
        outlines: Any = pdf.Root.get("/Outlines", {})
        named = dict(_named(names.get("/Dests", {})))
        for number, page in enumerate(pdf.pages, start=1):
            for annotation in page.get("/Annots", []):
                if annotation.get("/Subtype") == "/Link" and not _leads(annotation, named, pages):
                    yield f"page {number}: a link leads nowhere: {_destination(annotation)}"
        for entry in _entries(outlines.get("/First")):
            if not _leads(entry, named, pages):
                yield f"the outline entry “{entry.get('/Title', '')}” leads nowhere"


def _named(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the named destinations of a name tree."""
    pairs = list(tree.get("/Names", []))
    yield from ((str(name), value) for name, value in zip(pairs[::2], pairs[1::2], strict=True))
    for child in tree.get("/Kids", []):
        yield from _named(child)


def _entries(entry: Any) -> Iterator[Any]:
    while entry is not None:
        yield entry
        yield from _entries(entry.get("/First"))
        entry = entry.get("/Next")


def _destination(source: Any) -> Any:
    action = source.get("/A")
    return source.get("/Dest", None if action is None else action.get("/D"))


def _leads(source: Any, named: dict[str, Any], pages: set[tuple[int, int]]) -> bool:
    """Tell whether a link leaves the file, or leads to one of its pages."""
    action = source.get("/A")
    if action is not None and action.get("/S") != "/GoTo":
        return True
    destination = _destination(source)
    if isinstance(destination, (pikepdf.String, pikepdf.Name, str)):
        destination = named.get(str(destination))
    if isinstance(destination, pikepdf.Dictionary):
        destination = destination.get("/D")
    return isinstance(destination, pikepdf.Array) and len(destination) > 0 and destination[0].objgen in pages

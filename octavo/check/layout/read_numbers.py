"""The numbers of pages that are printed in the links of a PDF: in its contents, its references and its index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from octavo.check.facts_of_pdf import destination
from octavo.check.layout.drawn import NUMBER, PrintedNumber

# Where these lead to is no page: calls of notes, which stand in a reference of their own.
_NOTE = "octavo-note-"
_AROUND = frozenset({"Reference", "TOCI"})


def printed_numbers(document: Any) -> Iterator[PrintedNumber]:
    """Yield each number of a page that is printed in a link, with the page that the link leads to."""
    destinations = {str(name): place.page_idx for name, place in document.destinations.items()}
    labels = [page.label or str(index + 1) for index, page in enumerate(document.pages)]
    for element in document.structure or ():
        for link in _links(element, inside=False):
            target, _ = destination(link)
            index = destinations.get(target or "")
            pieces = [(item.page.page_idx, item.text.strip()) for item in _items(link) if item.page is not None]
            found = [(page, number[1]) for page, text in pieces if (number := NUMBER.fullmatch(text))]
            if target and not target.startswith(_NOTE) and index is not None and found:
                page, printed = found[-1]
                yield PrintedNumber(printed=printed, label=labels[index], target=target, page=page)


def _links(element: Any, *, inside: bool) -> Iterator[Any]:
    """Yield the links that say a page: those of the contents, and those in what refers to one."""
    from playa.structure import Element  # noqa: PLC0415 (only a check wants it)

    if element.type == "Link" and inside:
        yield element
        return
    for kid in element:
        if isinstance(kid, Element):
            yield from _links(kid, inside=inside or element.type in _AROUND)


def _items(element: Any) -> Iterator[Any]:
    from playa.structure import ContentItem, Element  # noqa: PLC0415

    for kid in element:
        if isinstance(kid, ContentItem):
            yield kid
        elif isinstance(kid, Element):
            yield from _items(kid)

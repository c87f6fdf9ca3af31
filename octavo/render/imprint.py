"""The imprint: what a book states of its edition and of who answers for it. What it does not state is not made up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from octavo.document import Metadata

_ISBN = re.compile(r"(?:urn:isbn:|isbn[: ]*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])", re.IGNORECASE)
_UUID = "urn:uuid:"  # made by a program, for programs


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprintLine:
    """Hold one line; `kind` is the class of its element."""

    kind: str
    text: str


def imprint_lines(metadata: Metadata) -> list[ImprintLine]:
    """Return what there is to print beside title, authors and date."""
    found = {
        "publisher": metadata.publisher,
        "series": metadata.series,
        "version": metadata.version,
        "rights": metadata.rights,
        "identifier": _identifier(metadata.identifier),
        "made-with": metadata.made_with,
    }
    return [ImprintLine(kind=kind, text=text) for kind, text in found.items() if text]


def title_page_lines(metadata: Metadata) -> list[ImprintLine]:
    """Return what a title page tells beside publisher, series and version where there is no imprint."""
    return [line for line in imprint_lines(metadata) if line.kind in ("rights", "identifier", "made-with")]


def _identifier(identifier: str) -> str | None:
    if identifier.lower().startswith(_UUID):
        return None
    isbn = isbn_of(identifier)
    return f"ISBN {isbn}" if isbn else identifier


def isbn_of(identifier: str) -> str | None:
    """Return the ISBN that an identifier states, as it is written, or None."""
    found = _ISBN.fullmatch(identifier.strip())
    return found[1] if found else None

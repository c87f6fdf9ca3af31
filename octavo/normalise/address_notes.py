"""The addresses that links lead to, for readers on paper: each gets a letter, by which its note is called in print.

They have letters because the numbers of notes are the author's, and the same in all formats. In a note, where no other
can be called, the address stands behind the link.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from urllib.parse import unquote

from octavo.document import Abstract, Chapter, Document, Link, Note, plain_text, rewrite, walk, walk_formats
from octavo.normalise.context import Context
from octavo.normalise.identifiers import RESERVED
from octavo.normalise.links import is_outside
from octavo.normalise.numbers.numerals import write_letter

_PREFIX = f"{RESERVED}address"
_SILENT = ("mailto:", "tel:")


def settle_address_notes(document: Document, context: Context) -> Document:
    """Give a letter to each link whose address is to be printed, anew in each chapter and in the abstract."""
    if not context.link_notes:
        return document
    identifiers = count(1)

    def settle(part: Abstract | Chapter) -> Abstract | Chapter:
        letters = count(1)
        unseen = {id(node) for node, formats in walk_formats(part) if "pdf" not in formats}
        in_notes = {id(link) for note in walk(part, Note) for link in walk(note, Link)}

        def change(link: Link) -> Link:
            if id(link) in unseen or not _hides_its_address(link):
                return link
            if id(link) in in_notes:
                return replace(link, address_mark="")
            letter = write_letter(next(letters)).lower()
            return replace(link, address_mark=letter, address_note=f"{_PREFIX}-{next(identifiers)}")

        return rewrite(part, change, Link)

    return rewrite(document, settle, Abstract, Chapter)


def _hides_its_address(link: Link) -> bool:
    """Tell whether a link leads to a page that its own text does not name."""
    if not is_outside(link.destination) or link.destination.startswith(_SILENT):
        return False
    # An address in another script is escaped where a program reads it.
    text, destination = unquote(plain_text(link.children)), unquote(link.destination)
    return bare_address(text) != bare_address(destination)


def bare_address(address: str) -> str:
    """Return an address without what goes without saying: its scheme, and a slash at its end."""
    return address.partition("//")[2].strip().rstrip("/") if "//" in address else address.strip().rstrip("/")

"""A line break between two Chinese lines is no space."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from octavo.document import (
    Code,
    Document,
    Formula,
    HardBreak,
    Heading,
    Image,
    Node,
    NoteReference,
    Paragraph,
    SoftBreak,
    Text,
    rewrite,
    walk,
)
from octavo.normalise.context import Context

_HANGUL = ("HANGUL", "HALFWIDTH HANGUL")
# Marks that Chinese and Latin share: full-width beside a Han character.
_SHARED = frozenset("“”‘’—…·")


def join_lines(document: Document, context: Context) -> Document:
    """Remove each soft break whose neighbours, looked at through inline nodes, are both Han, Kana or full-width."""
    needless = {id(node) for node in _needless(document)}
    return rewrite(document, lambda node: () if id(node) in needless else node, SoftBreak)


def _needless(document: Document) -> Iterator[SoftBreak]:
    for block in walk(document, Paragraph, Heading):
        if any(walk(block, SoftBreak)):
            leaves = [node for node in walk(block) if not node.CHILDREN or isinstance(node, Image)]
            for place, node in enumerate(leaves):
                if isinstance(node, SoftBreak):
                    before = _edge(leaves, range(place - 1, -1, -1), -1)
                    after = _edge(leaves, range(place + 1, len(leaves)), 0)
                    if not (before.isascii() and after.isascii()) and _joins(before, after):
                        yield node


def _edge(leaves: list[Node], places: range, index: int) -> str:
    """Return the character nearest to a break, its leaves looked at in turn, or a space where there is none."""
    for node in map(leaves.__getitem__, places):
        match node:
            case Text() if node.text:
                return node.text[index]
            case NoteReference() | Text():
                continue  # a call stands beside the text without parting it
            case Code() | Formula() | Image() | HardBreak() | SoftBreak():
                return " "
    return " "


def _joins(before: str, after: str) -> bool:
    wide = is_wide(before), is_wide(after)
    return all(wide) or (any(wide) and (before in _SHARED or after in _SHARED))


def is_wide(character: str) -> bool:
    """Tell whether a character is Han, Kana or a full-width mark (UAX 11: W or F), Hangul and emoji aside."""
    if ord(character) < 0x2E80 or unicodedata.category(character) == "So":
        return False
    if unicodedata.east_asian_width(character) not in "WF":
        return False
    return not unicodedata.name(character, "").startswith(_HANGUL)

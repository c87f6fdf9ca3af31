"""Objects of a PDF that is not written ⇄ pieces that can be kept, moved to other numbers, and put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import pydyf

from octavo.pdf.parts.plain import Annotated, Object, Piece, Pieces, Shifted

# Strings are passed over, for their text is no reference. What is ours stands between two zero bytes, which no XML has.
_TOKEN = re.compile(
    rb"\((?:\\.|[^\\()])*\)|<[0-9a-fA-F]*>|\x00([AP])(\d+):?(-?[\d.]*)\x00|(?<![\w.#/])(\d+) 0 R\b", re.DOTALL
)
_STREAM = b"\nstream\n"


def shifted(page: int, distance: float) -> bytes:
    """Return what stands for a distance from the left edge of a page, in points, in the data of an object."""
    return b"\x00P%d:%s\x00" % (page, number(distance))


def annotated(order: int) -> bytes:
    """Return what stands for the number of an annotation in the parent tree."""
    return b"\x00A%d\x00" % order


@lru_cache(maxsize=2**16)  # the edges of a page and the lines on it are the same on most of them
def number(value: float) -> bytes:
    """Return a number as it stands in a PDF."""
    data: bytes = pydyf.Array([value]).data
    return data[1:-1]


def packed(item: Any, names: Mapping[int, str]) -> Object:
    """Return an object in pieces; `names` are what the objects of the book are called, by their numbers in the part."""
    if isinstance(item, pydyf.Stream):
        head, _, rest = item.data.partition(_STREAM)
        return Object(pieces_of(head, names), rest.removesuffix(b"\nendstream"))
    return Object(pieces_of(item.data, names))


def pieces_of(data: bytes, names: Mapping[int, str]) -> Pieces:
    """Return the data of an object in pieces."""
    pieces: list[Piece] = []
    begin = 0
    for found in _TOKEN.finditer(data):
        kind, value, distance, reference = found.groups()
        if kind is None and reference is None:
            continue
        pieces.append(data[begin : found.start()])
        begin = found.end()
        if reference is not None:
            pieces.append(names.get(int(reference), int(reference)))
        elif kind == b"A":
            pieces.append(Annotated(int(value)))
        else:
            pieces.append(Shifted(int(value), float(distance)))
    pieces.append(data[begin:])
    return tuple(pieces)


def joined(pieces: Pieces, fill: Callable[[Piece], bytes]) -> bytes:
    """Return pieces as bytes; `fill` says what stands in the place of those that are none."""
    return b"".join([piece if type(piece) is bytes else fill(piece) for piece in pieces])

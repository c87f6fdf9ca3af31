"""What became of formulas before, kept from build to build, so that a formula is set once.

A formula is filed under the digest of all that it depends on: the programs, its TeX, its macros, the language it is
spoken in. Whatever is wrong with what is kept, a build goes on without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict

from octavo.document import Shape
from octavo.store import Store, open_store


def store() -> Store:
    """Return where formulas are kept."""
    return open_store("formulas")


def found(digests: Iterable[str]) -> dict[str, Shape]:
    """Return what is kept under these digests."""
    kept, shapes = store(), dict[str, Shape]()
    for digest in digests:
        if (data := kept.get(digest)) is not None:
            with suppress(ValueError, TypeError, LookupError):
                shapes[digest] = _read(data)
    return shapes


def keep(shapes: Mapping[str, Shape]) -> None:
    """Keep shapes under their digests."""
    kept = store()
    for digest, shape in shapes.items():
        kept.put(digest, json.dumps(asdict(shape), ensure_ascii=False).encode())


def _read(data: bytes) -> Shape:
    said = json.loads(data)
    left, top, width, height = said["box"]
    return Shape(mathml=said["mathml"], drawing=said["drawing"], box=(left, top, width, height), spoken=said["spoken"])

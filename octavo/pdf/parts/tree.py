"""The tags of all parts under one root, and the tables by which their pieces are found (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator

import pydyf

from octavo.pdf.parts.file import array, reference
from octavo.pdf.parts.linking import Linking
from octavo.pdf.vocabulary import ROLE_MAP

_ELEMENT = b"<</Type/StructElem/S/%s/P %s/K %s>>"


def write_structure(linking: Linking) -> None:
    """Write what the tags of all parts hang on."""
    book, file = linking.book, linking.file
    kids: list[bytes] = []
    inner: list[bytes] = []  # of the main text, which is one for all chapters
    for artifact, mapped in zip(linking.artifacts, linking.maps, strict=True):
        for is_inner, each in artifact.structure.top:
            if is_inner and not inner:
                kids.append(reference(book["main"]))
            (inner if is_inner else kids).append(reference(mapped[each]))
    file.add(book["document"], _ELEMENT % (b"Document", reference(book["structure"]), array(kids)))
    file.add(book["main"], _ELEMENT % (b"Part", reference(book["document"]), array(inner)))
    file.add(book["parents"], b"<</Nums %s>>" % array(list(_parents(linking))))
    entries = b"/Type/StructTreeRoot/K[%s]/ParentTree %s" % (reference(book["document"]), reference(book["parents"]))
    file.add(book["structure"], b"<<%s%s%s>>" % (entries, _identifiers(linking), _roles(linking)))


def _parents(linking: Linking) -> Iterator[bytes]:
    """Yield the numbers of pages and annotations, each with the tags that they belong to."""
    for index, page in enumerate(linking.placing.pages):
        mapped = linking.maps[page.part]
        marks = [b"null" if each is None else reference(mapped[each]) for each in page.leaf.parents]
        yield b"%d %s" % (index, array(marks))
    for artifact, mapped, first in zip(linking.artifacts, linking.maps, linking.first, strict=True):
        for order, each in enumerate(artifact.structure.annotations, first):
            yield b"%d %s" % (order, reference(mapped[each]))


def _identifiers(linking: Linking) -> bytes:
    found = sorted(
        (name, mapped[each])
        for artifact, mapped in zip(linking.artifacts, linking.maps, strict=True)
        for name, each in artifact.structure.identifiers
    )
    names = array([part for name, each in found for part in (pydyf.String(name).data, reference(each))])
    return b"/IDTree<</Names %s>>" % names if found else b""


def _roles(linking: Linking) -> bytes:
    used = frozenset[str]().union(*(artifact.structure.roles for artifact in linking.artifacts))
    mapped = [b"/%s/%s" % (role.encode(), known.encode()) for role, known in ROLE_MAP.items() if role in used]
    return b"/RoleMap<<%s>>" % b"".join(mapped) if mapped else b""

"""Parts → one PDF: what they left open is filled in, and what all of them share is written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from octavo.pdf.parts.catalog import write_catalog
from octavo.pdf.parts.file import array, reference
from octavo.pdf.parts.linking import Linked, Linking
from octavo.pdf.parts.objects import joined, number
from octavo.pdf.parts.plain import Artifact, Object, Piece
from octavo.pdf.parts.tree import write_structure


def link(linked: Linked) -> bytes:
    """Return the PDF of a whole book."""
    linking = Linking(linked)
    _write_fonts(linking)
    by_part: list[list[int]] = [[] for _ in linking.artifacts]
    for index, page in enumerate(linking.placing.pages):
        by_part[page.part].append(index)
    for part, pages in enumerate(by_part):
        _write_part(linking, part, pages)
    write_structure(linking)
    write_catalog(linking)
    linking.flush()
    return linking.file.close(linking.take(), linking.book["catalog"], linking.book["info"], linked.identifier)


def _write_fonts(linking: Linking) -> None:
    named: list[bytes] = []
    for face in linking.linked.fonts:
        mapped = {number: linking.take() for number in face.objects}

        def fill(piece: Piece, mapped: Mapping[int, int] = mapped) -> bytes:
            return reference(mapped[piece])  # type: ignore[index]  # fonts leave nothing open

        for each, item in face.objects.items():
            _write(linking, mapped[each], item, joined(item.pieces, fill))
        named.append(b"/%s %s" % (face.name.encode(), reference(mapped[face.number])))
    linking.file.add(linking.book["fonts"], b"<<" + b"".join(named) + b">>")
    linking.flush()


def _write(linking: Linking, target: int, item: Object, data: bytes) -> None:
    if item.stream is None:
        linking.file.add(target, data)
    else:
        linking.file.add_stream(target, data, item.stream)


def _write_part(linking: Linking, part: int, pages: list[int]) -> None:
    """Write the objects and the pages of a part, `pages` being their places in the book."""
    artifact = linking.artifacts[part]
    own = _number_objects(linking, artifact, pages)
    placed = [linking.placing.pages[page] for page in pages]
    fill = linking.filler(part, [page.shift for page in placed if page.leaf is not artifact.blank])
    states, names = artifact.states
    wanted = frozenset[str]().union(*(drawn.states for page in pages for drawn in linking.linked.margins[page]))
    for each in own:
        if numbered := artifact.numbers.streams.get(each):
            linking.file.add_content(linking.maps[part][each], joined(numbered, fill))
            continue
        item = artifact.objects[each]
        data = joined(item.pieces, fill)
        if each == states:
            data = data.removesuffix(b">>") + b"".join(map(_state, sorted(wanted - names))) + b">>"
        _write(linking, linking.maps[part][each], item, data)
    for index, page in zip(pages, placed, strict=True):
        blank = page.leaf is artifact.blank
        _write_page(linking, index, linking.filler(part, [page.shift]) if blank else fill)
    linking.flush()


def _number_objects(linking: Linking, artifact: Artifact, pages: list[int]) -> list[int]:
    """Give the objects of a part their numbers; return those that no other part has written already."""
    leaves = ((linking.placing.pages[page].leaf, linking.pages[page]) for page in pages)
    mapped = {leaf.number: target for leaf, target in leaves if leaf is not artifact.blank}
    contents = {leaf.content for leaf in artifact.leaves}
    own: list[int] = []
    for each, item in artifact.objects.items():
        key = None if item.stream is None or each in contents else _what_it_is(item, mapped)
        if key is None or key not in linking.shared:
            own.append(each)
            mapped[each] = linking.take()
        else:
            mapped[each] = linking.shared[key]
        if key is not None:
            linking.shared[key] = mapped[each]
    linking.maps.append(mapped)
    return own


def _what_it_is(item: Object, mapped: Mapping[int, int]) -> Any:
    """Return what a stream is known by; one that refers to what has no number yet is one of its own."""
    if any(type(piece) is int and piece not in mapped for piece in item.pieces):
        return None
    return tuple(mapped[piece] if type(piece) is int else piece for piece in item.pieces), item.stream


def _write_page(linking: Linking, index: int, fill: Callable[[Piece], bytes]) -> None:
    contents = array([reference(each) for each in _contents(linking, index)])
    parent = reference(linking.book["pages"])
    head = b"<</Type/Page/Parent %s/Contents %s/Tabs/S/StructParents %d" % (parent, contents, index)
    entries = joined(linking.placing.pages[index].leaf.entries, fill)
    linking.file.add(linking.pages[index], head + entries.removeprefix(b"<<"))


def _contents(linking: Linking, index: int) -> Iterator[int]:
    """Yield what a page draws: its text, moved to the side that it lies on, and what stands around that."""
    page, margins = linking.placing.pages[index], linking.linked.margins[index]
    below = [fragment.content for fragment in margins if fragment.is_below]
    above = [fragment.content for fragment in margins if not fragment.is_below]
    content = page.leaf.content
    if content is not None and page.shift:
        below.append(b"q 1 0 0 1 %s 0 cm" % number(page.shift))
        above.insert(0, b"Q")
    if below:
        yield _stream(linking, b"\n".join(below))
    if content is not None:
        yield linking.maps[page.part][content]
    if above:
        yield _stream(linking, b"\n".join(above))


def _stream(linking: Linking, content: bytes) -> int:
    """Return a stream of operations, which is written once however many pages have it."""
    if content not in linking.shared:
        linking.shared[content] = linking.take()
        linking.file.add_content(linking.shared[content], content)
    return linking.shared[content]


def _state(name: str) -> bytes:
    """Return the state of graphics that is called by the opacity it sets, as WeasyPrint calls it."""
    key = b"CA" if name[0] == "A" else b"ca"
    return b"/%s<</%s %s>>" % (name.encode(), key, name[1:].encode())

"""Objects → the bytes of a PDF (ISO 32000-1, 7.5): streams as they are, all others in streams of objects."""

from __future__ import annotations

import zlib
from hashlib import md5

from octavo.pdf.parts.objects import number
from octavo.store import digest, is_remembering, remembered

_LEVEL = 6


class File:
    """Write objects, and remember where each is."""

    def __init__(self, version: str) -> None:
        # The second line tells programs that send files that this is none of text.
        self._chunks = [b"%%PDF-%s\n%%\xf0\x9f\x93\x96\n" % version.encode()]
        self._size = len(self._chunks[0])
        self._places: dict[int, tuple[int, int, int]] = {}
        self._waiting: list[tuple[int, bytes]] = []

    def add(self, item: int, data: bytes) -> None:
        """Add an object without a stream."""
        self._waiting.append((item, data))

    def add_stream(self, item: int, head: bytes, content: bytes) -> None:
        """Add a stream, whose dictionary tells its length."""
        self._places[item] = (1, self._size, 0)
        self._append(b"%d 0 obj\n%s\nstream\n" % (item, head), content, b"\nendstream\nendobj\n")

    def add_content(self, item: int, content: bytes) -> None:
        """Add a stream that has nothing but its content, smaller where it can be."""
        smaller = _compressed(content)
        if len(smaller) + 20 < len(content):
            self.add_stream(item, b"<</Filter/FlateDecode/Length %d>>" % len(smaller), smaller)
        else:
            self.add_stream(item, b"<</Length %d>>" % len(content), content)

    def flush(self, item: int) -> None:
        """Write the objects that wait as one stream of objects, which is this one."""
        if not self._waiting:
            return
        heads, position = list[bytes](), 0
        for order, (each, data) in enumerate(self._waiting):
            heads.append(b"%d %d" % (each, position))
            self._places[each] = (2, item, order)
            position += len(data) + 1
        head = b" ".join(heads) + b"\n"
        content = _compressed(head + b"\n".join(data for _, data in self._waiting))
        entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>"
        self.add_stream(item, entries % (len(self._waiting), len(head), len(content)), content)
        self._waiting = []

    def close(self, item: int, root: int, info: int, identifier: bytes) -> bytes:
        """Write the table of all objects, which is this one; return the file."""
        assert not self._waiting, "objects are left over"
        begin = self._size
        self._places[item] = (1, begin, 0)
        rows = [self._places.get(each, (0, 0, 65535 if each == 0 else 0)) for each in range(item + 1)]
        # Fields of 1, 5 and 3 bytes.
        table = b"".join([(kind << 64 | place << 24 | order).to_bytes(9, "big") for kind, place, order in rows])
        content = zlib.compress(table, _LEVEL)
        state = md5(b"".join(self._chunks), usedforsecurity=False).hexdigest().encode()  # as the format has it (14.4)
        entries = b"<</Type/XRef/Size %d/W[1 5 3]/Root %d 0 R/Info %d 0 R/ID[(%s)(%s)]/Filter/FlateDecode/Length %d>>"
        head = entries % (item + 1, root, info, identifier, state, len(content))
        self.add_stream(item, head, content)
        self._append(b"startxref\n%d\n%%%%EOF\n" % begin)
        return b"".join(self._chunks)

    def _append(self, *chunks: bytes) -> None:
        self._chunks += chunks
        self._size += sum(map(len, chunks))


def _compressed(content: bytes) -> bytes:
    """Return the content of a stream, smaller; to find what is held in memory takes a tenth of the time."""
    if not is_remembering():
        return zlib.compress(content, _LEVEL)
    return remembered("streams", digest(content), lambda: zlib.compress(content, _LEVEL))


def reference(item: int) -> bytes:
    """Return what refers to an object."""
    return b"%d 0 R" % item


def array(values: list[bytes]) -> bytes:
    """Return an array."""
    return b"[" + b" ".join(values) + b"]"


def place(page: int, x: float, y: float) -> bytes:
    """Return a place on a page that can be gone to (12.3.2)."""
    return b"[%s /XYZ %s %s 0]" % (reference(page), number(x), number(y))

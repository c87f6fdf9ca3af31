"""What is known while parts are linked: the numbers of all objects, and what is filled in where something is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from octavo.pdf.parts.file import File, reference
from octavo.pdf.parts.objects import number
from octavo.pdf.parts.places import Placing
from octavo.pdf.parts.plain import Annotated, Artifact, Digit, Face, Fragment, Number, Piece, Shifted

# The objects that are of the whole book, in the order of their numbers.
_BOOK = ("pages", "catalog", "info", "document", "main", "structure", "parents", "fonts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Hold what is linked: the parts as they are placed, what stands around each page, the fonts."""

    placing: Placing
    margins: Sequence[Sequence[Fragment]]
    fonts: Sequence[Face]
    version: str
    identifier: bytes


@dataclass(slots=True)
class Linking:
    """Write one file: `maps` are the numbers of the objects of each part, `first` the first of its annotations.

    `shared` are streams that are written already, by what they hold.
    """

    linked: Linked
    file: File = field(init=False)
    book: dict[str, int] = field(init=False)
    pages: list[int] = field(init=False)
    maps: list[dict[int, int]] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    shared: dict[object, int] = field(default_factory=dict)
    _last: int = 0

    def __post_init__(self) -> None:
        self.file = File(self.linked.version)
        self.book = {name: self.take() for name in _BOOK}
        self.pages = [self.take() for _ in self.placing.pages]
        annotations = len(self.pages)
        for artifact in self.artifacts:
            self.first.append(annotations)
            annotations += len(artifact.structure.annotations)

    @property
    def placing(self) -> Placing:
        """Return the pages of the book."""
        return self.linked.placing

    @property
    def artifacts(self) -> Sequence[Artifact]:
        """Return the parts of the book."""
        return self.linked.placing.artifacts

    def take(self) -> int:
        """Return the number of a new object."""
        self._last += 1
        return self._last

    def flush(self) -> None:
        """Write what waits for a stream of objects."""
        self.file.flush(self.take())

    def filler(self, part: int, shifts: Sequence[float]) -> Callable[[Piece], bytes]:
        """Return what fills in what a part left open; `shifts` are those of its pages, in points."""
        mapped, first = self.maps[part], self.first[part]

        def fill(piece: Piece) -> bytes:
            if type(piece) is int:
                return reference(mapped[piece])
            if isinstance(piece, Shifted):
                return number(piece.distance + shifts[piece.page])
            if isinstance(piece, Annotated):
                return b"%d" % (first + piece.order)
            if isinstance(piece, Digit):
                return b"%04x" % self._glyph(self.artifacts[part].numbers.found[piece.number], piece.place)
            assert isinstance(piece, str)
            return reference(self.book[piece])

        return fill

    def _glyph(self, number: Number, place: int) -> int:
        return number.digits.glyphs[int(str(self.placing.where[number.anchor].number)[place])]

"""The pages of all parts one behind the other: on which side each lies, and which number it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from octavo.pdf.folios import Folio, labels
from octavo.pdf.parts.plain import Artifact, Asked, Leaf, Margin, Side, Where
from octavo.pdf.parts.whole import NotApartError

_SIDES = {"right": True, "recto": True, "left": False, "verso": False}
_SPREAD = frozenset(_SIDES)


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold a page where it lies in the book: of which part it is, and the side that it was laid out for."""

    part: int
    leaf: Leaf
    right: bool
    was_right: bool
    number: int

    @property
    def side(self) -> Side:
        """Return what the page has on the side that it lies on."""
        return self.leaf.right if self.right else self.leaf.left

    @property
    def shift(self) -> float:
        """Return by how much what was laid out for the other side is moved, in points."""
        laid_out = self.leaf.right if self.was_right else self.leaf.left
        return self.side.left - laid_out.left


class Placing:
    """Know all pages of a book in their order."""

    def __init__(self, artifacts: Sequence[Artifact]) -> None:
        """Take the parts. Raises NotApartError where one does not begin a page, or does not end with its last."""
        self.artifacts = artifacts
        self.pages = list(_placed(artifacts))

    @cached_property
    def folios(self) -> list[Folio]:
        """Return the folio of each page."""
        return [Folio(number=page.number, style=page.side.folio) for page in self.pages]

    @cached_property
    def labels(self) -> list[str]:
        """Return what each page is called."""
        return labels(self.folios)

    @cached_property
    def where(self) -> dict[str, Where]:
        """Return where each anchor is; one that is there twice is where it is first."""
        found: dict[str, Where] = {}
        for page, label in zip(self.pages, self.labels, strict=True):
            for name, _, _ in page.leaf.anchors:
                found.setdefault(name, Where(page.number, label))
        return found

    @cached_property
    def order(self) -> dict[str, int]:
        """Return which page of the file each anchor is on, from 0."""
        found: dict[str, int] = {}
        for index, page in enumerate(self.pages):
            for name, _, _ in page.leaf.anchors:
                found.setdefault(name, index)
        return found

    def margins(self) -> Iterator[tuple[Placed, list[Margin]]]:
        """Yield each page with what has to be drawn around its text."""
        before: dict[str, str] = {}
        for page in self.pages:
            here: dict[str, list[str]] = {}
            for name, text in page.leaf.strings:
                here.setdefault(name, []).append(text)
            yield page, list(self._margins(page, before, here))
            before.update({name: texts[-1] for name, texts in here.items()})

    def _margins(self, page: Placed, before: Mapping[str, str], here: Mapping[str, list[str]]) -> Iterator[Margin]:
        edges = [("back", frozenset[str]())] if page.side.backed else []
        edges += [(edge, _strings(boxes)) for edge, boxes in page.side.edges]
        for edge, names in edges:
            yield Margin(
                kind=page.leaf.kind,
                side="right" if page.right else "left",
                edge=edge,
                number=page.number,
                total=len(self.pages),
                strings={name: (before.get(name), tuple(here.get(name, ()))) for name in sorted(names)},
            )


def _strings(boxes: Sequence[tuple[str, Sequence[Asked]]]) -> frozenset[str]:
    return frozenset(asked.name for _, content in boxes for asked in content if asked.what == "string")


def _placed(artifacts: Sequence[Artifact]) -> Iterator[Placed]:
    right, number = True, 0
    for index, artifact in enumerate(artifacts):
        if index and _begins_on(artifacts[index - 1], artifact) is (not right):
            number = _counted(number, artifact.blank, right=right)
            yield Placed(index, artifact.blank, right, True, number)  # its measures are those of a right-hand page
            right = not right
        for order, leaf in enumerate(artifact.leaves):
            number = _counted(number, leaf, right=right)
            yield Placed(index, leaf, right, order % 2 == 0, number)
            right = not right


def _begins_on(before: Artifact, after: Artifact) -> bool | None:
    """Return whether a part has to begin on a right-hand page; None where either will do."""
    if before.leaves[-1].kind.blank:
        raise NotApartError("a note at the end of a part does not end on its last page")
    breaks = before.after | after.before
    if sides := breaks & _SPREAD:
        if len({_SIDES[side] for side in sides}) > 1:
            raise NotApartError("a part has to begin on the left and on the right")
        return _SIDES[next(iter(sides))]
    if "page" not in breaks and before.names[1] == after.names[0]:
        raise NotApartError("a chapter does not begin a page")
    return None


def _counted(number: int, leaf: Leaf, *, right: bool) -> int:
    """Return the number of a page behind one with `number` (CSS Lists 3, 4)."""
    resets, settings, steps = (leaf.right if right else leaf.left).counting
    return ([number, *resets, *settings])[-1] + sum(steps)

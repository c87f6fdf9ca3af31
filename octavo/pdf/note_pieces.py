"""A long note, cut into pieces that fit a page.

A note that takes more than half of the room for notes is cut after each fifth of it, always between two lines. The
pieces stand below each other as if they were one, as many as there is room for, and the others on the next page. They
are cut from the tree of boxes before any page is made: as many lines of the note are laid out as a piece may have, and
where those end the boxes end too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

_HIGHEST = 0.5  # of the height that notes may have
_PIECE = 0.2
_HAN = "\u2e80"

# An index of a child, and where in it; a place in a text has none.
End: TypeAlias = Mapping[int, Any]


def pieces_of(note: Any, area: Any, context: Any) -> list[Any]:
    """Return the pieces of a note, or the note itself where it is not too high."""
    from weasyprint.formatting_structure.build import create_anonymous_boxes  # noqa: PLC0415

    if _end_of(create_anonymous_boxes(note.deepcopy()), area, context, _HIGHEST * area.max_height) is None:
        return [note]
    whole = create_anonymous_boxes(note.deepcopy())
    ends = list(_ends(whole.deepcopy(), area, context, _PIECE * area.max_height))
    return [_between(whole, start, end) for start, end in pairwise([None, *ends, None])]


def _ends(note: Any, area: Any, context: Any, height: float) -> Iterator[End]:
    """Yield where the pieces of a note end. It is laid out as it is, so that its lines are chosen once for all."""
    start, end = None, _end_of(note, area, context, height)
    while end is not None and end != start:
        yield end
        start, end = end, _end_of(note, area, context, height, end)


def _end_of(note: Any, area: Any, context: Any, height: float, start: End | None = None) -> End | None:
    """Return where the lines of a note end that have room in a height, or None where all of them have."""
    from weasyprint.layout.block import block_level_layout  # noqa: PLC0415

    context.page_bottom = height
    context.create_block_formatting_context()
    try:
        note.position_x = note.position_y = 0
        end: End | None = block_level_layout(context, note, 0, start, area)[1]
        return end
    finally:
        context.finish_block_formatting_context()


def _between(box: Any, start: End | None, end: End | None) -> Any:
    """Return what of a box is between two places, or before or behind one of them."""
    from weasyprint.formatting_structure.boxes import BlockContainerBox, TextBox  # noqa: PLC0415

    ((first, inner_start),) = start.items() if start else ((0, None),)
    if isinstance(box, TextBox):
        return _with_text(box, _text_between(box, first, end))
    ((last, inner_end),) = end.items() if end else ((len(box.children), None),)
    result = _loose(
        box,
        [
            _between(child, inner_start if index == first else None, inner_end if index == last else None)
            for index, child in enumerate(box.children[: last + bool(inner_end)])
            if index >= first
        ],
    )
    result.remove_decoration(start=start is not None, end=end is not None)
    if inner_end and isinstance(result, BlockContainerBox) and result.style["text_align_all"] == "justify":
        result.style = result.style.copy()
        result.style["text_align_last"] = "justify"
    return result


def _text_between(box: Any, start: int, end: End | None) -> str:
    """Return the text of a box from one place to another, with a hyphen where a word is torn."""
    text: str = box.text[start:].lstrip(" ") if start else box.text
    if end is None:
        return text
    (index,) = end
    torn = box.text[index - 1 : index].isalpha() and box.text[index : index + 1].isalpha()
    hyphen = box.style["hyphenate_character"] if torn and box.text[index] < _HAN else ""
    return text[: len(text) - (len(box.text) - index)].rstrip(" ") + hyphen


def _with_text(box: Any, text: str) -> Any:
    result = box.copy()
    result.text = text
    return result


def _loose(box: Any, children: Sequence[Any] | None = None) -> Any:
    """Return a box as it was before its lines were put into boxes, for they are to be made anew."""
    from weasyprint.formatting_structure.boxes import LineBox, ParentBox  # noqa: PLC0415

    if not isinstance(box, ParentBox):
        return box
    loose = [_loose(child) for child in (box.children if children is None else children)]
    return box.copy_with_children(
        [inner for child in loose for inner in (child.children if isinstance(child, LineBox) else [child])]
    )


def call_pieces(root: Any, pieces: Mapping[int, Sequence[Any]]) -> None:
    """Let each note be called by its first piece, and the others right behind that, without a mark."""
    waiting = [root, *(piece for found in pieces.values() for piece in found)]
    while waiting:
        box = waiting.pop()
        children = list(getattr(box, "children", ()))
        waiting += children
        if any(id(getattr(child, "footnote", None)) in pieces for child in children):
            box.children = [call for child in children for call in _calls(child, pieces)]


def _calls(box: Any, pieces: Mapping[int, Sequence[Any]]) -> Iterator[Any]:
    first, *others = pieces.get(id(box.footnote), [box.footnote])
    box.footnote = first
    yield box
    for piece in others:
        call = box.copy_with_children([])
        call.footnote = piece
        yield call

"""Marks for the index: `[term]{.index}`, `[]{.index entry="A!B" see="C"}`.

A local pass. `entry` names the entry and those above it, parted by `!`; without it the text in the brackets is the
entry. `see` and `seealso` send readers to others, parted by `;`. `sort`, or `pinyin`, is what the entry is put in order
by. `range="start"` and `range="end"` mark a longer passage.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

from octavo.diagnostics import Rule
from octavo.document import Document, IndexMark, Node, Span, plain_text, rewrite
from octavo.normalise.context import Context

_CLASS = "index"
_READ = frozenset({"entry", "see", "seealso", "sort", "pinyin", "range"})
_EXTENTS = ("start", "end")


def read_index_marks(document: Document, context: Context) -> Document:
    """Make a mark of each span of this class; whatever else it is marked with stays around it."""

    def change(node: Span) -> Node | tuple[Node, ...]:
        return _read(node, context) if _CLASS in node.classes else node

    return rewrite(document, change, Span)


def _read(node: Span, context: Context) -> Node | tuple[Node, ...]:
    said = {name: value for name, value in node.attributes if name in _READ}
    path = path_of(said.get("entry") or plain_text(node.children))
    if not all(path):
        lacking = "no entry of the index" if path == ("",) else "an entry of the index with an empty part"
        hint = 'write [term]{.index} or entry="term!part"'
        context.report.add(Rule.INDEX_ENTRY_EMPTY, node.position, f"this mark names {lacking}", hint)
        return node.children
    mark = IndexMark(
        children=node.children,
        path=path,
        sort=said.get("sort") or said.get("pinyin") or None,
        see=_names(said.get("see")),
        see_also=_names(said.get("seealso")),
        extent=_extent(said.get("range"), node, context),
        position=node.position,
    )
    rest = replace(
        node,
        children=(mark,),
        classes=tuple(name for name in node.classes if name != _CLASS),
        attributes=tuple(pair for pair in node.attributes if pair[0] not in _READ),
    )
    return rest if rest.identifier or rest.classes or rest.attributes else mark


def path_of(written: str) -> tuple[str, ...]:
    """Return an entry and those above it, as authors name it, the outermost first."""
    return tuple(" ".join(part.split()) for part in written.split("!"))


def _names(written: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (written or "").split(";") if name.strip())


def _extent(written: str | None, node: Span, context: Context) -> Literal["start", "end"] | None:
    if written is None or written in _EXTENTS:
        return cast(Literal["start", "end"] | None, written)
    message = f"“{written}” is no end of a passage; the mark stands for its place alone"
    context.report.add(Rule.INDEX_RANGE, node.position, message, "write range=start or range=end")
    return None

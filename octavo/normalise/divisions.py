"""Divisions that are more than a mark: callouts, theorems and their kin, groups of figures, tables, lists of captions.

A local pass. In: divisions as parsed. Out: the nodes that their class or the prefix of their identifier names; any
other division stays.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, cast, get_args

from octavo.diagnostics import Rule
from octavo.document import (
    FENCE_TITLE,
    Block,
    Callout,
    CalloutKind,
    Division,
    Document,
    Figure,
    Heading,
    Image,
    Index,
    Inline,
    List,
    ListOf,
    Node,
    Paragraph,
    Table,
    Text,
    Theorem,
    rewrite,
)
from octavo.normalise.context import Context
from octavo.normalise.figures import part_of
from octavo.normalise.list_tables import read_rows

_CALLOUTS = frozenset(get_args(CalloutKind))
# Words of other tools for the five kinds that there are.
_OTHER_WORDS = {"info": "note", "danger": "caution", "error": "caution", "attention": "warning", "hint": "tip"}
# Quarto knows these by the prefix of their identifier.
_PREFIXES = {
    "thm": "theorem",
    "lem": "lemma",
    "cor": "corollary",
    "prp": "proposition",
    "cnj": "conjecture",
    "def": "definition",
    "exm": "example",
    "exr": "exercise",
    "sol": "solution",
    "rem": "remark",
}
_THEOREMS = frozenset({*_PREFIXES.values(), "proof"})
_LISTS = {"list-of-figures": "figure", "list-of-tables": "table", "list-of-listings": "listing"}


def read_divisions(document: Document, context: Context) -> Document:
    """Replace each division that has a meaning of its own by the node that it stands for."""
    kinds = _THEOREMS | context.kinds.keys()

    return rewrite(document, lambda node: _meant(node, kinds, context), Division)


def _meant(node: Division, kinds: Collection[str], context: Context) -> Node:
    for name in node.classes:
        kind = name.removeprefix("callout-")
        if name in kinds:
            return _titled(Theorem, node, name, name)
        if (kind := _OTHER_WORDS.get(kind, kind)) in _CALLOUTS:
            return _titled(Callout, node, name, cast(CalloutKind, kind))
        if name in _LISTS:
            return ListOf(kind=_LISTS[name], **_marks(node, name))
        if name == "index":
            return Index(**_marks(node, name))
    prefix = (node.identifier or "").partition("-")[0]
    if prefix in _PREFIXES:
        return _titled(Theorem, node, "", _PREFIXES[prefix])
    if prefix == "fig" or "figure" in node.classes:
        return _group(node) or node
    if prefix == "tbl" or "table" in node.classes:
        return _table(node, context) or node
    return node


def _marks(node: Division, but: str) -> dict[str, Any]:
    """Return what an author marked a division with, without the class and the title that are settled."""
    return {
        "identifier": node.identifier,
        "classes": tuple(name for name in node.classes if name != but),
        "attributes": tuple(pair for pair in node.attributes if pair[0] not in ("title", FENCE_TITLE)),
        "position": node.position,
    }


def _titled(make: type[Callout] | type[Theorem], node: Division, name: str, kind: Any) -> Block:
    """Return a node whose title is stated, or stands as a heading before everything else."""
    title: tuple[Inline, ...] = ()
    children = node.children
    if stated := node.attribute("title"):
        title = (Text(text=stated, position=node.position),)
    elif children and isinstance(first := children[0], Heading):
        title, children = first.children, children[1:]
    return make(kind=kind, title=title, children=children, **_marks(node, name))


def _group(node: Division) -> Figure | None:
    """Return the figure that a division of pictures and a last paragraph is, or None where it holds anything else."""
    parts: tuple[Block, ...] = node.children
    caption: tuple[Inline, ...] = ()
    if parts and isinstance(last := parts[-1], Paragraph) and not _is_pictures(last):
        parts, caption = parts[:-1], last.children
    pictures = [picture for part in parts for picture in _pictures(part)]
    if not pictures or not all(_is_pictures(part) or isinstance(part, Figure | Table) for part in parts):
        return None
    return Figure(children=tuple(pictures), caption=caption, **_marks(node, "figure"))


def _is_pictures(block: object) -> bool:
    return isinstance(block, Paragraph) and all(
        isinstance(child, Image) or not isinstance(child, Text) or not child.text.strip() for child in block.children
    )


def _pictures(block: Block) -> list[Block]:
    match block:
        case Paragraph():
            images = [child for child in block.children if isinstance(child, Image)]
            return [part_of(image) for image in images]
        case Figure() | Table():
            return [block]
    return []


def _table(node: Division, context: Context) -> Table | None:
    """Return the one table, or list of lists, in a division, with the paragraph beside it as its caption."""
    tables = [child for child in node.children if isinstance(child, Table | List)]
    others = [child for child in node.children if not isinstance(child, Table | List)]
    if len(tables) != 1 or len(others) > 1 or not all(isinstance(other, Paragraph) for other in others):
        hint = "it holds one list of lists, or one table with bars, and perhaps a paragraph that is the caption"
        context.report.add(Rule.TABLE_IRREGULAR, node.position, "this division is no table", hint)
        return None
    table = _of_list(tables[0], context) if isinstance(tables[0], List) else tables[0]
    if table is None:
        return None
    caption = table.caption or tuple(child for other in others for child in getattr(other, "children", ()))
    marks = _marks(node, "table")
    return replace(table, caption=caption, **{name: value for name, value in marks.items() if value})


def _of_list(rows: List, context: Context) -> Table | None:
    read = read_rows(rows, context.report)
    return Table(head=read.head, rows=read.rows, position=rows.position) if read else None

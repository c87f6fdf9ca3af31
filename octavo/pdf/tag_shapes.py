"""The shapes that the standard asks of some tags (ISO 32000-1, 14.8.4), given to a tree that was made from markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from octavo.pdf.marks import Annotation, Kid, Tag, is_heading, tags_of

_INLINE = frozenset({"Code", "Em", "FENote", "Formula", "Link", "Quote", "Reference", "Ruby", "Span", "Strong"})
_GROUPING = frozenset({"Art", "Aside", "BlockQuote", "Div", "Document", "Part", "Sect"})


def arrange(root: Tag) -> None:
    """Give notes, links, readings, lists, contents and tables the shapes that the standard asks for."""
    _settle_notes(root)
    for tag in list(tags_of(root)):
        tag.kids = list(_arranged(tag.role, [part for kid in tag.kids for part in _parts(kid)]))
    for tag in tags_of(root):
        if tag.role == "L" and not any(_role(part) == "Lbl" for item in tag.kids for part in _kids(item)):
            tag.attributes["ListNumbering"] = "/None"  # its markers are not printed


def _arranged(role: str, kids: list[Kid]) -> Iterable[Kid]:
    match role:
        case "L" if any(_role(kid) in ("Lbl", "LBody") for kid in kids):
            return _definitions(kids)
        case "LI":
            return _item(kids)
        case "TOCI":
            return (Tag("Reference", [kid]) if _role(kid) == "Link" else kid for kid in kids)
        case "Table":
            return _table(kids)
        case role if role in _GROUPING:
            return _paragraphs(_captioned(kids))
    return kids


def _role(kid: Kid) -> str | None:
    return kid.role if isinstance(kid, Tag) else None


def _kids(kid: Kid) -> list[Kid]:
    return kid.kids if isinstance(kid, Tag) else []


def _settle_notes(tag: Tag) -> list[Kid]:
    """Move each note behind the line of text that calls it, or it would be read in the middle of a sentence.

    Returns those that have to go further out: a heading is read by itself, in lists of headings too.
    """
    kids: list[Kid] = []
    notes: list[Kid] = []
    for kid in tag.kids:
        inside = _settle_notes(kid) if isinstance(kid, Tag) else []
        if _role(kid) == "FENote":
            notes.append(kid)
        elif isinstance(kid, Tag) and kid.role not in _INLINE:
            kids += [*notes, kid]
            notes = inside
        else:
            kids.append(kid)
            notes += inside
    if is_heading(tag.role) or (tag.role in _INLINE and tag.role != "FENote"):
        tag.kids = kids
        return notes
    tag.kids = kids + notes
    return []


def _parts(kid: Kid) -> Iterable[Kid]:
    """Return what a kid is to its parent: itself, or what is in it where its own role does not hold."""
    if not isinstance(kid, Tag):
        return (kid,)
    if kid.role == "Link" and not any(isinstance(part, Annotation) for part in kid.kids):
        return kid.kids  # it leads nowhere
    return _readings(kid) if kid.role == "Ruby" else (kid,)


def _readings(ruby: Tag) -> Iterator[Kid]:
    """Yield one assembly for each base with its reading; a base without one is plain text."""
    bases: list[Kid] = []
    for is_reading, run in groupby(ruby.kids, lambda kid: _role(kid) in ("RT", "RP")):
        if is_reading:
            yield Tag("Ruby", [Tag("RB", bases), *run], language=ruby.language)
            bases = []
        else:
            bases = [part for kid in run for part in (kid.kids if isinstance(kid, Tag) and kid.role == "RB" else [kid])]
    yield from bases


def _definitions(kids: list[Kid]) -> Iterator[Tag]:
    """Yield an item for each term with what is said of it."""
    item = Tag("LI")
    for kid in kids:
        if _role(kid) == "Lbl" and any(_role(other) == "LBody" for other in item.kids):
            yield item
            item = Tag("LI")
        item.kids.append(kid)
    if item.kids:
        yield item


def _item(kids: list[Kid]) -> list[Kid]:
    """Return a label, where there is one, and a body around all else."""
    if kids and isinstance(first := kids[0], Tag) and first.role == "P":
        # The box of a task stands in the line that it belongs to, and is the label of the item.
        kids = [*(kid for kid in first.kids if _role(kid) == "Lbl"), *kids]
        first.kids = [kid for kid in first.kids if _role(kid) != "Lbl"]
    labels = [kid for kid in kids if _role(kid) == "Lbl"]
    others = [kid for kid in kids if _role(kid) != "Lbl"]
    return [*labels, *([Tag("LBody", others)] if others else [])]


def _table(kids: list[Kid]) -> list[Kid]:
    """Return the caption and what is below it; where nothing is below a head, its rows are all that there is."""
    if not any(_role(kid) == "TBody" for kid in kids):
        kids = [part for kid in kids for part in (_kids(kid) if _role(kid) == "THead" else [kid])]
    return sorted(kids, key=lambda kid: _role(kid) != "Caption")


def _captioned(kids: list[Kid]) -> list[Kid]:
    """Return a table and its caption as the table, which is where a caption belongs; anything else as it is."""
    if sorted(_role(kid) or "" for kid in kids) != ["Caption", "Table"]:
        return kids
    caption, table = sorted(kids, key=lambda kid: _role(kid) != "Caption")
    assert isinstance(table, Tag)
    table.kids.insert(0, caption)
    return [table]


def _paragraphs(kids: list[Kid]) -> Iterator[Kid]:
    """Yield paragraphs, where text stands beside them as labels do."""
    for inline, run in groupby(kids, lambda kid: not isinstance(kid, Tag) or kid.role in _INLINE - {"FENote"}):
        if inline:
            yield Tag("P", list(run))
        else:
            yield from run

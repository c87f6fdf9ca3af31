"""A tree → the pictures in it, in reading order, each with what is said in its stead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from octavo.check.ledger.entry import Entry, Kind
from octavo.check.ledger.telling import state_of
from octavo.document import (
    Document,
    Equation,
    Figure,
    Formula,
    Image,
    Node,
    Reference,
    ReferenceGroup,
    note_formats,
    plain_text,
    walk,
    walk_formats,
)
from octavo.render.edition import Edition

_SHOWN = 60  # of the text of a diagram


def entries_of(edition: Edition) -> Iterator[Entry]:
    """Yield the cover, if there is any, and the pictures of the text."""
    for entry in (_cover(edition), *pictures_of(edition.document, edition.book.files.is_added)):
        yield replace(entry, state=state_of(entry))


def pictures_of(document: Document, is_made: Callable[[str], bool]) -> Iterator[Entry]:
    """Yield the pictures of a document; `is_made` tells whether a file was drawn from its text."""
    figures = dict(_pictures_in_figures(document))
    for node, formats in walk_formats(document, note_formats(document), _below):
        match node:
            case Image():
                made = node.file is not None and is_made(node.file)
                yield replace(_picture(node, figures, made=made), formats=formats)
            case Formula() | Equation() if node.shape is not None and node.shape.mathml:
                label = node.label if isinstance(node, Equation) else None
                yield Entry(
                    kind="formula",
                    position=node.position,
                    source=node.tex.strip(),
                    label=label,
                    alternative=node.shape.spoken,
                    formats=formats,
                    formula=node,
                )


def _below(node: Node) -> Iterable[Node]:
    """Return what is shown of a node: words of a picture and of what is referred to are no pictures."""
    return () if isinstance(node, Image | Reference | ReferenceGroup) else node.children_in_order()


def _pictures_in_figures(document: Document) -> Iterator[tuple[int, Figure]]:
    """Yield each picture with the innermost figure around it, by its id."""
    for figure in walk(document, Figure):  # from the outside in: the last one holds
        for block in figure.children:
            yield from ((id(image), figure) for image in walk(block, Image))


def _picture(node: Image, figures: Mapping[int, Figure], *, made: bool) -> Entry:
    figure = figures.get(id(node))
    kind: Kind = "diagram" if made else "figure" if figure else "image"
    return Entry(
        kind=kind,
        position=node.position,
        source=_shortened(unquote(node.source)),
        file=node.file,
        label=figure.label if figure else None,
        caption=plain_text(figure.caption).strip() if figure else "",
        alternative=node.spoken,
        decorative=node.decorative,
        formats=frozenset(),
    )


def _shortened(source: str) -> str:
    line = source.strip().partition("\n")[0]
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _cover(edition: Edition) -> Entry:
    own = edition.book.settings.book.cover
    return Entry(
        kind="cover",
        position=edition.book.configuration.value(("book", "cover")) if own else None,
        source=own or "",
        file=own,
        alternative=edition.document.metadata.title,
        formats=frozenset({"epub"}),
    )

"""Identifiers of all that can be linked to: the author's, else a slug of the text, the same in all formats."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from octavo.diagnostics import Rule
from octavo.document import (
    FORMATS,
    Chapter,
    CodeBlock,
    Document,
    Figure,
    Formats,
    Heading,
    Inline,
    Labelled,
    Node,
    Table,
    partial_formats,
    plain_text,
    rewrite,
    walk,
    walk_up,
)
from octavo.normalise.context import Context

# What the tool itself puts into a page begins so; no author's identifier may, and no generated one does.
RESERVED = "octavo-"

_NOT_IN_SLUG = re.compile(r"[^\w\- ]")
_SPACES = re.compile(r" ")


def slug(text: str) -> str:
    """Return the identifier that GitHub makes of a heading: Han kept, NFC, ASCII lower-cased."""
    text = unicodedata.normalize("NFC", text).strip().lower()
    return _SPACES.sub("-", _NOT_IN_SLUG.sub("", text))


def settle_identifiers(document: Document, context: Context) -> Document:
    """Give headings and what has a caption a `generated` identifier where they have none, and chapters an `identifier`.

    A double inside a chapter is counted, as GitHub does. A double across chapters is qualified by the chapter's own
    identifier (by its file where two chapters share their title), all of them and not the later ones only: so their
    order does not matter.
    """
    facts = [_facts(chapter, order) for order, chapter in enumerate(document.chapters, 1)]
    of_abstract = named_in_abstract(document)
    partial = partial_formats(document)
    _check_authors([*of_abstract, *(node for chapter in facts for node in chapter.named)], partial, context)
    table = _table(facts, {node.identifier for node in of_abstract if node.identifier})
    chapters = tuple(
        _apply(chapter, identifiers, f"{RESERVED}chapter-{order}")
        for order, (chapter, identifiers) in enumerate(zip(document.chapters, table, strict=True), 1)
    )
    return replace(document, chapters=chapters)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What one chapter says of all in it that has a name, or gets one."""

    file: str
    name: str
    named: tuple[Labelled, ...]
    slugs: tuple[str, ...]


def _facts(chapter: Chapter, order: int) -> _Facts:
    named = named_nodes(chapter)
    slugs = local_slugs(named)
    first = next(
        (node.identifier or name for node, name in zip(named, slugs, strict=True) if isinstance(node, Heading)), None
    )
    return _Facts(file=chapter.file, name=first or _file_slug(chapter.file), named=named, slugs=slugs)


def named_nodes(chapter: Chapter) -> tuple[Labelled, ...]:
    """Return what has an identifier or gets one: headings first, so that no caption takes a name away from them."""
    nodes = list(walk(chapter, Labelled))
    headings = [node for node in nodes if isinstance(node, Heading)]
    others = [node for node in nodes if not isinstance(node, Heading) and (node.identifier or caption_of(node))]
    return (*headings, *others)


def named_in_abstract(document: Document) -> tuple[Labelled, ...]:
    """Return what an author named in the abstract, where nothing else gets a name."""
    nodes = walk(document.abstract, Labelled) if document.abstract else ()
    return tuple(node for node in nodes if node.identifier)


def caption_of(node: Node) -> tuple[Inline, ...]:
    """Return the caption of a figure, a table or a listing."""
    return node.caption if isinstance(node, Figure | Table | CodeBlock) else ()


def _slug_of(node: Labelled) -> str:
    if isinstance(node, Heading):
        return slug((node.label or "") + plain_text(node.children))
    return slug(plain_text(caption_of(node)))


def _file_slug(file: str) -> str:
    return _valid(slug(str(PurePosixPath(file).with_suffix("")).replace("/", " ")))


def local_slugs(named: Sequence[Labelled]) -> tuple[str, ...]:
    """Return the slug of each node, unique in its chapter and apart from the author's identifiers there."""
    taken = {node.identifier for node in named if node.identifier}
    result = []
    for node in named:
        base = _valid(_slug_of(node))
        name, count = base, 0
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        result.append(name)
    return tuple(result)


def _valid(name: str) -> str:
    """Keep a slug from being empty, beginning with a digit or looking like one of the tool's own."""
    if not name or name[0].isdigit() or name[0] == "-" or name.startswith(RESERVED):
        return f"section-{name}".rstrip("-")
    return name


def _check_authors(named: Sequence[Labelled], partial: Mapping[int, Formats], context: Context) -> None:
    """Report identifiers that are reserved, or given twice to what one format shows; `partial` are formats by node."""
    shown: dict[str, Formats] = {}
    first: dict[str, Labelled] = {}
    for node in named:
        if not (name := node.identifier):
            continue
        if name.startswith(RESERVED):
            context.report.add(
                Rule.IDENTIFIER_RESERVED,
                node.position,
                f"the identifier “{name}” begins like those of Octavo itself",
                f"choose one that does not begin with “{RESERVED}”",
            )
        formats = partial.get(id(node), FORMATS)
        if formats & shown.get(name, frozenset()):
            context.report.add(
                Rule.IDENTIFIER_DUPLICATE,
                node.position,
                f"the identifier “{name}” is given twice",
                f"it is given first at {first[name].position}",
            )
        first.setdefault(name, node)
        shown[name] = shown.get(name, frozenset()) | formats


def _table(facts: list[_Facts], taken_before: set[str]) -> list[list[str | None]]:
    """Return for each chapter the identifiers of what it names; None where the author gave one."""
    authors = taken_before | {node.identifier for chapter in facts for node in chapter.named if node.identifier}
    used = Counter(
        name
        for chapter in facts
        for node, name in zip(chapter.named, chapter.slugs, strict=True)
        if not node.identifier
    )
    taken = authors | {name for name, count in used.items() if count == 1}
    names = Counter(chapter.name for chapter in facts)
    table: dict[str, list[str | None]] = {}
    # By file and not in the order of the book, for where even a qualified name is taken the first keeps it.
    for chapter in sorted(facts, key=lambda chapter: chapter.file):
        qualifier = chapter.name if names[chapter.name] == 1 else _file_slug(chapter.file)
        row: list[str | None] = []
        for node, name in zip(chapter.named, chapter.slugs, strict=True):
            if node.identifier:
                row.append(None)
            elif used[name] > 1 or name in authors:
                row.append(_free(f"{qualifier}-{name}", taken))
            else:
                row.append(name)
        table[chapter.file] = row
    return [table[chapter.file] for chapter in facts]


def _free(name: str, taken: set[str]) -> str:
    """Return `name`, counted where it is taken."""
    candidate, count = name, 0
    while candidate in taken:
        count += 1
        candidate = f"{name}-{count}"
    taken.add(candidate)
    return candidate


def _apply(chapter: Chapter, identifiers: list[str | None], name: str) -> Chapter:
    by_node = dict(zip(map(id, named_nodes(chapter)), identifiers, strict=True))
    # In the order of the change, which gets a node only when what is below it may be another.
    waiting = iter([by_node.get(id(node)) for node in walk_up(chapter, Labelled)])

    def change(node: Labelled) -> Labelled:
        generated = next(waiting)
        return node if node.generated == generated else replace(node, generated=generated)

    named = rewrite(chapter, change, Labelled)
    return named if named.identifier == name else replace(named, identifier=name)

"""Identifiers of headings and chapters: the author's, else a slug of the text, the same in all formats."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from octavo.diagnostics import Rule
from octavo.document import Chapter, Document, Heading, Node, plain_text, rewrite, walk
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
    """Give every heading without one a `generated` identifier, and every chapter an `identifier`.

    A double inside a chapter is counted, as GitHub does. A double across chapters is qualified by the chapter's own
    identifier (by its file where two chapters share their title), all of them and not the later ones only: so their
    order does not matter.
    """
    facts = [_facts(chapter, order) for order, chapter in enumerate(document.chapters, 1)]
    _check_authors(facts, context)
    table = _table(facts)
    chapters = tuple(
        _apply(chapter, identifiers, f"{RESERVED}chapter-{order}")
        for order, (chapter, identifiers) in enumerate(zip(document.chapters, table, strict=True), 1)
    )
    return replace(document, chapters=chapters)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What one chapter says of its headings: all that the book needs to know to name them."""

    file: str
    name: str
    headings: tuple[Heading, ...]
    slugs: tuple[str, ...]


def _facts(chapter: Chapter, order: int) -> _Facts:
    headings = tuple(node for node in walk(chapter) if isinstance(node, Heading))
    slugs = local_slugs(headings)
    first = next((heading.identifier or name for heading, name in zip(headings, slugs, strict=True)), None)
    return _Facts(file=chapter.file, name=first or _file_slug(chapter.file), headings=headings, slugs=slugs)


def _file_slug(file: str) -> str:
    return _valid(slug(str(PurePosixPath(file).with_suffix("")).replace("/", " ")))


def local_slugs(headings: Sequence[Heading]) -> tuple[str, ...]:
    """Return the slug of each heading, unique in its chapter and apart from the author's identifiers there."""
    taken = {heading.identifier for heading in headings if heading.identifier}
    result = []
    for heading in headings:
        base = _valid(slug((heading.label or "") + plain_text(heading.children)))
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


def _check_authors(facts: list[_Facts], context: Context) -> None:
    first: dict[str, Heading] = {}
    for heading in (heading for chapter in facts for heading in chapter.headings):
        if not (name := heading.identifier):
            continue
        if name.startswith(RESERVED):
            context.report.add(
                Rule.IDENTIFIER_RESERVED,
                heading.position,
                f"the identifier “{name}” begins like those of Octavo itself",
                f"choose one that does not begin with “{RESERVED}”",
            )
        if other := first.get(name):
            context.report.add(
                Rule.IDENTIFIER_DUPLICATE,
                heading.position,
                f"the identifier “{name}” is given twice",
                f"it is given first at {other.position}",
            )
        first.setdefault(name, heading)


def _table(facts: list[_Facts]) -> list[list[str | None]]:
    """Return for each chapter the identifiers of its headings; None where the author gave one."""
    authors = {heading.identifier for chapter in facts for heading in chapter.headings if heading.identifier}
    used = Counter(
        name
        for chapter in facts
        for heading, name in zip(chapter.headings, chapter.slugs, strict=True)
        if not heading.identifier
    )
    taken = authors | {name for name, count in used.items() if count == 1}
    names = Counter(chapter.name for chapter in facts)
    table: dict[str, list[str | None]] = {}
    # By file and not in the order of the book, for where even a qualified name is taken the first keeps it.
    for chapter in sorted(facts, key=lambda chapter: chapter.file):
        qualifier = chapter.name if names[chapter.name] == 1 else _file_slug(chapter.file)
        row: list[str | None] = []
        for heading, name in zip(chapter.headings, chapter.slugs, strict=True):
            if heading.identifier:
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
    waiting = iter(identifiers)
    by_node = {id(node): next(waiting) for node in walk(chapter) if isinstance(node, Heading)}

    def change(node: Node) -> Node:
        if isinstance(node, Heading) and node.generated != (generated := by_node[id(node)]):
            return replace(node, generated=generated)
        return node

    named = rewrite(chapter, change)
    return named if named.identifier == name else replace(named, identifier=name)

"""Links to headings and between chapters: from what the author wrote to the identifier they lead to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import unquote

from octavo.diagnostics import Rule, nearest
from octavo.document import Abstract, Block, Chapter, Document, Heading, Link, plain_text, rewrite, walk
from octavo.normalise.context import Context
from octavo.normalise.identifiers import local_slugs, named_in_abstract, named_nodes, slug

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ENDINGS = (".md", ".markdown", ".html", ".htm", ".xhtml")


def is_outside(destination: str) -> bool:
    """Tell whether a link leaves the book."""
    return bool(_SCHEME.match(destination))


def resolve_links(document: Document, context: Context) -> Document:
    """Set the `target` of each link that leads into the book; report those that lead nowhere."""
    table = _table(document)

    def resolve(part: Abstract | Chapter) -> Abstract | Chapter:
        def change(node: Link) -> Link:
            if not is_outside(node.destination):
                target = _resolve(node, part.file, table, context)
                return node if target == node.target else replace(node, target=target)
            return node

        return rewrite(part, change, Link)

    return rewrite(document, resolve, Abstract, Chapter)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Say what can be linked to: every identifier of the book, and by file the names that work inside it.

    `holders` names the chapter in which a file stands, an included one too, by its name in lower case. In an abstract
    that octavo.toml states, the names of a chapter work where it is the only one.
    """

    identifiers: frozenset[str]
    chapters: dict[str, str]
    holders: dict[str, str]
    local: dict[str, dict[str, str]]


def _table(document: Document) -> _Table:
    local = {chapter.file: dict(_names(chapter)) for chapter in document.chapters}
    if document.abstract and document.abstract.file not in local:
        local[document.abstract.file] = next(iter(local.values())) if len(local) == 1 else {}
    of_abstract = [node.identifier for node in named_in_abstract(document) if node.identifier]
    return _Table(
        identifiers=frozenset([*of_abstract, *(target for names in local.values() for target in names.values())]),
        chapters={chapter.file: chapter.identifier or "" for chapter in document.chapters},
        holders={file.casefold(): chapter for file, chapter in _holders(document).items()},
        local=local,
    )


def _holders(document: Document) -> dict[str, str]:
    """Return for each file the chapter that it belongs to: itself, or the first that includes it."""
    holders = {chapter.file: chapter.file for chapter in document.chapters}
    for chapter in document.chapters:
        if chapter.position.file != chapter.file:
            continue  # a part that octavo.toml names
        for node in walk(chapter, *get_args(Block)):  # included are whole blocks
            holders.setdefault(node.position.file, chapter.file)
    return holders


def _names(chapter: Chapter) -> Iterator[tuple[str, str]]:
    """Yield each name that a link inside this chapter may use: GitHub's slugs, with the typed number and without."""
    named = named_nodes(chapter)
    for heading in (node for node in named if isinstance(node, Heading) and node.anchor):
        # As GitHub makes it, though it may begin with a digit, which an identifier may not.
        text, anchor = plain_text(heading.children), heading.anchor or ""
        yield slug((heading.label or "") + text), anchor
        if heading.written_number:
            yield slug(f"{heading.written_number} {text}"), anchor
            yield slug(f"{heading.written_number}. {text}"), anchor
    for node, name in zip(named, local_slugs(named), strict=True):
        if node.anchor:
            yield name, node.anchor
    # Last, so that no slug hides an identifier.
    for node in named:
        if node.anchor:
            yield node.anchor, node.anchor


def _resolve(link: Link, current: str, table: _Table, context: Context) -> str | None:
    path, _, fragment = link.destination.partition("#")
    fragment = unquote(fragment)
    # An included file names others relative to itself.
    file = _chapter_file(unquote(path), link.position.file, table) if path else current
    if file is None:
        _report_path(link, unquote(path), link.position.file, table, context)
        return None
    if not fragment and (top := table.chapters.get(file)):
        return top
    names_here = table.local[file]
    # GitHub finds #SQL客户端 too, though the identifier is in lower case.
    if target := names_here.get(fragment) or names_here.get(slug(fragment)):
        return target
    if not path and fragment in table.identifiers:
        return fragment
    names = table.local[file] if path else {*table.local[file], *table.identifiers}
    context.report.add(
        Rule.LINK_NOT_FOUND,
        link.position,
        f"nothing {f'in {file} ' if path else ''}has the identifier “{fragment}”",
        nearest(fragment, names),
    )
    return None


def _inside(path: str, current: str) -> str:
    """Return a path as it is from the folder of the book, where one with a slash before it begins."""
    folder = "" if path.startswith("/") else posixpath.dirname(current)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))


def _chapter_file(path: str, current: str, table: _Table) -> str | None:
    """Return the chapter that a relative path means: as a source file, as a page, or as a folder's first file."""
    wanted = _inside(path, current)
    stem, ending = posixpath.splitext(wanted)
    names = [wanted]
    if ending.lower() in _ENDINGS:
        names += [stem + other for other in _ENDINGS[:2]]
    else:
        names += [f"{wanted}/{name}" for name in ("README.md", "index.md")]
    return next((found for name in names if (found := table.holders.get(name.casefold()))), None)


def _report_path(link: Link, path: str, current: str, table: _Table, context: Context) -> None:
    wanted = _inside(path, current)
    if context.has_file(wanted):
        context.report.add(
            Rule.LINK_NOT_ALLOWED,
            link.position,
            f"“{path}” is a file of this folder but no chapter of the book; its text stays, without the link",
            "list it among the chapters, or give the address that it has on the web",
        )
        return
    context.report.add(
        Rule.LINK_NOT_FOUND, link.position, f"no chapter is called “{path}”", nearest(wanted, table.chapters)
    )

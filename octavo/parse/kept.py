"""Chapters that were parsed before, kept from build to build: one that has not changed is not parsed again.

A chapter is filed under its text, its place in the book and the programs. It depends on the files that it includes too,
which are known when it was parsed: their digests are kept with it, and they are opened again and compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from octavo.diagnostics import Diagnostic, Failure, Position, Report, Severity
from octavo.document import ChapterRole
from octavo.parse.chapter import Parsed, parse_chapter
from octavo.parse.includes import Open
from octavo.parse.packed import packed, unpacked
from octavo.store import Store, digest, open_store, programs, remember, remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """Hold a chapter, what was said of it, and each file that it includes with the digest of its text."""

    parsed: Parsed
    said: tuple[Diagnostic, ...]
    opened: tuple[tuple[str, str], ...]


def kept_chapter(text: str, file: str, report: Report, *, role: ChapterRole, depth: int, open: Open) -> Parsed:
    """Return what `parse_chapter` returns of these: what is kept of it where nothing has changed."""
    chapters = open_store("chapters")
    key = digest(programs(), text, file, role, str(depth))
    kept = remembered("chapters", key, lambda: _read(chapters, key))
    if kept is None or not _includes_the_same(kept, open):
        kept = _parse(text, file, role, depth, open)
        if chapters.folder is not None and not any(found.rule.severity is Severity.ERROR for found in kept.said):
            remember("chapters", key, kept)
            chapters.put(key, packed(kept))
    for found in kept.said:
        report.take(found)
    return kept.parsed


def _read(chapters: Store, key: str) -> _Kept | None:
    data = chapters.get(key)
    # The store is nobody's but ours, and holds what it was given: see `octavo.store.place`.
    return None if data is None else unpacked(data)


def _parse(text: str, file: str, role: ChapterRole, depth: int, open: Open) -> _Kept:
    said, opened = Report(), list[tuple[str, str]]()

    def noting(path: str, position: Position) -> str:
        included = open(path, position)
        opened.append((path, digest(included)))
        return included

    parsed = parse_chapter(text, file, said, role=role, depth=depth, open=noting)
    return _Kept(parsed=parsed, said=tuple(said), opened=tuple(opened))


def _includes_the_same(kept: _Kept, open: Open) -> bool:
    try:
        return all(digest(open(path, kept.parsed.chapter.position)) == before for path, before in kept.opened)
    except Failure:
        return False

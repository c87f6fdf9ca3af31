"""Find the files that are chapters, in reading order.

In: the settings and the files of the book. Out: a path, role and part for each chapter. What is listed in octavo.toml
comes in that order; a book that lists no chapters is read in natural order, README or index first in each folder.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from octavo.book.files import Files, quoted
from octavo.book.settings import Settings
from octavo.book.toml_positions import KeyPath, TomlPositions
from octavo.diagnostics import Failure, Position, Report, Rule
from octavo.document import ChapterRole
from octavo.record import Witness

MARKDOWN = (".md", ".markdown")
_LEFT_OUT = ("templates", "styles", "dist", "node_modules")
_ROLES: tuple[ChapterRole, ...] = ("front", "body", "appendix", "back")
_FIRST = ("readme", "index")
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterFile:
    """Name one chapter: its path inside the book, its role, the place that names it, and its part, counted from 0.

    One that is not `listed` was found in the folder.
    """

    path: str
    role: ChapterRole = "body"
    part: int | None = None
    listed: bool = True
    position: Position


class Failures:
    """Report failures and go on, so that the reader hears of all at once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._last: Failure | None = None

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Report a `Failure` of the block under `with` instead of letting it through."""
        try:
            yield
        except Failure as failure:
            self._report.take(failure.diagnostic)
            self._last = failure

    def raise_last(self) -> None:
        """Raise the last failure that was caught, if any."""
        if self._last:
            raise self._last


def list_chapters(
    settings: Settings, files: Files, positions: TomlPositions, failures: Failures
) -> tuple[ChapterFile, ...]:
    """Return the chapters: front matter, chapters or parts, appendices, back matter.

    A listed file that cannot be had, or is listed twice, goes to `failures`. Raise `Failure` with BOOK_EMPTY where
    there is no chapter at all.
    """
    listed: list[ChapterFile] = []
    seen: dict[Path, Position] = {}
    for path, name, role, part in _entries(settings):
        position = positions.value(path)
        with failures.caught():
            real = files.find(name, position)
            if real in seen:
                message = f"{quoted(name)} is listed twice: first on line {seen[real].line}"
                raise Failure(Rule.CONFIGURATION_VALUE, position, message)
            seen[real] = position
            listed.append(ChapterFile(path=_inside(name, real, files), role=role, part=part, position=position))
    if settings.book.chapters is None and not settings.part:
        listed += _discovered(files, seen, failures)
    if not listed:
        failures.raise_last()
        hint = "a chapter is a file whose name ends in .md, and does not begin with _ or ."
        raise Failure(Rule.BOOK_EMPTY, None, f"{quoted(files.root.name)} holds no chapter", hint)
    return tuple(sorted(listed, key=lambda chapter: _ROLES.index(chapter.role)))


def _entries(settings: Settings) -> Iterator[tuple[KeyPath, str, ChapterRole, int | None]]:
    """Yield every listed file with its key path in octavo.toml, its role and its part."""
    book = settings.book
    lists: tuple[tuple[str, tuple[str, ...], ChapterRole], ...] = (
        ("frontmatter", book.frontmatter, "front"),
        ("chapters", book.chapters or (), "body"),
        ("appendices", book.appendices, "appendix"),
        ("backmatter", book.backmatter, "back"),
    )
    for key, names, role in lists:
        for index, name in enumerate(names):
            yield ("book", key, index), name, role, None
    for number, part in enumerate(settings.part):
        for index, name in enumerate(part.chapters):
            yield ("part", number, "chapters", index), name, "body", number


def _inside(name: str, real: Path, files: Files) -> str:
    """Return the path that a chapter goes by: as it is named, unless `..` makes that depend on symlinks."""
    if ".." in name.split("/"):
        return real.relative_to(files.root).as_posix()
    return posixpath.normpath(name)


def _discovered(files: Files, listed: dict[Path, Position], failures: Failures) -> list[ChapterFile]:
    found: dict[Path, ChapterFile] = {}
    for name in _walk(files, failures):
        with failures.caught():
            refuse_other_encodings(name)
            real = files.find(name, Position(name))
            if real not in listed:
                found.setdefault(real, ChapterFile(path=name, listed=False, position=Position(name)))
    return list(found.values())


def refuse_other_encodings(name: str) -> None:
    """Raise `Failure` where a name is not UTF-8: it could neither be printed nor stand in a link."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise Failure(Rule.FILE_UNREADABLE, None, f"the name of {quoted(name)} is not UTF-8") from error


def _walk(files: Files, failures: Failures) -> Iterator[str]:
    """Yield the Markdown files of the folder in natural order; links to folders are not followed."""
    waiting = [("", True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        with failures.caught():
            waiting.extend(reversed(_in_folder(files, path)))


def _in_folder(files: Files, folder: str) -> list[tuple[str, bool]]:
    """Return the paths of what counts in a folder, in natural order, and whether each is a folder."""
    root, witness = files.root, files.witness
    witness.lists(root / folder)
    try:
        with os.scandir(root / folder) as entries:
            names = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
    except OSError as error:
        message = f"the folder {quoted(folder or root.name)} cannot be read: {error.strerror}"
        raise Failure(Rule.FILE_UNREADABLE, Position(folder) if folder else None, message) from error
    kept = {name: is_folder for name, is_folder in names.items() if _counts(name, is_folder)}
    if folder == "themes":  # a book may be about those, but one that has sheets or templates is a theme
        kept = {name: is_folder for name, is_folder in kept.items() if not _is_theme(root / folder / name, witness)}
    return [(posixpath.join(folder, name), kept[name]) for name in sorted(kept, key=lambda n: _order(n, kept[n]))]


def _counts(name: str, is_folder: bool) -> bool:
    if name.startswith(("_", ".")):
        return False
    return name not in _LEFT_OUT if is_folder else name.lower().endswith(MARKDOWN)


def _is_theme(folder: Path, witness: Witness) -> bool:
    witness.lists(folder)
    return any((folder / name).is_dir() for name in ("styles", "templates"))


def _order(name: str, is_folder: bool) -> tuple[int, list[tuple[int, str]], bool, str]:
    """Return the sort key of a name: README and index first, 2 before 10, a file before its folder."""
    stem = (name if is_folder else name.rpartition(".")[0]).casefold()
    first = _FIRST.index(stem) if stem in _FIRST and not is_folder else len(_FIRST)
    # Every second piece is a number; the empty strings beside them keep numbers and words comparable.
    pieces = [(int(piece), "") if at % 2 else (0, piece) for at, piece in enumerate(_NUMBER.split(stem))]
    return first, pieces, is_folder, name

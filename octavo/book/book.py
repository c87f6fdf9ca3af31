"""Read a book from disk.

In: the path of a folder or of one Markdown file. Out: a `Book`, its chapters read as text, or a `Failure`.

1. Find the root: the folder, or the folder around the one file.
2. Read octavo.toml, if it is there and the book is a folder.
3. List the chapters and read each, so that every failure among them is reported.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from octavo.book.chapters import MARKDOWN, ChapterFile, Failures, list_chapters, refuse_other_encodings
from octavo.book.configuration import CONFIGURATION, read_configuration
from octavo.book.files import Files, clean, kind_of, nearest_in, quoted
from octavo.book.settings import Settings
from octavo.book.toml_positions import TomlPositions
from octavo.diagnostics import Failure, Position, Report, Rule, Severity
from octavo.document import ChapterRole
from octavo.record import Witness


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Hold one chapter as it was written; `path` is relative to the root, with slashes.

    `part` counts the parts of octavo.toml from 0. One that is `listed` is named there, and does not merely lie about.
    """

    path: str
    text: str
    role: ChapterRole = "body"
    part: int | None = None
    listed: bool = True


@dataclass(frozen=True)
class Book:
    """Hold what was read: the settings, the chapters in reading order, and the way to all other files.

    `name` is that of the folder or of the file without its ending; `single` tells that PATH was one file.
    `configuration` finds the place of a setting in octavo.toml, for whoever has something to say about it.
    """

    root: Path
    settings: Settings
    chapters: tuple[SourceFile, ...]
    files: Files
    name: str
    single: bool
    configuration: TomlPositions = field(default=TomlPositions(CONFIGURATION, ""), compare=False, repr=False)


def read_book(path: Path, report: Report, witness: Witness | None = None) -> Book:
    """Return the book at `path`; `witness` hears of all that is read, now and later.

    Everything that is wrong is reported; where the book cannot be had, the last `Failure` is raised as well.
    """
    read = _read_file if _is_file(path) else _read_folder
    return read(path, report, witness or Witness())


def _is_file(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        hint = nearest_in(path.parent, path.name)
        raise Failure(Rule.PATH_NOT_FOUND, None, f"there is nothing at {quoted(str(path))}", hint) from error
    except OSError as error:
        message = f"{quoted(str(path))} cannot be read: {error.strerror}"
        raise Failure(Rule.FILE_UNREADABLE, None, message) from error
    if stat.S_ISDIR(mode):
        return False
    hint = "PATH is a folder or one Markdown file"
    if not stat.S_ISREG(mode):
        raise Failure(Rule.FILE_NOT_REGULAR, None, f"{quoted(str(path))} is {kind_of(mode)}", hint)
    if not path.name.lower().endswith(MARKDOWN):
        message = f"the name of {quoted(str(path))} does not end in .md or .markdown"
        raise Failure(Rule.PATH_NOT_FOUND, None, message, hint)
    return True


def _read_file(path: Path, report: Report, witness: Witness) -> Book:
    # The reader of the command line chose this file, so a link leads to it; what it names must lie beside it.
    real = Path(os.path.realpath(path))
    refuse_other_encodings(real.name)
    settings = Settings()
    files = Files(real.parent, settings.limits.file, witness)
    chapter = _read_chapter(ChapterFile(path=real.name, position=Position(real.name)), files, report)
    return Book(real.parent, settings, (chapter,), files, path.stem, single=True)


def _read_folder(path: Path, report: Report, witness: Witness) -> Book:
    root = Path(os.path.realpath(path))
    settings, positions = _read_settings(root, report, witness)
    files = Files(root, settings.limits.file, witness)
    failures = Failures(report)
    chapters = []
    for chapter in list_chapters(settings, files, positions, failures):
        with failures.caught():
            chapters.append(_read_chapter(chapter, files, report))
    failures.raise_last()
    return Book(root, settings, tuple(chapters), files, root.name or "book", single=False, configuration=positions)


def _read_settings(root: Path, report: Report, witness: Witness) -> tuple[Settings, TomlPositions]:
    try:
        (root / CONFIGURATION).lstat()
    except OSError as error:
        witness.missed(root / CONFIGURATION, root / CONFIGURATION, error)
        return Settings(), TomlPositions(CONFIGURATION, "")
    text = Files(root, Settings().limits.file, witness).read_text(CONFIGURATION, Position(CONFIGURATION))
    # A report of its own tells the errors of this file from what was found before.
    found = Report()
    settings = read_configuration(text, CONFIGURATION, found)
    for diagnostic in found:
        report.take(diagnostic)
    if settings is None:
        last = [diagnostic for diagnostic in found if diagnostic.rule.severity is Severity.ERROR][-1]
        raise Failure(last.rule, last.position, last.message, last.hint)
    return settings, TomlPositions(CONFIGURATION, text)


def _read_chapter(chapter: ChapterFile, files: Files, report: Report) -> SourceFile:
    text = clean(files.read_text(chapter.path, chapter.position), chapter.path, report)
    return SourceFile(chapter.path, text, chapter.role, chapter.part, chapter.listed)

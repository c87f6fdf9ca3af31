"""The one resolver: it opens everything that a book names.

In: the root of the book, a limit, and paths as the book writes them. Out: bytes and text, or a `Failure` that says
why not. It admits regular files inside the root after symlinks are resolved, up to the limit, and nothing else.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath

from octavo.diagnostics import Failure, Position, Report, Rule, nearest
from octavo.record import Witness

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2, Char
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?=\S)")
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
_REMOVALS_REPORTED = 10
_NAMES_COMPARED = 2000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Files:
    """Open the files of the book in `root`, none of more than `limit` bytes, and tell `witness` of each.

    Every path is relative to the root, with slashes; `position` is the place that names it. Each method raises
    `Failure` with one of the rules FILE_MISSING, FILE_OUTSIDE_BOOK, FILE_NOT_REGULAR, FILE_TOO_LARGE and
    FILE_UNREADABLE.
    """

    root: Path
    limit: int
    witness: Witness = field(default_factory=Witness, repr=False, compare=False)
    _added: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", Path(os.path.realpath(self.root)))

    def add(self, name: str, data: bytes) -> None:
        """Take in a file made of the text of the book, which lies nowhere: `read_bytes` returns it by its name."""
        self._added[name] = data

    def is_added(self, name: str) -> bool:
        """Tell whether a file was made of the text of the book."""
        return name in self._added

    def find(self, relative: str, position: Position | None) -> Path:
        """Return where `relative` leads once symlinks are resolved.

        The answer holds for this moment only: to read the file, use `read_bytes`, which checks what it opened.
        """
        path = self._resolve(relative, position)
        try:
            status = path.lstat()
        except OSError as error:
            self.witness.missed(self.root / relative, path, error)
            raise self._not_opened(error, path, relative, position) from error
        self.witness.saw(self.root / relative, path, status)
        self._admit(status, relative, position)
        return path

    def read_bytes(self, relative: str, position: Position | None) -> bytes:
        """Return the bytes of a file."""
        if (added := self._added.get(relative)) is not None:
            return added
        path = self.find(relative, position)
        try:
            descriptor = self._open(path)
        except OSError as error:
            raise self._not_opened(error, path, relative, position) from error
        data = bytearray()
        try:
            # Since `find` the name may have come to mean something else: a descriptor cannot.
            status = os.fstat(descriptor)
            self._admit(status, relative, position)
            while len(data) <= self.limit and (chunk := os.read(descriptor, _CHUNK)):
                data += chunk
        except OSError as error:
            raise self._not_opened(error, path, relative, position) from error
        finally:
            os.close(descriptor)
        if len(data) > self.limit:
            raise self._too_large(len(data), relative, position)
        self.witness.saw(self.root / relative, path, status, bytes(data))
        return bytes(data)

    def read_text(self, relative: str, position: Position | None) -> str:
        """Return the text of a UTF-8 file without a byte order mark, its lines ended by LF.

        Anything else than UTF-8 raises `Failure` with NOT_UTF8 at the first wrong byte. What XML forbids is still
        there: see `clean`.
        """
        data = self.read_bytes(relative, position).removeprefix(codecs.BOM_UTF8)
        try:
            return _with_line_feeds(data.decode("utf-8"))
        except UnicodeDecodeError as error:
            before = _with_line_feeds(data[: error.start].decode("utf-8"))
            place = Position(relative, *line_and_column(before, len(before)))
            message = f"byte 0x{data[error.start]:02X} is not UTF-8"
            raise Failure(Rule.NOT_UTF8, place, message, _likely_encoding(data)) from error

    def below(self, folder: str) -> tuple[str, ...]:
        """Return the paths of the files in a folder of the book, relative to it, in order; none where it is not there.

        Hidden ones are left out, and links to folders are not followed.
        """
        root = self.root / folder
        if not Path(os.path.realpath(root)).is_relative_to(self.root):
            self.witness.lost()
            return ()
        self.witness.lists_all(root)
        names = []
        for path, folders, files in os.walk(root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            here = Path(path).relative_to(root)
            names += [(here / name).as_posix() for name in files if not name.startswith(".")]
        return tuple(sorted(names))

    def _resolve(self, relative: str, position: Position | None) -> Path:
        shown = quoted(relative)
        if "\0" in relative or not _can_name_a_file(relative):
            raise Failure(Rule.FILE_MISSING, position, f"{shown} holds a character that no file name can hold")
        if PurePosixPath(relative).is_absolute() or PureWindowsPath(relative).root:
            hint = "name it relative to the book's folder"
            raise Failure(Rule.FILE_OUTSIDE_BOOK, position, f"{shown} is an absolute path", hint)
        if _SCHEME.match(relative) and not os.path.lexists(self.root / relative):
            raise Failure(Rule.FILE_OUTSIDE_BOOK, position, f"{shown} is an address, not a file of the book")
        path = Path(os.path.realpath(self.root / relative))
        if not path.is_relative_to(self.root):
            self.witness.lost()  # most often an error; else something looked for it that does without
            raise Failure(Rule.FILE_OUTSIDE_BOOK, position, f"{shown} leads out of the book's folder")
        return path

    def _open(self, path: Path) -> int:
        """Open a resolved path without following any link, and without waiting for the other end of a fifo."""
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        if os.open not in os.supports_dir_fd:
            return os.open(path, flags)
        # O_NOFOLLOW guards the last name only, so every folder on the way is opened by itself.
        enter = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW
        folder = os.open(self.root, enter)
        try:
            for name in path.relative_to(self.root).parts[:-1]:
                inner = os.open(name, enter, dir_fd=folder)
                os.close(folder)
                folder = inner
            return os.open(path.name, flags, dir_fd=folder)
        finally:
            os.close(folder)

    def _admit(self, status: os.stat_result, relative: str, position: Position | None) -> None:
        if stat.S_ISLNK(status.st_mode):  # all links are resolved, so this one leads to itself
            message = f"{quoted(relative)} is a symbolic link that leads in a circle"
            raise Failure(Rule.FILE_UNREADABLE, position, message)
        if not stat.S_ISREG(status.st_mode):
            message = f"{quoted(relative)} is {kind_of(status.st_mode)}, not a file"
            raise Failure(Rule.FILE_NOT_REGULAR, position, message)
        if status.st_size > self.limit:
            raise self._too_large(status.st_size, relative, position)

    def _too_large(self, size: int, relative: str, position: Position | None) -> Failure:
        message = f"{quoted(relative)} has {size:,} bytes; the limit is {self.limit:,}"
        return Failure(Rule.FILE_TOO_LARGE, position, message, "raise `file` in [limits] of octavo.toml")

    def _not_opened(self, error: OSError, path: Path, relative: str, position: Position | None) -> Failure:
        if error.errno not in _MISSING:
            return Failure(Rule.FILE_UNREADABLE, position, f"{quoted(relative)} cannot be read: {error.strerror}")
        hint = _name_nearby(path, self.root)
        return Failure(Rule.FILE_MISSING, position, f"there is no file {quoted(relative)}", hint)


def clean(text: str, file: str, report: Report) -> str:
    """Remove the characters that XML 1.0 forbids and report each place; after ten, say only how many more."""
    found = list(FORBIDDEN.finditer(text))
    for match in found[:_REMOVALS_REPORTED]:
        place = Position(file, *line_and_column(text, match.start()))
        message = f"U+{ord(match[0]):04X} cannot stand in HTML or EPUB and was removed"
        report.add(Rule.CHARACTER_REMOVED, place, message)
    if rest := found[_REMOVALS_REPORTED:]:
        place = Position(file, *line_and_column(text, rest[0].start()))
        report.add(Rule.CHARACTER_REMOVED, place, f"{len(rest)} more such characters from here on were removed")
    return FORBIDDEN.sub("", text) if found else text


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Return the line and the column of a character, from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def nearest_in(folder: Path, name: str) -> str | None:
    """Return a hint that names the entry of `folder` nearest to `name`, or None."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, _NAMES_COMPARED) if entry.name.isprintable()]
    except OSError:
        return None
    # The commonest slip of all, which the measure of likeness does not see: capitals.
    same = [other for other in names if other.casefold() == name.casefold()]
    return f"did you mean “{same[0]}”?" if same else nearest(name, sorted(names))


def kind_of(mode: int) -> str:
    """Name what a file that is not regular is instead."""
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((words for is_kind, words in kinds if is_kind(mode)), "a device")


def quoted(name: str) -> str:
    """Return `name` in quotation marks, on one line, of a length that one can read."""
    return f"“{printable(name[:200])}{'…' if len(name) > 200 else ''}”"


def printable(text: str) -> str:
    """Return `text` with everything that a terminal would not print written as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _name_nearby(path: Path, root: Path) -> str | None:
    # Where a folder on the way is missing, it is that folder's name which is wrong.
    while path.parent != root and not os.path.lexists(path.parent):
        path = path.parent
    return nearest_in(path.parent, path.name)


def _can_name_a_file(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _likely_encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "the file is UTF-16: save it as UTF-8"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "save the file as UTF-8"
    return "the file may be GB 18030: save it as UTF-8"

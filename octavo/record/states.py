"""The state of a file or a folder: taken when it is read, and compared when the next build wants to know."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from octavo.store import digest

# Names, and whether each is a folder, a link or a file; None where there is no such folder.
Listing: TypeAlias = dict[str, str] | None

_FILE = "file"
# A file that changed just before it was read may change again at the same moment, by the clock of its file system.
_SETTLED = 2 * 10**9  # nanoseconds; some count in steps of two seconds
_SMALL = 1 << 16  # bytes; to read one of these again takes hardly longer than to ask for its times


@dataclass(frozen=True, slots=True)
class State:
    """Hold where a name led, what was there, and of a file that was read its digest and when it was changed.

    `stamp` has size, times and identity of a file, and is empty where these must not be relied on.
    """

    real: str
    kind: str
    size: int = 0
    stamp: tuple[int, ...] = ()
    digest: str | None = None


def absent(real: Path, error: OSError) -> State:
    """Return the state of a name that leads nowhere."""
    return State(str(real), errno.errorcode.get(error.errno or 0, "error"))


def present(real: Path, status: os.stat_result, data: bytes | None = None) -> State:
    """Return the state of what is there; of a file that was read, `status` is from before that."""
    if not stat.S_ISREG(status.st_mode):
        return State(str(real), str(stat.S_IFMT(status.st_mode)))
    if data is None:
        return State(str(real), _FILE, status.st_size)
    return State(str(real), _FILE, len(data), stamp_of(status), digest(data))


def stamp_of(status: os.stat_result) -> tuple[int, ...]:
    """Return what is another after each change of a file, or nothing where that may not be so."""
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    # Windows tells when a file was made, not when it was changed last: the other time may have been set back.
    if sys.platform == "win32" or changed > time.time_ns() - _SETTLED:
        return ()
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


def is_as_before(name: str, before: State) -> bool:
    """Tell whether a name leads to what it led to; a file is read where its times do not settle it."""
    real = Path(os.path.realpath(name))
    if str(real) != before.real:
        return False
    try:
        status = real.lstat()
        now = present(real, status)
        if (now.kind, now.size) != (before.kind, before.size):
            return False
        if before.digest is None:
            return True
        if now.size > _SMALL and before.stamp and stamp_of(status) == before.stamp:
            return True
        return digest(real.read_bytes()) == before.digest
    except OSError as error:
        return absent(real, error) == before


def listing_of(folder: Path) -> Listing:
    """Return what is in a folder, but for what is hidden: no chapter, template or style is."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name: _kind(entry) for entry in entries if not entry.name.startswith(".")}
    except OSError:
        return None


def is_listed_as_before(folder: str, before: Listing, ours: Set[str]) -> bool:
    """Tell whether the same is in a folder; the names in `ours`, whole paths, do not count."""
    return _others(folder, listing_of(Path(folder)), ours) == _others(folder, before, ours)


def _others(folder: str, listing: Listing, ours: Set[str]) -> Listing:
    if listing is None:
        return None
    return {name: kind for name, kind in listing.items() if os.path.join(folder, name) not in ours}  # noqa: PTH118


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link to a folder" if entry.is_dir() else "link"
    return "folder" if entry.is_dir() else _FILE

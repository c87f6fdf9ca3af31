"""One kind of artifact, each in a file of its own under its key.

Safe at any moment, for any number of processes: an artifact is written beside its place and moved there whole. The
first line of its file is the digest of the rest, so that one which was cut off, written over or moved is none of ours.
The files used last stay; the time of a file tells when that was.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from octavo.store.keys import digest

_PART = ".part-"  # what a file is called while it is written
_STAMP = ".trimmed"
_DIGEST = re.compile(r"[0-9a-f]{32,}")
_SHARD = "[0-9a-f][0-9a-f]"
_NAME = re.compile(rf"[0-9a-f]{{30,}}|{re.escape(_PART)}.+")
_PAUSE, _HOUR = 10 * 60, 60 * 60  # seconds
_ROOM = 0.9  # of the limit is left full, so that not every build must make room


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold how many artifacts of a kind there are, and how many bytes they take."""

    number: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Store:
    """Keep artifacts of one kind, in `folder`, which holds other kinds as well; without a folder, keep nothing.

    Plain data: a process that is started for a part of the work may be handed it.
    """

    folder: Path | None
    kind: str

    def of(self, kind: str) -> Store:
        """Return the store of another kind, in the same folder."""
        return replace(self, kind=kind)

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, a hexadecimal digest, or None; it counts as used now."""
        if self.folder is None:
            return None
        path = self._path(self.folder, key)
        try:
            said, _, data = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if said != self._mark(key, data):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep something under a key; where there is no room or no way, do nothing."""
        if self.folder is None:
            return
        with suppress(OSError):
            path = self._path(self.folder, key)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, self._mark(key, data) + b"\n" + data)

    def remove(self, key: str) -> None:
        """Forget what is kept under a key."""
        if self.folder is not None:
            with suppress(OSError):
                self._path(self.folder, key).unlink()

    def trim(self, limit: int, *, at_once: bool = False) -> None:
        """Remove the artifacts of all kinds that nobody used for longest, until the rest is below `limit` bytes.

        Unless it is to be done at once, do it once in ten minutes at most: to look at ten thousand files takes a while.
        """
        if self.folder is None or not (at_once or _is_due(self.folder / _STAMP)):
            return
        files = sorted((time_used, size, path) for path, size, time_used in _files(self.folder))
        size = sum(size for _, size, _ in files)
        room = limit * _ROOM if size > limit else limit
        for time_used, each, path in files:
            left_over = path.rpartition(os.sep)[2].startswith(_PART) and time_used < time.time() - _HOUR
            if size > room or left_over:
                with suppress(OSError):
                    Path(path).unlink()
                size -= each

    def clear(self) -> None:
        """Remove the artifacts of all kinds."""
        self.trim(-1, at_once=True)

    def kept(self) -> dict[str, Kept]:
        """Return what is kept of each kind, in order."""
        found: dict[str, Kept] = {}
        for path, size, _ in sorted(_files(self.folder)) if self.folder is not None else ():
            kind = Path(path).relative_to(self.folder or path).parts[0]
            before = found.get(kind, Kept())
            found[kind] = Kept(before.number + 1, before.size + size)
        return found

    def _path(self, folder: Path, key: str) -> Path:
        if not _DIGEST.fullmatch(key):
            raise ValueError(f"{key!r} is no digest")
        return folder / self.kind / key[:2] / key[2:]

    def _mark(self, key: str, data: bytes) -> bytes:
        return digest(self.kind, key, data).encode()


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=_PART, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_due(stamp: Path) -> bool:
    """Tell whether it is long enough since this was asked last; a time to come is none that can be trusted."""
    with suppress(OSError):
        if 0 <= time.time() - stamp.stat().st_mtime < _PAUSE:
            return False
    with suppress(OSError):
        stamp.touch()
    return True


def _files(folder: Path) -> Iterator[tuple[str, int, float]]:
    """Yield path, size and time of use of each file that is kept, and of no other that should be there."""
    for path in folder.glob(f"*/{_SHARD}/*"):
        if _NAME.fullmatch(path.name):
            with suppress(OSError):  # gone meanwhile
                status = path.stat()
                yield str(path), status.st_size, status.st_mtime

"""The files that a build wrote, and when: another build, or whoever changes one by hand, leaves other marks."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

_MARK = ".octavo"  # by which a folder is known as ours; it comes in when the folder is moved


def outputs_of(folder: Path, names: frozenset[str] | None = None) -> dict[str, tuple[int, ...]]:
    """Return the files in a folder with their size, times and identity; of `names` only, where these are given."""
    return dict(_below(str(folder), "", names))


def is_same_file(now: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Tell whether a file is the one that was written, wherever it was moved: that is a change of the last time."""
    return now[:-1] == before[:-1]


def _below(folder: str, prefix: str, names: frozenset[str] | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name == _MARK or (names is not None and entry.name not in names):
                    continue
                name = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    yield f"{name}/", (0, 0)
                    yield from _below(entry.path, f"{name}/", None)
                else:
                    status = entry.stat(follow_symlinks=False)
                    kind = stat.S_IFMT(status.st_mode)
                    yield name, (kind, status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns)
    except OSError:
        return

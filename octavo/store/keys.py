"""What an artifact is filed under: the digest of all that went into it, the programs that made it among it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from octavo import __version__

_PACKAGE = Path(__file__).resolve().parents[1]
_BESIDE = ("templates", "styles", "scripts", "themes")  # in a checkout; a wheel has them inside the package
_INSTALLED = (".dist-info", ".egg-info")  # folders with a name and a version, one for each package


def digest(*parts: str | bytes) -> str:
    """Return the digest of some parts; other parts, or the same bytes cut otherwise, have another."""
    made = blake2b(digest_size=32)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(b"%c%d:" % (b"s" if isinstance(part, str) else b"b", len(data)))
        made.update(data)
    return made.hexdigest()


@cache
def programs() -> str:
    """Return what stands for the programs of this process: `programs_now` as it was when this was asked for first."""
    return programs_now()


def programs_now() -> str:
    """Return what stands for all programs in Python: our own files, the interpreter, each installed package."""
    machine = getattr(sys.implementation, "_multiarch", sys.platform)
    python = (sys.executable, sys.version, machine, os.environ.get("PYTHONPATH", ""))
    return digest(__version__, *python, *sorted(_installed()), "", *sorted(_own_files()))


def _own_files() -> Iterator[str]:
    """Yield the state of each file of ours: a checkout changes under its version."""
    yield from _states(_PACKAGE, "octavo")
    for name in _BESIDE:
        yield from _states(_PACKAGE.parent / name, name)


def _states(folder: Path | str, name: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        yield from _states(entry.path, f"{name}/{entry.name}")
                else:
                    status = entry.stat()
                    yield f"{name}/{entry.name} {status.st_size} {status.st_mtime_ns}"
    except OSError:  # no such folder, or a link to nothing
        return


def _installed() -> Iterator[str]:
    for folder in sys.path:
        try:
            yield from (name for name in os.listdir(folder or ".") if name.endswith(_INSTALLED))  # noqa: PTH208 (fast)
        except OSError:  # a zip file, or nothing
            continue

"""What programs drew before, kept in the user's folder for such things, so that a diagram is drawn once.

A drawing is filed under the digest of all that it depends on: the command, the version of the program, the source. Of
the files only the newest thousand stay. Whatever is wrong with the folder, a build goes on without it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_KEPT = 1000
_ENDING = ".svg"


def folder() -> Path:
    """Return where drawings are kept."""
    from platformdirs import user_cache_path  # noqa: PLC0415 (most books have no diagrams)

    return user_cache_path("octavo", appauthor=False) / "diagrams"


def kept(parts: Sequence[str], draw: Callable[[], bytes]) -> bytes:
    """Return the drawing that depends on `parts`: the one that is kept, or what `draw` makes, which is kept then."""
    digest = sha256("\0".join(parts).encode()).hexdigest()
    path = folder() / (digest + _ENDING)
    with suppress(OSError):
        # The digest of what follows is the first line: a file that was cut off or written over is none of ours.
        said, _, drawing = path.read_bytes().partition(b"\n")
        if said == _digest(drawing):
            path.touch()
            return drawing
    drawing = draw()
    with suppress(OSError):
        _keep(path, drawing)
    return drawing


def _digest(drawing: bytes) -> bytes:
    return sha256(drawing).hexdigest().encode()


def _keep(path: Path, drawing: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_digest(drawing) + b"\n" + drawing)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    _forget(path.parent)


def _forget(folder: Path) -> None:
    """Remove all but the drawings used last."""
    files = sorted(folder.glob("*" + _ENDING), key=lambda path: path.stat().st_mtime)
    for path in files[:-_KEPT]:
        path.unlink(missing_ok=True)

"""The libraries of the system that lay out and draw: by their files, for not all of them can tell a version."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# As WeasyPrint asks for them, and as the system's loader does on Linux.
_NAMES = {
    "gobject-2.0": "libgobject-2.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "fontconfig": "libfontconfig.so.1",
}
# Those that they load in turn, too.
_FILES = re.compile(r"lib(?:pango|harfbuzz|fontconfig|freetype|fribidi|glib|gobject)[^/]*\.so")


def libraries() -> tuple[str, ...]:
    """Return what is another where one of the libraries is: the path, the size and the time of each file.

    On Linux this loads them, which takes a hundredth of a second.
    """
    files = _loaded() if sys.platform == "linux" else _found()
    return tuple(_state(Path(file)) for file in sorted(set(files)))


def _loaded() -> Iterator[str]:
    for name in _NAMES.values():
        with suppress(OSError):  # it is not installed
            ctypes.CDLL(name)
    with suppress(OSError):
        lines = Path("/proc/self/maps").read_text("utf-8", "surrogateescape").splitlines()
        names = (line.split(maxsplit=5)[5] for line in lines if "/" in line)
        yield from (name for name in names if _FILES.match(name.rpartition("/")[2]))


def _found() -> Iterator[str]:
    for name in _NAMES:
        if file := ctypes.util.find_library(name):  # which takes a compiler on Linux
            yield str(Path(file).resolve())


def _state(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return str(file)
    return f"{file} {status.st_size} {status.st_mtime_ns}"

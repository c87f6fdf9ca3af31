"""The libraries of the system that lay out and draw: in their files, for not all of them can tell a version."""

from __future__ import annotations

import ctypes.util
import re
import sys
from pathlib import Path

_NAMES = ("pango", "harfbuzz", "fontconfig", "freetype", "fribidi", "glib", "gobject")
_FILES = re.compile(rf"lib(?:{'|'.join(_NAMES)})[^/]*\.so")
_FOUND_AS = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig", "freetype", "gobject-2.0")


def libraries() -> tuple[Path, ...]:
    """Return the files of the libraries, in order; on Linux those that this process has loaded, none before it has."""
    if sys.platform == "linux":
        return tuple(sorted(map(Path, _loaded())))
    found = (ctypes.util.find_library(name) for name in _FOUND_AS)  # which takes a compiler on Linux
    return tuple(sorted(Path(name) for name in found if name))


def _loaded() -> set[str]:
    try:
        lines = Path("/proc/self/maps").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return set()
    names = (line.split(maxsplit=5)[5] for line in lines if line.count("/"))
    return {name for name in names if _FILES.match(name.rpartition("/")[2])}

"""The libraries that a PDF needs: looked for before the layout, so that a missing one has a name and a cure."""

from __future__ import annotations

import ctypes.util
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any

from octavo.diagnostics import Report, Rule
from octavo.pdf.later import font_tools_later


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Name a library as the system's loader does, with what it is for and the packages that have it."""

    name: str
    purpose: str
    debian: str
    homebrew: str

    @property
    def cure(self) -> str:
        """Return the line that installs it."""
        return install_line(self.debian, self.homebrew)


LIBRARIES = (
    Library(name="gobject-2.0", purpose="GObject, which Pango needs", debian="libglib2.0-0", homebrew="glib"),
    Library(
        name="pangoft2-1.0",
        purpose="Pango for FreeType, which measures it",
        debian="libpangoft2-1.0-0",
        homebrew="pango",
    ),
    Library(
        name="pango-1.0", purpose="Pango, which sets the lines of the PDF", debian="libpango-1.0-0", homebrew="pango"
    ),
    Library(
        name="harfbuzz-subset",
        purpose="HarfBuzz, which subsets the fonts of the PDF",
        debian="libharfbuzz-subset0",
        homebrew="harfbuzz",
    ),
    Library(name="harfbuzz", purpose="HarfBuzz, which shapes the text", debian="libharfbuzz0b", homebrew="harfbuzz"),
    Library(name="fontconfig", purpose="Fontconfig, which finds the fonts", debian="fontconfig", homebrew="fontconfig"),
)
_SUBSET = "harfbuzz-subset"
_FONTCONFIG = "fontconfig"


def install_line(debian: str, homebrew: str) -> str:
    """Return the line that installs a package on this system."""
    if sys.platform == "darwin":
        return f"with Homebrew: brew install {homebrew}"
    return f"on Debian and Ubuntu: apt-get install {debian}"


def check_libraries(report: Report) -> None:
    """Report the library that WeasyPrint cannot load, or cannot do without to make a small file."""
    if not shutil.which("fc-match"):
        _report(_FONTCONFIG, report)
        return
    try:
        loaded = load_libraries()
    except OSError as error:
        _report(str(error), report)
        return
    if loaded.harfbuzz_subset is None:
        _report(_SUBSET, report)


def load_libraries() -> Any:
    """Return the module of WeasyPrint that loads them all. Raises OSError, which names the one that is not there."""
    try:
        with _asking_the_loader_alone():
            return _load()
    except OSError:
        return _load()


def _load() -> Any:
    # The library tells standard output where it is documented, and warns of what is reported here as an error.
    with redirect_stdout(StringIO()), warnings.catch_warnings(), font_tools_later():
        warnings.simplefilter("ignore", DeprecationWarning)
        from weasyprint.text import ffi  # noqa: PLC0415

    return ffi


@contextmanager
def _asking_the_loader_alone() -> Iterator[None]:
    """Let libraries on Linux be found by their file names alone, which the system's loader knows.

    WeasyPrint tries their names on other systems first, and for each of those Python starts a compiler and a linker to
    look for it: 59 processes and a quarter of a second, for names that no Linux has.
    """
    found = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = found


def _report(words: str, report: Report) -> None:
    found = next((library for library in LIBRARIES if library.name in words), None)
    what = found.purpose if found else f"a library of the PDF ({words})"
    cure = found.cure if found else "octavo doctor says what this machine lacks"
    report.add(Rule.LIBRARY_MISSING, None, f"this machine lacks {what}", cure)

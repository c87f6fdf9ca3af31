"""The libraries in JavaScript: which there are, whether they were fetched, what their files hold.

package.json, beside this file, states them; tools/javascript.py fetches them when a checkout is set up or a wheel is
built, and the wheel carries them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_STATED = _HERE / "package.json"
_FOLDER = _HERE / "libraries"

MEND = "a wheel of Octavo carries it; in a checkout install npm and run `make libraries`"


class LibraryMissingError(Exception):
    """Tell that a library was not fetched when Octavo was set up."""


@dataclass(frozen=True, slots=True)
class Library:
    """State a library: its name in the npm registry, its version, and what it is for."""

    name: str
    version: str
    purpose: str


@cache
def stated() -> tuple[Library, ...]:
    """Return the libraries that Octavo uses, by name."""
    said = json.loads(_STATED.read_text("utf-8"))
    versions: dict[str, str] = said["dependencies"]
    return tuple(Library(name, version, said["octavo"][name]["purpose"]) for name, version in sorted(versions.items()))


def is_here(name: str) -> bool:
    """Tell whether a library was fetched, in the version that is stated."""
    try:
        said = json.loads((_FOLDER / name / "package.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return any(library.name == name and library.version == said.get("version") for library in stated())


def missing(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the libraries that were not fetched."""
    return tuple(name for name in names if not is_here(name))


def path_of(name: str, file: str) -> Path:
    """Return where a file of a library lies. Raises LibraryMissingError."""
    if not is_here(name):
        raise LibraryMissingError(f"the library {name} was not fetched when Octavo was set up")
    return _FOLDER / name / file


def read(name: str, file: str) -> str:
    """Return what a file of a library holds, as text. Raises LibraryMissingError."""
    return path_of(name, file).read_text("utf-8")

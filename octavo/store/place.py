"""Where the store is, how much it may hold, and whether it can be trusted.

In: the environment. Out: a `Store`, which keeps nothing where it is turned off or cannot be used.

What is kept is read back as it was written, some of it as Python objects: what another user could have written there
would run as ours. So the folder must belong to whoever runs this, and be open to nobody else.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from octavo.diagnostics import Report, Rule
from octavo.store.store import Store

VARIABLE = "OCTAVO_CACHE"
_LIMIT = "OCTAVO_CACHE_LIMIT"
_OFF = "off"
_DEFAULT = 1_000_000_000
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}
# The signature of https://bford.info/cachedir/, by which programs that make copies of all files know what to leave out.
_TAG = "CACHEDIR.TAG"
_TAGGED = "Signature: 8a477f597d28d172789f06886806bc55\n# Octavo keeps here what it has made: remove it if you like.\n"
_SIZE = re.compile(r"\s*(\d{1,15})\s*([kmg]?)b?\s*", re.IGNORECASE)


class _Refused(Exception):
    """Say why the folder cannot be used."""


def open_store(kind: str, report: Report | None = None) -> Store:
    """Return the store of a kind of artifact; why it keeps nothing is told to `report` (cache-refused)."""
    try:
        folder = _place()
        if folder is not None:
            _check(folder)
            _claim(folder)
    except _Refused as refused:
        if report is not None:
            hint = f"set {VARIABLE} to a folder that is yours alone, or to {_OFF}; see `octavo explain cache-refused`"
            report.add(Rule.CACHE_REFUSED, None, f"nothing is kept of this build: {refused}", hint)
        folder = None
    return Store(folder, kind)


@contextmanager
def without_store() -> Iterator[None]:
    """Let nothing be kept or found for a while, here and in the processes that are started meanwhile."""
    with store_at(_OFF):
        yield


@contextmanager
def store_at(place: Path | str) -> Iterator[None]:
    """Keep everything in a folder of its own for a while, here and in the processes that are started meanwhile."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(place)
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def limit() -> int:
    """Return how many bytes may be kept; a limit that cannot be understood is the default."""
    match = _SIZE.fullmatch(os.environ.get(_LIMIT, ""))
    return int(match[1]) * _UNITS[match[2].lower()] if match else _DEFAULT


def _place() -> Path | None:
    stated = os.environ.get(VARIABLE, "")
    if stated == _OFF:
        return None
    if not stated:
        from platformdirs import user_cache_path  # noqa: PLC0415

        return user_cache_path("octavo", appauthor=False) / "kept"
    place = Path(stated)
    if not place.is_absolute():  # it would be another in each folder that Octavo is started in, a book among them
        raise _Refused(f"{VARIABLE} is “{stated}”, and must be an absolute path")
    return place


def _check(folder: Path) -> None:
    """Make the folder where there is none; raise _Refused where it is not safe to read from."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError as error:
        raise _Refused(f"the folder “{folder}” cannot be used: {error.strerror}") from error
    if sys.platform == "win32":  # which has neither owners nor modes of this kind; the folder is in the user's own
        return
    if status.st_uid != os.geteuid():
        raise _Refused(f"the folder “{folder}” belongs to another user")
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _Refused(f"the folder “{folder}” is open to other users; `chmod 700` closes it")


def _claim(folder: Path) -> None:
    """Mark the folder as a cache; raise _Refused where it is somebody's for something else, and not to be cleared."""
    tag = folder / _TAG
    try:
        if not tag.exists():
            if any(folder.iterdir()) and not tag.exists():  # which another process may have put there meanwhile
                raise _Refused(f"the folder “{folder}” holds other things")
            tag.write_text(_TAGGED, "utf-8")
    except OSError as error:
        raise _Refused(f"the folder “{folder}” cannot be used: {error.strerror}") from error

"""What became of formulas before, kept in the user's folder for such things, so that a formula is set once.

A formula is filed under the digest of all that it depends on: the versions of the programs, our own scripts, its TeX,
its macros, the language it is spoken in. The ones used last stay, in one file that several builds may use at a time.
Whatever is wrong with it, a build goes on without it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from octavo.document import Shape

_KEPT = 50_000  # formulas, of some kilobytes each
_AT_ONCE = 500  # SQLite limits how many values a question may have
_TABLE = "CREATE TABLE IF NOT EXISTS formulas (digest TEXT PRIMARY KEY, shape TEXT NOT NULL, used INTEGER NOT NULL)"
_OLDEST = "SELECT digest FROM formulas ORDER BY used DESC, digest LIMIT -1 OFFSET ?"


def file() -> Path:
    """Return where formulas are kept."""
    from platformdirs import user_cache_path  # noqa: PLC0415 (most books have no formulas)

    return user_cache_path("octavo", appauthor=False) / "formulas.sqlite"


def found(digests: Sequence[str]) -> dict[str, Shape]:
    """Return what is kept under these digests."""
    shapes: dict[str, Shape] = {}
    with suppress(sqlite3.Error, OSError, ValueError, TypeError), _opened() as kept:
        used = _next(kept)
        for first in range(0, len(digests), _AT_ONCE):
            some = digests[first : first + _AT_ONCE]
            which = f"digest IN ({','.join('?' * len(some))})"
            rows = kept.execute(f"SELECT digest, shape FROM formulas WHERE {which}", some).fetchall()
            shapes.update((digest, _read(shape)) for digest, shape in rows)
            kept.execute(f"UPDATE formulas SET used = ? WHERE {which}", (used, *some))
    return shapes


def keep(shapes: Mapping[str, Shape]) -> None:
    """Keep shapes under their digests, and forget those that nobody used for longest."""
    with suppress(sqlite3.Error, OSError), _opened() as kept:
        used = _next(kept)
        rows = [(digest, json.dumps(asdict(shape), ensure_ascii=False), used) for digest, shape in shapes.items()]
        kept.executemany("INSERT OR REPLACE INTO formulas VALUES (?, ?, ?)", rows)
        kept.execute(f"DELETE FROM formulas WHERE digest IN ({_OLDEST})", (_KEPT,))


@contextmanager
def _opened() -> Iterator[sqlite3.Connection]:
    """Open the file for one piece of work, which is done whole or not at all."""
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=10)) as kept, kept:
        kept.execute(_TABLE)
        yield kept


def _next(kept: sqlite3.Connection) -> int:
    """Return what marks this use as the newest."""
    return int(kept.execute("SELECT COALESCE(MAX(used), 0) + 1 FROM formulas").fetchone()[0])


def _read(text: str) -> Shape:
    said = json.loads(text)
    left, top, width, height = said["box"]
    return Shape(mathml=said["mathml"], drawing=said["drawing"], box=(left, top, width, height), spoken=said["spoken"])

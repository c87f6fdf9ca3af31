"""What the workers of a run share: the one that needs it first makes it, and the others wait until it is there.

Two runs on the same checkout share it too where `OCTAVO_TEST_OUTPUTS` names a folder, which has to be new.
"""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_PATIENCE = 600  # seconds


@dataclass(frozen=True, slots=True)
class Shared:
    """Make folders that all workers of a run read."""

    root: Path

    def folder(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of this name, filled by `make` unless that was done; what fails is tried again."""
        folder, done = self.root / name, self.root / f"{name}.done"
        with _locked(self.root / f"{name}.lock"):
            if not done.exists():
                folder.mkdir(parents=True, exist_ok=True)
                make(folder)
                done.touch()
        return folder


def shared_of(factory: pytest.TempPathFactory) -> Shared:
    """Return what the workers of this run share: pytest-xdist puts their folders next to each other."""
    base = factory.getbasetemp()
    beside = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    root = Path(os.environ.get("OCTAVO_TEST_OUTPUTS") or beside)
    root.mkdir(exist_ok=True)
    return Shared(root)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Keep others out; SQLite locks files on every system, and lets go of them when a process ends."""
    with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def collect_seldom() -> None:
    """Let the collector of garbage run seldom: the objects of a laid out book live until it is drawn.

    The command turns it off; it would go through hundreds of thousands of them again and again.
    """
    gc.set_threshold(100_000, 10, 10)

"""Whoever reads for a book tells a witness what it saw; the witness forgets nothing and decides nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from octavo.record.states import Listing, State, absent, listing_of, present


@dataclass(slots=True)
class Witness:
    """Gather what a build read: files by the names that were asked for, folders, and the answers of git.

    `whole` tells that this is all, and that it did not change meanwhile. `wrote` has the outputs, before they are moved
    to their places.
    """

    files: dict[str, State] = field(default_factory=dict)
    folders: dict[str, Listing] = field(default_factory=dict)
    answers: dict[tuple[str, ...], str | None] = field(default_factory=dict)
    wrote: dict[str, tuple[int, ...]] = field(default_factory=dict)
    whole: bool = True

    def saw(self, name: Path, real: Path, status: os.stat_result, data: bytes | None = None) -> None:
        """Take in what a name led to, and what was read from it, if anything."""
        self._take(str(name), present(real, status, data))

    def missed(self, name: Path, real: Path, error: OSError) -> None:
        """Take in that a name leads nowhere."""
        self._take(str(name), absent(real, error))

    def lists(self, folder: Path) -> None:
        """Take in what is in a folder; to be called before the folder is read, so that nothing slips in between."""
        name, now = str(folder), listing_of(folder)
        self.whole &= self.folders.setdefault(name, now) == now

    def lists_all(self, folder: Path) -> None:
        """Take in a folder with all those in it."""
        self.lists(folder)
        for name, kind in (self.folders[str(folder)] or {}).items():
            if kind == "folder":
                self.lists_all(folder / name)

    def heard(self, question: tuple[str, ...], answer: str | None) -> None:
        """Take in what git answered."""
        self.answers[question] = answer

    def lost(self) -> None:
        """Take in that something ran of which nobody knows what it reads."""
        self.whole = False

    def __reduce__(self) -> tuple[type[Witness], tuple[()]]:
        """Be sent to another process, where another one hears: what is seen there is not heard of here."""
        self.lost()
        return (Witness, ())

    def _take(self, name: str, now: State) -> None:
        before = self.files.setdefault(name, now)
        if before is now:
            return
        self.whole &= (before.real, before.kind, before.size) == (now.real, now.kind, now.size)
        if before.digest is None:
            self.files[name] = now
        else:
            self.whole &= now.digest in (None, before.digest)

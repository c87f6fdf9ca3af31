"""What is kept of a PDF from build to build: its parts, what stands in its margins, and its fonts.

Each is filed under all that went into it. A part is filed without the numbers of the pages that it prints, which it
tells itself: who takes it looks whether they are still right.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from octavo.document import Equation, Formula, Image, Table, walk
from octavo.pdf.parts.plain import Artifact, Face, Glyphs, Job, Sheets
from octavo.record import surroundings
from octavo.store import Store, digest, libraries, open_store, programs, remember, remembered

_MARGINS = 50_000  # edges of pages, beyond which they are drawn anew


@dataclass(frozen=True)
class Kept:
    """Keep what is made of one book's sheets."""

    sheets: Sheets

    @cached_property
    def _store(self) -> Store:
        return open_store("parts")

    @property
    def _is_on(self) -> bool:
        return self._store.folder is not None  # else nothing has to be known by what went into it

    @cached_property
    def _common(self) -> str:
        """Return what stands for all that is the same for each part: programs, fonts, sheets, settings."""
        sheets = self.sheets
        return digest(
            *(remembered("process", "", _process), sheets.standard, str(sheets.resolution)),
            *(part for each in sorted(sheets.addresses.items()) for part in each),
            "",
            *(part for each in sorted(sheets.files.items()) for part in each),
            "",
            *sheets.texts,
        )

    def key(self, job: Job) -> str:
        """Return what a part is filed under."""
        if not self._is_on:
            return ""
        # What is found in a part is told at its place.
        places = (node.position for node in walk(job.document, Table, Formula, Equation, Image))
        return digest(
            *(self._common, job.markup, str(job.first), "", *sorted(job.known), ""),
            *(part for each in sorted(job.pictures.items()) for part in each),
            *("", *(f"{place}" for place in places)),
        )

    def part(self, key: str) -> Artifact | None:
        """Return a part, whatever numbers it prints."""
        return self._get("parts", key)  # type: ignore[no-any-return]

    def keep_part(self, key: str, artifact: Artifact) -> None:
        """Keep a part."""
        self._put("parts", key, artifact)

    def margins(self, frame: str) -> Any:
        """Return what was drawn in margins, by what it shows, and the fonts of that."""
        fragments, fonts = (self._is_on and self._get("margins", digest(self._common, frame))) or ({}, ())
        return dict(fragments), fonts  # those that are lacking are added

    def keep_margins(self, frame: str, fragments: Mapping[Any, Any], fonts: Iterable[Glyphs]) -> None:
        """Keep what was drawn in margins."""
        if self._is_on and len(fragments) < _MARGINS:
            self._put("margins", digest(self._common, frame), (dict(fragments), tuple(fonts)))

    def face_key(self, fonts: Iterable[Glyphs]) -> str:
        """Return what the font of a file is filed under."""
        if not self._is_on:
            return ""
        drawn = (
            f"{each.description} {each.size} {each.hash} {list(each.texts.items())} {list(each.widths.items())}"
            f" {list(each.missing.items())}"
            for each in fonts
        )
        return digest(self._common, *drawn)

    def face(self, key: str) -> Face | None:
        """Return the font of a file."""
        return self._get("faces", key)  # type: ignore[no-any-return]

    def keep_face(self, key: str, face: Face) -> None:
        """Keep the font of a file."""
        self._put("faces", key, face)

    def _get(self, kind: str, key: str) -> Any:
        return remembered(kind, key, lambda: self._read(kind, key)) if key else None

    def _read(self, kind: str, key: str) -> Any:
        data = self._store.of(kind).get(key)
        return None if data is None else pickle.loads(data)  # the store is the user's own, and says what was written

    def _put(self, kind: str, key: str, item: object) -> None:
        if key:
            remember(kind, key, item)
            self._store.of(kind).put(key, pickle.dumps(item, protocol=5))


def _process() -> str:
    """Return what stands for the programs, the libraries and what surrounds them, as this process found them."""
    return digest(programs(), *libraries(), "", surroundings())

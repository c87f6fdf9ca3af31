"""The file of one face of a family: of a package that came with the installation, or of the system."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from octavo.pdf.fonts import packaged_files

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class FaceFile:
    """Name a file and which of the fonts in it; `weight` is where on its axis a face stands that has no file."""

    path: Path
    number: int
    weight: int


@cache
def face_file(family: str, bold: bool, italic: bool) -> FaceFile | None:
    """Return where a face is, the nearest one where the family lacks it, or None where there is no such family."""
    weight = 700 if bold else 400
    if files := packaged_files(family):
        path = files.get("italic" if italic else "normal") or next(iter(files.values()))
        return FaceFile(path, 0, weight)
    pattern = f"{family}:weight={200 if bold else 80}:slant={100 if italic else 0}"
    answer = _match(pattern, "family", "file", "index")
    if len(answer) < 3 or family.casefold() not in answer[0].casefold().split(","):
        return None  # fontconfig always answers with some font
    return FaceFile(Path(answer[1]), int(answer[2]) & 0xFFFF, weight)


def _match(pattern: str, *facts: str) -> list[str]:
    form = _SEPARATOR.join(f"%{{{fact}}}" for fact in facts)
    try:
        answer = subprocess.run(
            ["fc-match", f"--format={form}", pattern], capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return answer.stdout.split(_SEPARATOR)

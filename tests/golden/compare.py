"""Hold a folder of golden files against what was made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

_LINES = 60  # of one difference: what is longer is read with --update-golden and git diff


def compare(made: Mapping[str, bytes], folder: Path, *, update: bool) -> str:
    """Return what differs, in words and as a diff; an empty text where all is alike. `update` writes the files anew."""
    if update:
        _write(made, folder)
        return ""
    wanted = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
    differences = list(_differences(made, wanted))
    return "\n".join([*differences, "", "read it, then: pytest --update-golden"]) if differences else ""


def _write(made: Mapping[str, bytes], folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _differences(made: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted({*made, *wanted}):
        if name not in wanted:
            yield f"made, and not among the golden files: {name}"
        elif name not in made:
            yield f"among the golden files, and not made: {name}"
        elif made[name] != wanted[name]:
            yield _difference(name, wanted[name], made[name])


def _difference(name: str, wanted: bytes, made: bytes) -> str:
    try:
        before, after = wanted.decode("utf-8").splitlines(), made.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return f"other bytes: {name}"
    lines = list(unified_diff(before, after, f"golden/{name}", f"made/{name}", lineterm="", n=1))
    more = [f"… {len(lines) - _LINES} more lines"] if len(lines) > _LINES else []
    return "\n".join([*lines[:_LINES], *more])

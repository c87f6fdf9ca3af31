"""Take the citation styles that Octavo carries, and the words of their languages, out of the packages that hold them.

In: octavo/citations/packages.json, which states the packages, their versions and sums, and the files that are wanted.
Out: octavo/citations/carried/, with these files as they are: each names its authors and its licence (CC BY-SA 3.0). pip
fetches the archives and checks their sums; nothing of them is run or installed: the styles that nobody asked for take
90 MB. Without pip Octavo works, but for citations. Standard library only: this runs when a wheel is built.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from natives import say

CITATIONS = Path(__file__).resolve().parent.parent / "octavo" / "citations"
STATED = "packages.json"
FOLDER = "carried"


def main() -> None:
    """Fetch what is missing."""
    provide()


def provide(citations: Path = CITATIONS) -> bool:
    """Fetch what is missing; return whether all is there in the end. Exits where an archive lacks a file."""
    folder, said = citations / FOLDER, (citations / STATED).read_bytes()
    if _is_from(folder, said):
        (folder / STATED).touch()  # make compares times
        return True
    with tempfile.TemporaryDirectory(prefix="octavo-styles-", dir=citations) as place:
        packages = json.loads(said)["packages"]
        if not _fetch(packages, Path(place)):
            say("pip fetched no citation styles: citations are not set; run make again")
            return False
        filled = Path(place) / FOLDER
        for name, package in packages.items():
            (archive,) = Path(place).glob(f"{name.replace('-', '_')}-{package['version']}-*.whl")
            _unpack(archive, package["files"], filled)
        (filled / STATED).write_bytes(said)
        shutil.rmtree(folder, ignore_errors=True)
        filled.rename(folder)
    return True


def _is_from(folder: Path, said: bytes) -> bool:
    """Tell whether a folder was filled by these words: its copy of them is written last."""
    try:
        return (folder / STATED).read_bytes() == said
    except OSError:
        return False


def _fetch(packages: Mapping[str, Any], place: Path) -> bool:
    pip = _pip()
    if pip is None:
        return False
    say(f"fetching {' '.join(packages)}")
    wanted = place / "wanted.txt"
    lines = [f"{name}=={package['version']} --hash=sha256:{package['sha256']}" for name, package in packages.items()]
    wanted.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [*pip, "-qq", "download", "--no-deps", "--only-binary=:all:", "--require-hashes", "-r", str(wanted)]
    return subprocess.run(command, cwd=place, check=False).returncode == 0


def _pip() -> list[str] | None:
    """Return the command that is pip: of this Python, or the one on the path, for a build may run without one."""
    probe = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
    if probe.returncode == 0:
        return [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    found = shutil.which("pip3") or shutil.which("pip")
    return [found, "--disable-pip-version-check"] if found else None


def _unpack(archive: Path, files: Mapping[str, str], folder: Path) -> None:
    """Write the wanted files of an archive, each into its folder. Exits where one is not in it."""
    with ZipFile(archive) as opened:
        for pattern, target in files.items():
            names = [name for name in opened.namelist() if fnmatchcase(name, pattern)]
            if not names:
                raise SystemExit(f"setup: {archive.name} has no {pattern}")
            (folder / target).mkdir(parents=True, exist_ok=True)
            for name in names:
                (folder / target / PurePosixPath(name).name).write_bytes(opened.read(name))


if __name__ == "__main__":
    main()

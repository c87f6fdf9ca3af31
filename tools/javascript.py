"""Fetch the programs in JavaScript that Octavo runs in an embedded engine.

In: octavo/engine/package.json, which states their versions, the sums of their archives, and the files that are wanted.
Out: octavo/engine/libraries/, with these files and their licences. npm fetches the archives; nothing of them is run,
and one whose sum is not the stated one ends the set-up. Without npm Octavo works, but for what they are for. Standard
library only: this runs before the virtual environment exists, and when a wheel is built.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from natives import say

ENGINE = Path(__file__).resolve().parent.parent / "octavo" / "engine"
STATED = "package.json"
FOLDER = "libraries"
_INSIDE = "package/"  # the folder in every archive of npm


def main() -> None:
    """Fetch what is missing."""
    provide()


def provide(engine: Path = ENGINE) -> bool:
    """Fetch what is missing; return whether all is there in the end. Exits where an archive is not the stated one."""
    folder = engine / FOLDER
    said = (engine / STATED).read_bytes()
    if _is_from(folder, said):
        (folder / STATED).touch()  # make compares times
        return True
    stated = json.loads(said)
    npm = shutil.which("npm")
    if npm is None:
        say("npm is not there: formulas are printed as TeX, and citations are not set; install it and run make again")
        return False
    with tempfile.TemporaryDirectory(prefix="octavo-javascript-", dir=engine) as place:
        archives = Path(place) / "archives"
        if not _fetch(npm, stated["dependencies"], archives):
            say("npm fetched nothing: formulas are printed as TeX, and citations are not set; run make again")
            return False
        filled = Path(place) / FOLDER
        for name, version in stated["dependencies"].items():
            archive = archives / f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"
            _check(archive, stated["octavo"][name]["integrity"])
            _unpack(archive, stated["octavo"][name]["files"], filled / name)
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


def _fetch(npm: str, wanted: Mapping[str, str], archives: Path) -> bool:
    archives.mkdir()
    packages = [f"{name}@{version}" for name, version in wanted.items()]
    say(f"fetching {' '.join(packages)}")
    quiet = ("--ignore-scripts", "--silent", "--fetch-retries", "1")
    command = [npm, "pack", *quiet, "--pack-destination", str(archives), *packages]
    return subprocess.run(command, cwd=archives, stdout=subprocess.DEVNULL, check=False).returncode == 0


def _check(archive: Path, integrity: str) -> None:
    """Compare an archive with its stated sum, as https://www.w3.org/TR/SRI/ writes it."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != integrity:
        raise SystemExit(f"setup: {archive.name} is not what {STATED} states: its sum is {found}")


def _unpack(archive: Path, patterns: list[str], folder: Path) -> None:
    """Write the wanted files of an archive into a folder. Exits where one is not in it."""
    with tarfile.open(archive) as opened:
        found = {name: data for name, data in _files(opened) if any(fnmatchcase(name, wish) for wish in patterns)}
    if unmet := [wish for wish in patterns if not any(fnmatchcase(name, wish) for name in found)]:
        raise SystemExit(f"setup: {archive.name} has no {', '.join(unmet)}")
    for name, data in found.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _files(archive: tarfile.TarFile) -> Iterator[tuple[str, Any]]:
    for member in archive:
        name = member.name.removeprefix(_INSIDE)
        if member.isfile() and ".." not in Path(name).parts and not Path(name).is_absolute():
            file = archive.extractfile(member)
            yield name, file.read() if file else b""


if __name__ == "__main__":
    main()

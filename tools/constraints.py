"""Write constraints.txt anew: the versions that a clean environment resolves to today.

In: pyproject.toml. Out: one `name==version` a line, for everything that runs, tests or builds Octavo; no address and
no hash, so that the file holds wherever the packages come from.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

from natives import say
from setup import CONSTRAINTS, ROOT, make_venv, pip, python_of

HEADER = """\
# Every package of the full environment: runtime, development and build. Written by `make constraints`; do not edit.
"""
# hatchling asks for it only once it knows that the install is an editable one.
EDITABLE_BUILD = "editables"
LEFT_OUT = ("octavo", "setuptools")  # ourselves; and what Python 3.11's venv brings and nothing here needs


def main() -> None:
    """Resolve in a temporary environment and write the file."""
    with tempfile.TemporaryDirectory(prefix="octavo-constraints-") as folder:
        venv = Path(folder) / "venv"
        make_venv(venv)
        pip(venv, "install", "--upgrade", "pip")
        pip(venv, "install", "--editable", ".", "--group", "dev", *_build_requirements(), EDITABLE_BUILD)
        lines = _frozen(venv)
    CONSTRAINTS.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    say(f"{CONSTRAINTS.name} pins {len(lines)} packages")


def _build_requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [str(requirement) for requirement in project["build-system"]["requires"]]


def _frozen(venv: Path) -> list[str]:
    """List what is installed; refuse a line that is not a plain pin."""
    excluded = [part for name in LEFT_OUT for part in ("--exclude", name)]
    command = [str(python_of(venv)), "-m", "pip", "freeze", "--all", *excluded]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    pins = sorted(filter(None, lines), key=str.lower)
    for pin in pins:
        if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", pin):
            raise SystemExit(f"constraints: not a plain pin: {pin}")
    return pins


if __name__ == "__main__":
    main()

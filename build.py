"""The door: `python build.py pdf` is `octavo pdf source`, and no argument at all builds everything."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = ("click", "jinja2", "markdown_it", "pydantic", "weasyprint")  # a few of ours: all there, or none
TAKE_PATH = ("build", "html", "pdf", "epub", "check", "serve", "release")


def command(arguments: list[str]) -> list[str]:
    """Return the command line of `octavo` that these arguments stand for."""
    if not arguments or arguments[0].startswith("-"):
        arguments = ["build", *arguments]
    book = [os.path.relpath(HERE / "source")] if arguments[0] in TAKE_PATH else []
    return [arguments[0], *book, *arguments[1:]]


def main() -> None:
    """Run octavo here, else with the Python of .venv, else say what to do."""
    if sys.version_info >= (3, 11) and all(map(find_spec, PACKAGES)):
        from octavo.cli import main as octavo  # noqa: PLC0415  (only now is it known to be importable)

        sys.exit(octavo(command(sys.argv[1:]), prog_name="octavo"))
    venv = HERE / ".venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists() or Path(sys.prefix).resolve() == venv:
        raise SystemExit("build.py: Octavo's packages are not installed here; run `make` once")
    os.execv(python, [str(python), str(Path(__file__).resolve()), *sys.argv[1:]])


if __name__ == "__main__":
    main()

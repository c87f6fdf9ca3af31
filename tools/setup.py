"""Set up a checkout: native libraries and fonts, the virtual environment, the pinned packages.

In: pyproject.toml, constraints.txt, this machine. Out: `.venv` with Octavo (editable) and the development tools, and a
stamp in it that tells make there is nothing left to do. Standard library only: this runs before the virtual environment
exists.

1. See that this Python is new enough and can make virtual environments.
2. See to what pip cannot bring (tools/natives.py).
3. Fetch the programs in JavaScript that formulas and citations are set with (tools/javascript.py); npm may be missing.
   Take the citation styles out of the packages that hold them (tools/citation_styles.py).
4. Make `.venv`, or make it again where it is broken or too old.
5. Install the pinned pip, then everything else by the same constraints, the build backend too.
6. Compile the modules of Octavo, as pip does with those that it installs: each run would do it, where Python may not
   write beside them.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from citation_styles import provide as provide_styles
from javascript import provide as provide_javascript
from natives import apt_install, is_debian, may_install, provide, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".octavo-setup"
CONSTRAINTS = ROOT / "constraints.txt"
OLDEST = (3, 11)


def main(arguments: Sequence[str] | None = None) -> None:
    """Set up what is missing; exit with a sentence where that cannot be done."""
    options = _options(arguments)
    _need_python()
    if not provide(dry_run=options.dry_run, pretend=options.pretend_missing):
        raise SystemExit("setup: the PDF cannot be made without these libraries; install them and run make again")
    if options.dry_run:
        return say(f"would install the packages of constraints.txt into {VENV.name} (dry run)")
    provide_javascript()
    provide_styles()
    if not works(VENV):
        say(f"making the virtual environment {VENV.name}")
        make_venv(VENV)
    say("installing the Python packages (a minute or two the first time)")
    install(VENV)
    STAMP.touch()
    return say("ready")


def make_venv(folder: Path) -> None:
    """Make a virtual environment with pip, in place of what is there."""
    # ensurepip may be a package of its own (Debian): `venv` itself imports, and only fails half-way.
    if importlib.util.find_spec("ensurepip") is None and is_debian() and may_install():
        apt_install([_venv_package()])
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        wanted = f"apt-get install {_venv_package()}" if is_debian() else "install its venv and ensurepip modules"
        raise SystemExit(f"setup: {sys.executable} cannot make virtual environments: {wanted}, then run make again")
    _run(sys.executable, "-m", "venv", "--clear", str(folder))


def install(venv: Path) -> None:
    """Install pip, Octavo (editable) and its development group, all as constraints.txt pins them."""
    pinned = ("--constraint", str(CONSTRAINTS))
    pip(venv, "install", *pinned, "pip")
    # The build runs in an environment of its own that --constraint does not reach.
    pip(venv, "install", *pinned, "--build-constraint", str(CONSTRAINTS), "--editable", ".", "--group", "dev")
    _run(str(python_of(venv)), "-m", "compileall", "-q", "octavo")


def pip(venv: Path, *arguments: str) -> None:
    """Run the pip of a virtual environment; -qq leaves errors only."""
    _run(str(python_of(venv)), "-m", "pip", "-qq", "--disable-pip-version-check", *arguments)


def python_of(venv: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(venv: Path) -> bool:
    """Tell whether a virtual environment is there, runs, is new enough and has pip."""
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([python_of(venv), "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Set up this checkout of Octavo.")
    parser.add_argument("--dry-run", action="store_true", help="say what would be installed, and install nothing")
    parser.add_argument("--pretend-missing", action="store_true", help="as if no library or font were installed")
    return parser.parse_args(arguments)


def _need_python() -> None:
    if sys.version_info < OLDEST:
        raise SystemExit(f"setup: Octavo needs Python 3.11 or newer; this is {sys.version.split()[0]}")


def _venv_package() -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def _run(*command: str) -> None:
    finished = subprocess.run(command, cwd=ROOT, check=False)
    if finished.returncode != 0:
        raise SystemExit(f"setup: this failed: {' '.join(command)}")


if __name__ == "__main__":
    main()

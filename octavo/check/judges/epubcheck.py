"""EPUBCheck: is the EPUB what the specification says? All books in one JVM, where it is ours.

Where ours is not installed, the program of that name is asked for each book.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from octavo.check.judges.finding import Finding, Severity, Spot, without_verdict
from octavo.check.judges.programs import epubcheck, epubcheck_jars, run_java
from octavo.check.judges.programs import run as run_program

NAME = "epubcheck"
_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every message of EPUBCheck; what it calls usage is a note."""
    if program := epubcheck():
        return [finding for file in files for finding in _asked(program, file)]
    output = run_java(epubcheck_jars(), "EpubBatch", *map(str, files))
    findings: list[Finding] = []
    judged: set[Path] = set()
    for verdict in output.records:
        file = Path(verdict["file"])
        judged.add(file)
        findings += [
            _finding(file, said["severity"], f"{said['id']} {said['message']}", said["at"])
            for said in verdict["messages"]
        ]
    return [*findings, *without_verdict(NAME, files, judged, output.last_words)]


def _asked(program: str, file: Path) -> list[Finding]:
    """Return the messages of a program of that name, which writes its report where `-` asks for it."""
    output = run_program([program, file, "--json", "-", "--usage"])
    try:
        messages = json.loads(output.text)["messages"]
    except (ValueError, KeyError):
        return list(without_verdict(NAME, [file], (), output.last_words))
    return [
        _finding(file, said["severity"], f"{said['ID']} {said['message']}", f"{place['path']}:{place['line']}")
        for said in messages
        for place in said["locations"] or [{"path": file.name, "line": -1}]
    ]


def _finding(file: Path, severity: str, told: str, place: str) -> Finding:
    weight = _SEVERITIES.get(severity, Severity.NOTE)
    return Finding(NAME, weight, file, f"{place}: {told}", told, (_spot(place),))


def _spot(place: str) -> Spot:
    """Return the place that EPUBCheck names: a file of the EPUB, and a line where it knows one."""
    page, _, line = place.rpartition(":")
    return Spot(page=page, line=int(line) if line.isdigit() and int(line) > 0 else None)

"""EPUBCheck: is the EPUB what the specification says? All books in one JVM."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.check.judges.finding import Finding, Severity, Spot, without_verdict
from octavo.check.judges.programs import epubcheck_jars, run_java

NAME = "epubcheck"
_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every message of EPUBCheck; what it calls usage is a note."""
    output = run_java(epubcheck_jars(), "EpubBatch", *map(str, files))
    findings: list[Finding] = []
    judged: set[Path] = set()
    for verdict in output.records:
        file = Path(verdict["file"])
        judged.add(file)
        for said in verdict["messages"]:
            severity = _SEVERITIES.get(said["severity"], Severity.NOTE)
            told = f"{said['id']} {said['message']}"
            findings.append(Finding(NAME, severity, file, f"{said['at']}: {told}", told, (_spot(said["at"]),)))
    return [*findings, *without_verdict(NAME, files, judged, output.last_words)]


def _spot(place: str) -> Spot:
    """Return the place that EPUBCheck names: a file of the EPUB, and a line where it knows one."""
    page, _, line = place.rpartition(":")
    return Spot(page=page, line=int(line) if line.isdigit() and int(line) > 0 else None)

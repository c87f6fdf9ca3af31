"""outloud: what a screen reader makes of the PDF, beyond what PDF/UA asks for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from octavo.check.judges.finding import Finding, Severity, without_verdict
from octavo.check.judges.programs import run as run_program
from octavo.check.judges.programs import venv_program

NAME = "outloud"
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING}


def run(files: Sequence[Path]) -> list[Finding]:
    """Return what outloud finds; its warnings ask a person to look, and are no fault in themselves."""
    with TemporaryDirectory(prefix="octavo-") as folder:
        report = Path(folder, "report.json")
        # It writes to the home of whoever runs it.
        command: list[str | Path] = [venv_program("outloud"), "--quiet", "--fail-on", "never", "--json", report, *files]
        output = run_program(command, {"HOME": folder})
        results = _results(report)
    findings: list[Finding] = []
    judged: set[Path] = set()
    for result in results:
        file = Path(result["path"])
        if result["error"]:
            findings.append(Finding(NAME, Severity.NO_VERDICT, file, result["error"]))
        judged.add(file)
        for found in result["findings"]:
            severity = _SEVERITIES.get(found["severity"], Severity.NOTE)
            findings.append(Finding(NAME, severity, file, f"{found['rule']} {found['message']}"))
    return [*findings, *without_verdict(NAME, files, judged, output.last_words)]


def _results(report: Path) -> list[dict[str, Any]]:
    try:
        results: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["results"]
    except (OSError, ValueError, KeyError):
        return []
    return results

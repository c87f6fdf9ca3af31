"""qpdf: is the file a PDF from its first byte to its last?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.check.judges.finding import Finding, Severity
from octavo.check.judges.programs import run as run_program

NAME = "qpdf"
_SEVERITIES = {2: Severity.ERROR, 3: Severity.WARNING}


def run(files: Sequence[Path]) -> list[Finding]:
    """Return what qpdf has against the syntax of each file."""
    return [finding for file in files if (finding := _judge(file))]


def _judge(file: Path) -> Finding | None:
    output = run_program(["qpdf", "--check", file])
    if output.status == 0:
        return None
    severity = _SEVERITIES.get(output.status or 0, Severity.NO_VERDICT)
    return Finding(NAME, severity, file, " ".join(output.errors.split())[-400:])

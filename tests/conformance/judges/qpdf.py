"""qpdf: is the file a PDF from its first byte to its last?"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from conformance.judges.finding import Finding, Severity

NAME = "qpdf"
_SEVERITIES = {2: Severity.ERROR, 3: Severity.WARNING}


def run(files: Sequence[Path]) -> list[Finding]:
    """Return what qpdf has against the syntax of each file."""
    return [finding for file in files if (finding := _judge(file))]


def _judge(file: Path) -> Finding | None:
    try:
        done = subprocess.run(
            ["qpdf", "--check", file], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError as failure:
        return Finding(NAME, Severity.NO_VERDICT, file, str(failure))
    if done.returncode == 0:
        return None
    return Finding(NAME, _SEVERITIES.get(done.returncode, Severity.NO_VERDICT), file, done.stderr.strip()[-400:])

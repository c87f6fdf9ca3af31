"""Nu Html Checker: are the pages HTML, and the style sheets CSS? All files in one JVM."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from conformance.judges.finding import Finding, Severity, without_verdict
from conformance.judges.programs import run as run_program
from conformance.judges.programs import vnu_jar

NAME = "nu"
# With --verbose it names each file on the standard output as it comes to it; its report goes to the other.
_OPTIONS = ("--also-check-css", "--skip-info-messages", "--exit-zero-always", "--verbose", "--format", "json")


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every error and warning in pages and style sheets."""
    output = run_program(["java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-jar", vnu_jar(), *_OPTIONS, *files])
    try:
        messages = json.loads(output.errors)["messages"]
    except (ValueError, KeyError):
        return list(without_verdict(NAME, files, (), output.last_words))
    findings = [_finding(message, files) for message in messages]
    judged = {Path(line) for line in output.text.splitlines()}
    return [*findings, *without_verdict(NAME, files, judged, "it was passed over")]


def _finding(message: dict[str, str], files: Sequence[Path]) -> Finding:
    file = Path(unquote(urlsplit(message.get("url", "")).path))
    # An error that names no file, or a file that nobody asked about, must not get lost.
    file = file if file in files else files[0]
    if message["type"] == "non-document-error":
        severity = Severity.NO_VERDICT
    else:
        severity = Severity.ERROR if message["type"] == "error" else Severity.WARNING
    return Finding(NAME, severity, file, f"line {message.get('lastLine', '?')}: {message['message']}")

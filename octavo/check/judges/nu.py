"""Nu Html Checker: are the pages HTML, and the style sheets CSS? All files in one JVM."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from octavo.check.judges.finding import Finding, Severity, Spot, without_verdict
from octavo.check.judges.programs import run as run_program
from octavo.check.judges.programs import vnu

NAME = "nu"
# With --verbose it names each file on the standard output as it comes to it; its report goes to the other.
_OPTIONS = ("--also-check-css", "--skip-info-messages", "--exit-zero-always", "--verbose", "--format", "json")
_SUFFIXES = (".html", ".xhtml", ".css")


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every error and warning in the pages and style sheets of each file: a site's folder, or a lone page."""
    owners = {source: file for file in files for source in sources_of(file)}
    output = run_program([*vnu(), *_OPTIONS, *owners])
    try:
        messages = json.loads(output.errors)["messages"]
    except (ValueError, KeyError):
        return list(without_verdict(NAME, files, (), output.last_words))
    findings = [_finding(message, owners, files[0]) for message in messages]
    named = {Path(line) for line in output.text.splitlines()}
    judged = {file for file in files if (sources := sources_of(file)) and named.issuperset(sources)}
    return [*findings, *without_verdict(NAME, files, judged, "a page or a style sheet of it was passed over")]


def sources_of(file: Path) -> list[Path]:
    """Return the pages and style sheets of a site; a page that stands alone has itself."""
    return [file] if file.is_file() else sorted(path for path in file.rglob("*") if path.suffix in _SUFFIXES)


def _finding(message: dict[str, Any], owners: Mapping[Path, Path], otherwise: Path) -> Finding:
    source = Path(unquote(urlsplit(message.get("url", "")).path))
    if message["type"] == "non-document-error":
        severity = Severity.NO_VERDICT
    else:
        severity = Severity.ERROR if message["type"] == "error" else Severity.WARNING
    # An error that names no file, or a file that nobody asked about, must not get lost.
    owner = owners.get(source, otherwise)
    message_of_place = f"{source.name}:{message.get('lastLine', '?')}: {message['message']}"
    page = source.relative_to(owner).as_posix() if owner.is_dir() and source.is_relative_to(owner) else source.name
    # Where the tag ends: Nu's first line may be that of the tag before.
    start, length = message.get("hiliteStart", 0), message.get("hiliteLength", 0)
    markup = message.get("extract", "")[start : start + length]
    spot = Spot(page=page, line=message.get("lastLine"), column=message.get("lastColumn"), markup=markup)
    return Finding(NAME, severity, owner, message_of_place, message["message"], (spot,))

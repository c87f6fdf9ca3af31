"""Ace by DAISY: can everybody read the EPUB? It opens every page in a browser, one for all books."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from octavo.check.judges.finding import Finding, Severity, Spot, without_verdict
from octavo.check.judges.programs import BROWSER_FLAGS, HERE, Output, chromium, node, node_modules
from octavo.check.judges.programs import run as run_program

NAME = "ace"


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every violation that Ace reports."""
    with TemporaryDirectory(prefix="octavo-") as name:
        folder = Path(name)
        reports = {file: folder / f"{number}" for number, file in enumerate(files)}
        output = run_program(
            [node(), HERE / "ace_run.mjs", *(argument for pair in reports.items() for argument in pair)],
            {
                "HOME": name,  # where it keeps settings and a log
                "PUPPETEER_EXECUTABLE_PATH": str(_browser(folder)),
                "ACE_TIMEOUT_INITIAL": "60000",
                "OCTAVO_NODE_MODULES": str(node_modules()),
            },
        )
        return [finding for file, report in reports.items() for finding in _findings(file, report, output)]


def _findings(file: Path, report: Path, output: Output) -> list[Finding]:
    """Return what the report in a folder has against a book."""
    try:
        pages = json.loads((report / "report.json").read_text("utf-8"))["assertions"]
        return [_finding(file, page, said) for page in pages for said in page["assertions"]]
    except (OSError, ValueError, KeyError) as failure:
        return list(without_verdict(NAME, [file], (), output.last_words or str(failure)))


def _browser(folder: Path) -> Path:
    """Write a script that starts the browser with our flags, which Ace does not pass on; return it."""
    script = folder / "browser"
    script.write_text(f'#!/bin/sh\nexec {shlex.join([chromium(), *BROWSER_FLAGS])} "$@"\n', "utf-8")
    script.chmod(0o755)
    return script


def _finding(file: Path, page: dict[str, Any], said: dict[str, Any]) -> Finding:
    test, result = said["earl:test"], said["earl:result"]
    where, what = page["earl:testSubject"].get("url", ""), result["dct:description"].split("\n")[0]
    message = f"{where}: {test['earl:impact']}: {test['dct:title']}: {what} {(result.get('html') or '')[:100]}"
    selectors = (result.get("earl:pointer") or {}).get("css") or [None]
    told = f"{test['dct:title']} ({test['earl:impact']}): {what}"
    spot = Spot(page=where, selector=selectors[0], markup=result.get("html") or "")
    return Finding(NAME, Severity.ERROR, file, message, told, (spot,))

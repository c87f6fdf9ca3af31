"""Ace by DAISY: can everybody read the EPUB? It opens every page in a browser, so two books at a time are enough."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from octavo.check.judges.finding import Finding, Severity, Spot, without_verdict
from octavo.check.judges.programs import BROWSER_FLAGS, chromium, node, node_modules
from octavo.check.judges.programs import run as run_program

NAME = "ace"
AT_ONCE = 2


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every violation that Ace reports."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [finding for findings in pool.map(_judge, files) for finding in findings]


def _judge(file: Path) -> list[Finding]:
    with TemporaryDirectory(prefix="octavo-") as folder:
        output = run_program(
            [node(), node_modules() / "@daisy/ace-cli/bin/ace.js", "--force", "--silent", "--outdir", folder, file],
            {
                "HOME": folder,  # where it keeps settings and a log
                "PUPPETEER_EXECUTABLE_PATH": str(_browser(Path(folder))),
                "ACE_TIMEOUT_INITIAL": "60000",
            },
        )
        try:
            report = json.loads(Path(folder, "report.json").read_text("utf-8"))
            return [_finding(file, page, said) for page in report["assertions"] for said in page["assertions"]]
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

"""What `octavo check` says of the links in finished outputs, held to the same rule as the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.check.judges.finding import Finding, Severity, without_verdict
from octavo.check.links import check_epub, check_page, check_site
from octavo.diagnostics import Report

NAME = "own_links"


def run(files: Sequence[Path]) -> list[Finding]:
    """Return the broken links of sites (folders), pages that stand alone and EPUBs."""
    findings: list[Finding] = []
    for file in files:
        report = Report()
        try:
            _check(file, report)
        except Exception as failure:  # a finished output is not trusted
            findings += without_verdict(NAME, [file], (), f"{type(failure).__name__}: {failure}")
        findings += [Finding(NAME, Severity.ERROR, file, said.message) for said in report]
    return findings


def _check(file: Path, report: Report) -> None:
    if file.suffix == ".epub":
        check_epub(file, report)
    elif file.is_dir():
        check_site(file, report)
    else:
        check_page(file, report)

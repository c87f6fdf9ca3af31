"""veraPDF: is the PDF all that it claims to be? All files in one JVM.

The default is PDF/UA-1 and PDF/A-3a at once; the other standard is PDF/UA-2, with both levels of Well-Tagged PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from conformance.judges.finding import Finding, Severity, without_verdict
from conformance.judges.programs import run_java, verapdf_jars

NAME, FLAVOURS = "verapdf", ("ua1", "3a")
NAME_2, FLAVOURS_2 = "verapdf-ua-2", ("ua2", "wt1a", "wt1r")
_JAXB = "-Djavax.xml.bind.JAXBContextFactory=com.sun.xml.bind.v2.ContextFactory"


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every rule that a file of the default breaks, and every standard that it does not claim."""
    return _judge(NAME, FLAVOURS, files)


def run_2(files: Sequence[Path]) -> list[Finding]:
    """Return every rule that a file of the other standard breaks, and every standard that it does not claim."""
    return _judge(NAME_2, FLAVOURS_2, files)


def _judge(name: str, flavours: Sequence[str], files: Sequence[Path]) -> list[Finding]:
    output = run_java(verapdf_jars(), "VeraCheck", ",".join(flavours), *map(str, files), options=(_JAXB,))
    findings: list[Finding] = []
    judged: dict[Path, set[str]] = {}
    for verdict in output.records:
        file, flavour = Path(verdict["file"]), verdict["flavour"]
        judged.setdefault(file, set()).add(flavour)
        said = [_rule(rule) for rule in verdict["rules"]]
        if not verdict["claimed"]:
            said.append("does not claim to be that")
        if not verdict["compliant"] and not verdict["rules"]:
            said.append("is not that, for no reason that was given")
        findings += [Finding(name, Severity.ERROR, file, f"{flavour}: {what}") for what in said]
    finished = {file for file, judged_by in judged.items() if judged_by == set(flavours)}
    return [*findings, *without_verdict(name, files, finished, output.last_words)]


def _rule(rule: dict[str, str]) -> str:
    return f"{rule['clause']}-{rule['test']} ({rule['count']} times) {rule['message']} @ {(rule['at'] or '')[-120:]}"

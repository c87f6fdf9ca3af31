"""veraPDF: is the PDF both things that it claims to be, PDF/UA-1 and PDF/A-3a? All files in one JVM."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from conformance.judges.finding import Finding, Severity, without_verdict
from conformance.judges.programs import run_java, verapdf_jars

NAME = "verapdf"
FLAVOURS = ("ua1", "3a")
_JAXB = "-Djavax.xml.bind.JAXBContextFactory=com.sun.xml.bind.v2.ContextFactory"


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every rule that a file breaks, and every standard that it does not claim."""
    output = run_java(verapdf_jars(), "VeraCheck", ",".join(FLAVOURS), *map(str, files), options=(_JAXB,))
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
        findings += [Finding(NAME, Severity.ERROR, file, f"{flavour}: {what}") for what in said]
    finished = {file for file, flavours in judged.items() if flavours == set(FLAVOURS)}
    return [*findings, *without_verdict(NAME, files, finished, output.last_words)]


def _rule(rule: dict[str, str]) -> str:
    return f"{rule['clause']}-{rule['test']} ({rule['count']} times) {rule['message']} @ {(rule['at'] or '')[-120:]}"

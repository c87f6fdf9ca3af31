"""veraPDF: is the PDF all that it claims to be? All files in one JVM.

The default is PDF/UA-1 and PDF/A-3a at once; the other standard is PDF/UA-2, with both levels of Well-Tagged PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from octavo.check.judges.finding import Finding, Severity, Spot, without_verdict
from octavo.check.judges.programs import run_java, verapdf_jars

NAME, FLAVOURS = "verapdf", ("ua1", "3a")
NAME_2, FLAVOURS_2 = "verapdf-ua-2", ("ua2", "wt1a", "wt1r")
_JAXB = "-Djavax.xml.bind.JAXBContextFactory=com.sun.xml.bind.v2.ContextFactory"


_TAG = re.compile(r"\((\d+) \d+ obj SE")


def run(files: Sequence[Path]) -> list[Finding]:
    """Return every rule that a file of the default breaks, and every standard that it does not claim."""
    return judge(NAME, FLAVOURS, files)


def run_2(files: Sequence[Path]) -> list[Finding]:
    """Return every rule that a file of the other standard breaks, and every standard that it does not claim."""
    return judge(NAME_2, FLAVOURS_2, files)


def judge(name: str, flavours: Sequence[str], files: Sequence[Path]) -> list[Finding]:
    """Return every rule of these standards that a file breaks, and every one of them that it does not claim."""
    output = run_java(verapdf_jars(), "VeraCheck", ",".join(flavours), *map(str, files), options=(_JAXB,))
    findings: list[Finding] = []
    judged: dict[Path, set[str]] = {}
    for verdict in output.records:
        file, flavour = Path(verdict["file"]), verdict["flavour"]
        judged.setdefault(file, set()).add(flavour)
        findings += [
            Finding(name, Severity.ERROR, file, f"{flavour}: {_rule(rule)}", f"{flavour}: {_told(rule)}", _spots(rule))
            for rule in verdict["rules"]
        ]
        said = []
        if not verdict["claimed"]:
            said.append(f"{flavour}: does not claim to be that")
        if not verdict["compliant"] and not verdict["rules"]:
            said.append(f"{flavour}: is not that, for no reason that was given")
        findings += [Finding(name, Severity.ERROR, file, what, what) for what in said]
    finished = {file for file, judged_by in judged.items() if judged_by == set(flavours)}
    return [*findings, *without_verdict(name, files, finished, output.last_words)]


def _told(rule: dict[str, str]) -> str:
    return f"{rule['message']} ({rule['clause']}-{rule['test']}, {rule['count']} times, here first)"


def _spots(rule: dict[str, str]) -> tuple[Spot, ...]:
    """Return the innermost tag on the way to what breaks a rule."""
    tags = _TAG.findall(rule["at"] or "")
    return (Spot(tag=int(tags[-1])),) if tags else ()


def _rule(rule: dict[str, str]) -> str:
    return f"{rule['clause']}-{rule['test']} ({rule['count']} times) {rule['message']} @ {(rule['at'] or '')[-120:]}"

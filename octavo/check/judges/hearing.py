"""The outputs of a book → what the judges that are installed say of them, at the lines of the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from octavo.check.judges import ace, axe, epubcheck, nu, qpdf, verapdf
from octavo.check.judges.finding import Finding, Run, Severity
from octavo.check.judges.installed import NAMES, missing, remedy
from octavo.check.judges.spots import Spots
from octavo.check.ledger import Entry
from octavo.diagnostics import Report, Rule
from octavo.render.edition import Edition

State: TypeAlias = Literal["passed", "findings", "no verdict", "missing", "nothing to judge"]
# What each standard that a PDF may keep to is called by veraPDF.
_FLAVOURS: Mapping[str, tuple[str, ...]] = {
    "a-3a+ua-1": verapdf.FLAVOURS,
    "a-3a": ("3a",),
    "ua-1": ("ua1",),
    "ua-2": verapdf.FLAVOURS_2,
    "none": (),
}
_RULES = {
    Severity.NO_VERDICT: Rule.JUDGE_SILENT,
    Severity.ERROR: Rule.JUDGE_ERROR,
    Severity.WARNING: Rule.JUDGE_WARNING,
    Severity.NOTE: Rule.JUDGE_NOTE,
}
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what became of a judge: `name` as it is known, and the number of its findings."""

    name: str
    state: State
    findings: int = 0


@dataclass(frozen=True, slots=True)
class _Judge:
    """Say what a judge is asked, and which outputs it is given, by their names."""

    key: str
    run: Run
    outputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return how it is known."""
        return NAMES[self.key]


def hear_judges(
    edition: Edition, outputs: Mapping[str, Path], ledger: tuple[Entry, ...], report: Report
) -> tuple[Verdict, ...]:
    """Report what the judges have against these outputs, by name, and say of each judge what became of it.

    One that is not installed is a note; one that comes to no verdict is an error.
    """
    judges = list(_judges(edition))
    spots = Spots(edition, outputs, ledger)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        hearings = [pool.submit(_hear, judge, outputs) for judge in judges]
        found = [hearing.result() for hearing in hearings]
    return tuple(_report(judge, said, outputs, spots, report) for judge, said in zip(judges, found, strict=True))


def _judges(edition: Edition) -> Iterator[_Judge]:
    pages, flavours = ("the site", "the single page"), _FLAVOURS[edition.book.settings.pdf.standard]
    yield _Judge("epubcheck", epubcheck.run, ("the EPUB",))
    yield _Judge("ace", ace.run, ("the EPUB",))
    if flavours:  # else the PDF claims nothing that could be judged
        yield _Judge("verapdf", partial(verapdf.judge, verapdf.NAME, flavours), ("the PDF",))
    yield _Judge("qpdf", qpdf.run, ("the PDF",))
    yield _Judge("nu", nu.run, pages)
    yield _Judge("axe", axe.run, pages)


def _hear(judge: _Judge, outputs: Mapping[str, Path]) -> Sequence[Finding] | None:
    """Return what a judge says, or None where it is not installed."""
    files = [outputs[name].resolve() for name in judge.outputs if name in outputs]
    if not files or missing(judge.key):
        return None if files else ()
    return judge.run(files)


def _report(
    judge: _Judge, said: Sequence[Finding] | None, outputs: Mapping[str, Path], spots: Spots, report: Report
) -> Verdict:
    if said is None:
        lacking = " and ".join(missing(judge.key))
        told = f"{judge.name} was not asked: this machine lacks {lacking}"
        report.add(Rule.JUDGE_MISSING, None, told, remedy(judge.key))
        return Verdict(judge.name, "missing")
    if not any(name in outputs for name in judge.outputs):
        return Verdict(judge.name, "nothing to judge")
    for finding in said:
        for position, place in spots.of(finding):
            report.add(_RULES[finding.severity], position, f"{judge.name}: {place}: {finding.told or finding.message}")
    if any(finding.severity is Severity.NO_VERDICT for finding in said):
        return Verdict(judge.name, "no verdict", len(said))
    return Verdict(judge.name, "findings" if said else "passed", len(said))

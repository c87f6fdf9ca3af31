"""The judges, each a module with NAME and run(files).

Each returns what it has against the files that it was given, and says of every file that it did not get to the end of
that there is no verdict: a judge that is missing, crashes, hangs or passes a file over never lets a file pass.
"""

from conformance.judges import links, outloud, own_links
from octavo.check.judges import ace, axe, epubcheck, nu, qpdf, verapdf
from octavo.check.judges.finding import Finding, Run, Severity

JUDGES: dict[str, Run] = {
    **{judge.NAME: judge.run for judge in (axe, ace, verapdf, nu, epubcheck, outloud, qpdf, links, own_links)},
    verapdf.NAME_2: verapdf.run_2,
}

__all__ = ["JUDGES", "Finding", "Run", "Severity"]

"""The files of a bibliography → all works by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octavo.book import Files, clean
from octavo.citations.bibtex import read_bibtex
from octavo.citations.csl_json import read_csl_json
from octavo.citations.works import Work, Works
from octavo.diagnostics import Failure, Position, Report, Rule


def read_bibliographies(names: Iterable[tuple[str, Position]], files: Files, report: Report) -> Works:
    """Return the works of some files, named with the place that names them; the first one of a key counts."""
    works: dict[str, Work] = {}
    for name, position in names:
        for work in _read(name, position, files, report):
            if first := works.get(work.key):
                message = f"the key “{work.key}” is used twice"
                hint = f"it is used first in {first.position.file}, line {first.position.line}"
                report.add(Rule.BIBLIOGRAPHY_DUPLICATE, work.position, message, hint)
            else:
                works[work.key] = work
    return works


def _read(name: str, position: Position, files: Files, report: Report) -> Iterator[Work]:
    try:
        text = clean(files.read_text(name, position), name, report)
    except Failure as failure:
        report.take(failure.diagnostic)
        return iter(())
    ending = name.lower().rpartition(".")[2]
    if ending == "json":
        return read_csl_json(text, name, report)
    if ending in ("bib", "bibtex", "biblatex"):
        return read_bibtex(text, name, report)
    message = f"“{name}” is neither BibTeX (.bib) nor CSL-JSON (.json)"
    report.add(Rule.BIBLIOGRAPHY_SYNTAX, position, message, "export it from your reference manager as one of them")
    return iter(())

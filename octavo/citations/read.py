"""The files of a bibliography → all works by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from octavo.book import Files, clean
from octavo.citations.works import Work, Works
from octavo.diagnostics import Failure, Position, Report, Rule

T = TypeVar("T")


class Bibliographies:
    """Read bibliographies of a book, each once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._texts: dict[str, tuple[str | None, Report]] = {}
        self._works: dict[str, tuple[tuple[Work, ...], Report]] = {}

    def text(self, name: str, position: Position, report: Report) -> str | None:
        """Return the text of a file, named with the place that names it, or None where it cannot be read."""
        if name not in self._texts:
            said, text = Report(), None
            try:
                text = clean(self._files.read_text(name, position), name, said)
            except Failure as failure:
                said.take(failure.diagnostic)
            self._texts[name] = text, said
        return _told(*self._texts[name], report)

    def works(self, names: Iterable[tuple[str, Position]], report: Report) -> Works:
        """Return the works of some files, named with the place that names them; the first one of a key counts."""
        works: dict[str, Work] = {}
        for name, position in names:
            for work in self._works_of(name, position, report):
                if first := works.get(work.key):
                    message = f"the key “{work.key}” is used twice"
                    hint = f"it is used first in {first.position.file}, line {first.position.line}"
                    report.add(Rule.BIBLIOGRAPHY_DUPLICATE, work.position, message, hint)
                else:
                    works[work.key] = work
        return works

    def _works_of(self, name: str, position: Position, report: Report) -> Sequence[Work]:
        if name not in self._works:
            said = Report()
            text = self.text(name, position, said)
            self._works[name] = () if text is None else tuple(_read(text, name, position, said)), said
        return _told(*self._works[name], report)


def _told(value: T, said: Report, report: Report) -> T:
    for found in said:
        report.take(found)
    return value


def _read(text: str, name: str, position: Position, report: Report) -> Iterator[Work]:
    ending = name.lower().rpartition(".")[2]
    if ending == "json":
        from octavo.citations.csl_json import read_csl_json  # noqa: PLC0415 (most books cite nothing)

        return read_csl_json(text, name, report)
    if ending in ("bib", "bibtex", "biblatex"):
        from octavo.citations.bibtex import read_bibtex  # noqa: PLC0415

        return read_bibtex(text, name, report)
    message = f"“{name}” is neither BibTeX (.bib) nor CSL-JSON (.json)"
    report.add(Rule.BIBLIOGRAPHY_SYNTAX, position, message, "export it from your reference manager as one of them")
    return iter(())

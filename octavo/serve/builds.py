"""A book → its site, and its PDF while somebody looks at that; of each, the pages that show it are told.

1. The book is read after every change, and its site written.
2. Its PDF is laid out from the same tree, as soon as a page that shows it is open: nobody else waits for it.
3. With it is told on which page the text changed, against the last PDF that was shown.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import click

from octavo.console import show_report
from octavo.diagnostics import Diagnostic, Failure, Report, Severity, facts_of
from octavo.recipe import prepare, write
from octavo.render.edition import Edition
from octavo.render.page_breaks import PageBreaks
from octavo.serve.changed import first_change, texts_of
from octavo.serve.channel import Channel, Facts, PdfChannel, Printed
from octavo.serve.preview import Preview
from octavo.serve.printed import page_of
from octavo.store import forget_unused, limit, open_store
from octavo.timings import Timings
from octavo.writers import Work


@dataclass(slots=True)
class Builds:
    """Build one book again and again. The edition is kept from when it was read until its PDF is laid out."""

    preview: Preview
    site: Channel
    pdf: PdfChannel = field(default_factory=PdfChannel)
    _edition: Edition | None = None
    _texts: Mapping[str, str] | None = None  # of what the last PDF was made of
    _errors: list[Facts] = field(default_factory=list)
    _timings: Timings = field(default_factory=Timings)
    _said: set[Diagnostic] = field(default_factory=set)  # of this edition
    _has_all: bool = False  # whether all that is made was asked for, and what nobody asked for can go

    def build(self) -> None:
        """Read the book and write its site; its PDF before, where that is all that somebody looks at."""
        report = Report(strict=self.preview.strict)
        self._edition, self._timings, self._said = None, Timings(), set()
        if self._has_all:
            forget_unused()
        self._has_all = False
        with self._work(report):
            edition = prepare(self.preview.path, report, self._timings, trust=self.preview.trust)
        if self._errors or edition is None:
            self._say(report)
            self.site.tell(self._errors)
            self.pdf.tell(self._errors)
            return
        self._edition = edition
        if self.lacks_pdf and not self.site.is_watched:
            self.print()
            if self._errors:  # of the PDF alone
                edition = replace(edition, report=Report(strict=self.preview.strict))
        self._write_site(edition)
        self._has_all = self._has_all or not (self._errors or self.lacks_pdf)
        open_store("builds").trim(limit())

    def _write_site(self, edition: Edition) -> None:
        before = _fingerprint(self.preview.site)
        with self._work(edition.report):
            write(edition, self.preview.output, ("html",), self._timings)
        self._say(edition.report)
        self.site.tell(self._errors, changed=_fingerprint(self.preview.site) != before)
        if self._errors:
            self._edition = None
        if self._errors or not self.pdf.is_watched:
            self.pdf.tell(self._errors)

    @property
    def lacks_pdf(self) -> bool:
        """Tell whether somebody looks at a PDF that is not the newest."""
        return self._edition is not None and self.pdf.is_watched

    def print(self) -> None:
        """Lay out the PDF of what was read last, write what was found to the terminal, and tell the pages."""
        edition, self._edition, page = self._edition, None, None
        if edition is None:
            return
        with self._work(edition.report):
            work = Work(jobs=self.preview.jobs)
            breaks = write(edition, self.preview.output, ("pdf",), self._timings, work=work)
            page = None if edition.report.failed else self._changed_page(edition, breaks)
        self._say(edition.report, f"PDF, page {page}: " if page else "PDF: ")
        if self._errors:
            self.pdf.tell(self._errors)
        else:
            metadata = edition.document.metadata
            file = self.preview.output / f"{edition.slug}.pdf"
            self.pdf.show(Printed(file, metadata.title, metadata.language), page)
        self._has_all = not self._errors

    def _changed_page(self, edition: Edition, breaks: PageBreaks) -> int | None:
        """Return the page of a PDF whose text is another than in the last one; None where no text is."""
        before, self._texts = self._texts, texts_of(edition)
        place = first_change(before, self._texts) if before is not None else None
        return page_of(edition, breaks, place, self._texts) if place else None

    @contextmanager
    def _work(self, report: Report) -> Iterator[None]:
        """Let something be done, and have all errors afterwards."""
        fault: list[Facts] = []
        try:
            yield
        except Failure as failure:
            report.take(failure.diagnostic)
        except Exception as error:  # a fault of ours must not end the session of an author
            traceback.print_exc()
            message = f"Octavo itself has failed: {type(error).__name__}: {error}"
            hint = "the terminal shows where; please report it"
            fault = [{"rule": "octavo", **facts_of(None), "message": message, "hint": hint}]
        errors = [found.facts for found in report if report.severity_of(found) is Severity.ERROR]
        self._errors = [*errors, *fault]

    def _say(self, report: Report, what: str = "") -> None:
        """Write to the terminal what was not said before of this edition, and how long it took."""
        new = Report(strict=report.strict)
        for found in report:
            if found not in self._said:
                new.take(found)
        self._said.update(new)
        show_report(new, "text", None)
        seconds, self._timings = sum(self._timings.seconds.values()), Timings()
        done = f"not built: errors: {len(self._errors)}" if self._errors else f"built in {seconds:.2f} s"
        click.echo(f"{what}{done}", err=True)


def _fingerprint(site: Path) -> str:
    """Return what is another as soon as a file of the site is: pages are not loaded again for nothing."""
    digest = sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(site)}\0{path.stat().st_size}\0".encode("utf-8", "surrogateescape"))
        digest.update(path.read_bytes())
    return digest.hexdigest()

"""A book and its outputs, held against each other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.check.agreement import check_agreement
from octavo.check.facts import Facts
from octavo.check.facts_of_markup import epub_facts, single_facts, site_facts
from octavo.check.facts_of_pdf import pdf_facts
from octavo.check.layout import check_layout
from octavo.check.links import check_epub, check_page, check_site
from octavo.check.parity import check_text
from octavo.check.texts import UNREADABLE, epub_text, html_text, pdf_text, site_text
from octavo.diagnostics import Failure, Report, Rule
from octavo.recipe import FORMATS, Timings, build, prepare
from octavo.render.edition import Edition


def check_book(path: Path, output: Path | None, report: Report, timings: Timings, *, trust: bool = False) -> None:
    """Check the outputs in `output`, or those of a build into a temporary folder, against the book at `path`.

    `trust` lets passes of the book's own run.
    """
    if output is not None:
        _check(path, output, report, timings, trust)
        return
    with TemporaryDirectory(prefix="octavo-") as folder:
        build(path, Path(folder), FORMATS, report, timings, trust=trust)
        if not report.failed:
            _check(path, Path(folder), report, timings, trust)


def _check(path: Path, output: Path, report: Report, timings: Timings, trust: bool) -> None:
    try:
        edition = prepare(path, report, timings, trust=trust)
        if edition is not None:
            with timings.stage("check"):
                check_outputs(edition, output, report)
                _check_layout(edition, output, report)
    except Failure as failure:
        report.take(failure.diagnostic)


def check_outputs(edition: Edition, output: Path, report: Report) -> None:
    """Check whichever outputs of an edition are in a folder. Raises Failure where there is none."""
    outputs = [each for each in _OUTPUTS if each.path(edition, output).exists()]
    if not outputs:
        raise Failure(Rule.PATH_NOT_FOUND, None, f"there is no output of this book in “{output}”", "build it first")
    texts: dict[str, str] = {}
    facts: dict[str, Facts] = {}
    for each in outputs:
        try:
            each.check_links(each.path(edition, output), report)
            texts[each.name] = each.text(each.path(edition, output))
            facts[each.name] = each.facts(each.path(edition, output))
        except UNREADABLE as error:
            message = f"{each.name} cannot be read: {str(error) or type(error).__name__}"
            report.add(Rule.CHECK_OUTPUT_UNREADABLE, None, message, "build it again")
    lacking = check_text(edition.document, texts, report)
    # Of an output that lacks text the comparison would say the same again, without a place.
    check_agreement(edition.document, {name: facts[name] for name in facts if name not in lacking}, report)


def _check_layout(edition: Edition, output: Path, report: Report) -> None:
    path = output / f"{edition.slug}.pdf"
    with suppress(*UNREADABLE):  # which was said when its text was read
        if path.exists():
            check_layout(edition, path, report)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Output:
    """Say how one output is called, and what checks it."""

    name: str
    ending: str | None
    text: Callable[[Path], str]
    facts: Callable[[Path], Facts]
    check_links: Callable[[Path, Report], None] = lambda path, report: None

    def path(self, edition: Edition, output: Path) -> Path:
        return output / (f"{edition.slug}{self.ending}" if self.ending else "site")


_OUTPUTS = (
    _Output(name="the site", ending=None, text=site_text, facts=site_facts, check_links=check_site),
    _Output(name="the single page", ending=".html", text=html_text, facts=single_facts, check_links=check_page),
    _Output(name="the EPUB", ending=".epub", text=epub_text, facts=epub_facts, check_links=check_epub),
    _Output(
        name="the PDF", ending=".pdf", text=pdf_text, facts=pdf_facts
    ),  # its links were made by the library that placed them
)

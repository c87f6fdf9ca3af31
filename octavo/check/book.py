"""A book and its outputs, held against each other."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.check.links import check_epub, check_page, check_site
from octavo.check.parity import check_text
from octavo.check.texts import epub_text, html_text, pdf_text, site_text
from octavo.diagnostics import Failure, Report, Rule
from octavo.recipe import FORMATS, Timings, build, prepare
from octavo.render.edition import Edition


def check_book(path: Path, output: Path | None, report: Report, timings: Timings) -> None:
    """Check the outputs in `output`, or those of a build into a temporary folder, against the book at `path`."""
    if output is not None:
        _check(path, output, report, timings)
        return
    with TemporaryDirectory(prefix="octavo-") as folder:
        build(path, Path(folder), FORMATS, report, timings)
        if not report.failed:
            _check(path, Path(folder), report, timings)


def _check(path: Path, output: Path, report: Report, timings: Timings) -> None:
    try:
        edition = prepare(path, report, timings)
        if edition is not None:
            with timings.stage("check"):
                check_outputs(edition, output, report)
    except Failure as failure:
        report.take(failure.diagnostic)


def check_outputs(edition: Edition, output: Path, report: Report) -> None:
    """Check whichever outputs of an edition are in a folder. Raises Failure where there is none."""
    site, single = output / "site", output / f"{edition.slug}.html"
    pdf, epub = output / f"{edition.slug}.pdf", output / f"{edition.slug}.epub"
    texts: dict[str, str] = {}
    if site.is_dir():
        check_site(site, report)
        texts["the site"] = site_text(site)
    if single.is_file():
        check_page(single, report)
        texts["the single page"] = html_text(single)
    if epub.is_file():
        check_epub(epub, report)
        texts["the EPUB"] = epub_text(epub)
    if pdf.is_file():
        texts["the PDF"] = pdf_text(pdf)
    if not texts:
        raise Failure(Rule.PATH_NOT_FOUND, None, f"there is no output of this book in “{output}”", "build it first")
    check_text(edition.document, texts, report)

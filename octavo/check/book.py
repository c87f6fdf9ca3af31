"""A book and its outputs, held against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.book import read_book
from octavo.check.account import Account
from octavo.check.agreement import check_agreement
from octavo.check.facts import Facts
from octavo.check.facts_of_markup import epub_facts, single_facts, site_facts
from octavo.check.facts_of_pdf import pdf_facts
from octavo.check.judges.hearing import hear_judges
from octavo.check.layout import Layout, check_layout
from octavo.check.ledger import Entry, Item, keep_ledger, read_epub, read_page_alone, read_pdf, read_site
from octavo.check.links import check_epub, check_page, check_site
from octavo.check.parity import check_text
from octavo.check.texts import UNREADABLE, epub_text, html_text, pdf_text, site_text
from octavo.diagnostics import Failure, Report, Rule
from octavo.recipe import FORMATS, build, prepare
from octavo.render.edition import Edition
from octavo.timings import Timings


def check_book(
    path: Path, output: Path | None, report: Report, timings: Timings, *, trust: bool = False, judges: bool = False
) -> Account:
    """Check the outputs in `output`, or those of a build into a temporary folder, against the book at `path`.

    `judges` asks the programs of others too, as far as they are installed; `trust` lets passes of the book's own run.
    What is wrong is in `report`, and in the account that is returned.
    """
    account = Account(report=report)
    if output is not None:
        _check(path, output, account, timings, trust=trust, judges=judges)
        return account
    with TemporaryDirectory(prefix="octavo-") as folder:
        build(path, Path(folder), FORMATS, report, timings, trust=trust)
        if not report.failed:
            _check(path, Path(folder), account, timings, trust=trust, judges=judges)
        else:
            with suppress(Failure):  # which was said
                account.book = read_book(path, Report())
    return account


def _check(path: Path, output: Path, account: Account, timings: Timings, *, trust: bool, judges: bool) -> None:
    try:
        account.edition = edition = prepare(path, account.report, timings, trust=trust)
        if edition is None:
            account.book = read_book(path, Report())
            return
        account.book = edition.book
        with timings.stage("check"):
            account.outputs, account.ledger = check_outputs(edition, output, account.report)
            account.layout = _check_layout(edition, output, account.report)
        if judges:
            with timings.stage("judges"):
                paths = {each.name: each.path(edition, output) for each in _OUTPUTS if each.name in account.outputs}
                account.judges = hear_judges(edition, paths, tuple(account.ledger), account.report)
    except Failure as failure:
        account.report.take(failure.diagnostic)


def check_outputs(edition: Edition, output: Path, report: Report) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """Check whichever outputs of an edition are in a folder; return their names, and the ledger of the pictures.

    Raises Failure where there is none.
    """
    outputs = [each for each in _OUTPUTS if each.path(edition, output).exists()]
    if not outputs:
        raise Failure(Rule.PATH_NOT_FOUND, None, f"there is no output of this book in “{output}”", "build it first")
    texts: dict[str, str] = {}
    facts: dict[str, Facts] = {}
    pictures: dict[str, Sequence[Item]] = {}
    for each in outputs:
        path = each.path(edition, output)
        try:
            each.check_links(path, report)
            texts[each.name] = each.text(path)
            facts[each.name] = each.facts(path)
            pictures[each.name] = each.pictures(path)
        except UNREADABLE as error:
            message = f"{each.name} cannot be read: {str(error) or type(error).__name__}"
            report.add(Rule.CHECK_OUTPUT_UNREADABLE, None, message, "build it again")
    lacking = check_text(edition.document, texts, report)
    # Of an output that lacks text the comparison would say the same again, without a place.
    check_agreement(edition.document, {name: facts[name] for name in facts if name not in lacking}, report)
    return tuple(each.name for each in outputs), keep_ledger(edition, pictures, report)


def _check_layout(edition: Edition, output: Path, report: Report) -> Layout | None:
    path = output / f"{edition.slug}.pdf"
    with suppress(*UNREADABLE):  # which was said when its text was read
        return check_layout(edition, path, report) if path.exists() else None
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Output:
    """Say how one output is called, and what checks it."""

    name: str
    ending: str | None
    text: Callable[[Path], str]
    facts: Callable[[Path], Facts]
    pictures: Callable[[Path], Sequence[Item]]
    check_links: Callable[[Path, Report], None] = lambda path, report: None

    def path(self, edition: Edition, output: Path) -> Path:
        return output / (f"{edition.slug}{self.ending}" if self.ending else "site")


_OUTPUTS = (
    _Output(name="the site", ending=None, text=site_text, facts=site_facts, pictures=read_site, check_links=check_site),
    _Output(
        name="the single page",
        ending=".html",
        text=html_text,
        facts=single_facts,
        pictures=read_page_alone,
        check_links=check_page,
    ),
    _Output(
        name="the EPUB", ending=".epub", text=epub_text, facts=epub_facts, pictures=read_epub, check_links=check_epub
    ),
    # Its links were made by the library that placed them.
    _Output(name="the PDF", ending=".pdf", text=pdf_text, facts=pdf_facts, pictures=read_pdf),
)

"""Every book that is built here, before the judges: programs that nobody on this project wrote.

All books are built once, each judge gets all its files at once, and a book passes a judge where nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from golden.outputs import source_of

from conformance.judges import JUDGES, Finding, Severity
from octavo.diagnostics import Report
from octavo.recipe import FORMATS, Timings, build

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
BOOKS = {
    "guide": ROOT / "guide",
    **{case.name: source_of(case) for case in sorted(CASES.iterdir()) if case.name != "rules"},
}
# These are slow, and see nothing in a small case that they do not see in a large one.
THOROUGH = ("article", "chinese", "english", "guide")
# What each judge is given of a book, and of which books.
FILES = {
    "epubcheck": ("*.epub",),
    "ace": ("*.epub",),
    "verapdf": ("*.pdf",),
    "outloud": ("*.pdf",),
    "qpdf": ("*.pdf",),
    "nu": ("site", "*.html"),
    "axe": ("site", "*.html"),
    "links": ("site", "*.html"),
    "own_links": ("site", "*.html", "*.epub"),
}
ONLY_THOROUGH = frozenset({"ace", "outloud"})


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build all books, two at a time; return the folder of each."""
    folders = {name: tmp_path_factory.mktemp(name) for name in BOOKS}
    # Spawned and not forked: Pango does not survive a fork.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        failures = list(executor.map(failure_of, BOOKS.values(), folders.values()))
    assert not list(filter(None, failures))
    return folders


def failure_of(source: Path, output: Path) -> str | None:
    """Build a book, and say what went wrong."""
    report = Report()
    build(source, output, FORMATS, report, Timings())
    return "; ".join(found.message for found in report) if report.failed else None


@pytest.fixture(scope="session")
def verdicts(built: dict[str, Path]) -> dict[str, list[Finding]]:
    """Return what each judge has said so far: it is asked once, for all books."""
    return {}


def files_for(judge: str, folder: Path) -> list[Path]:
    """Return what a judge is given of a book."""
    return [file for pattern in FILES[judge] for file in sorted(folder.glob(pattern))]


def judged_books(judge: str) -> Sequence[str]:
    """Return the books that a judge sees."""
    return THOROUGH if judge in ONLY_THOROUGH else tuple(BOOKS)


def pairs() -> Iterator[tuple[str, str]]:
    """Yield each judge with each book that it sees."""
    for judge in JUDGES:
        for book in judged_books(judge):
            yield judge, book


def weighs(finding: Finding) -> bool:
    """Tell whether a finding counts: outloud's warnings ask a person to look, and notes are no fault."""
    if finding.judge == "outloud" and finding.severity is Severity.WARNING:
        return False
    return finding.severity is not Severity.NOTE or finding.judge == "epubcheck"


@pytest.mark.parametrize(("judge", "book"), list(pairs()))
def test_a_book_before_a_judge(
    judge: str, book: str, built: dict[str, Path], verdicts: dict[str, list[Finding]]
) -> None:
    if judge not in verdicts:
        every = [file for name in judged_books(judge) for file in files_for(judge, built[name])]
        verdicts[judge] = JUDGES[judge](every)
    own = files_for(judge, built[book])
    assert own
    said = [str(finding) for finding in verdicts[judge] if finding.file in own and weighs(finding)]
    assert said == []

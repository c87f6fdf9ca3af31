"""The books that are judged, which of them each judge sees, and what it is given of them."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from golden.outputs import source_of

from octavo.diagnostics import Report
from octavo.recipe import FORMATS, Timings, build

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
# Every case is a book, whoever adds it; those of the rules are faults.
BOOKS = {
    "guide": ROOT / "guide",
    **{case.name: source_of(case) for case in sorted(CASES.iterdir()) if case.name != "rules"},
}
# What each judge is given of a large book, and of a small one, which has nothing that the large ones have not. What is
# slow is not asked twice: the single page has the text and the style of the site.
_SITE, _PAGE, _EPUB, _PDF = "site", "*.html", "*.epub", "*.pdf"
_FILES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "axe": ((_SITE,), ()),
    "axe_briefly": ((_PAGE,), (_SITE, _PAGE)),
    "ace": ((_EPUB,), ()),
    "verapdf": ((_PDF,), (_PDF,)),
    "nu": ((_SITE, _PAGE), (_SITE, _PAGE)),
    "epubcheck": ((_EPUB,), (_EPUB,)),
    "outloud": ((_PDF,), (_PDF,)),
    "qpdf": ((_PDF,), (_PDF,)),
    "links": ((_SITE, _PAGE, _EPUB, _PDF), (_SITE, _PAGE, _EPUB, _PDF)),
    "own_links": ((_SITE, _PAGE, _EPUB), (_SITE, _PAGE, _EPUB)),
}


def is_large(book: str) -> bool:
    """Tell whether a book is one that is shipped, or that shows what there is."""
    return book in ("article", "guide") or book.startswith("showcase-")


def books_for(judge: str) -> tuple[str, ...]:
    """Return the books that a judge sees."""
    return tuple(book for book in BOOKS if _patterns(judge, book))


def files_for(judge: str, book: str, folder: Path) -> list[Path]:
    """Return what a judge is given of a book that was built into a folder."""
    return [file for pattern in _patterns(judge, book) for file in sorted(folder.glob(pattern))]


def _patterns(judge: str, book: str) -> tuple[str, ...]:
    large, small = _FILES[judge]
    return large if is_large(book) else small


def build_books(folders: Mapping[str, Path]) -> list[str]:
    """Build books by their names, each into its folder, two at a time; return what went wrong."""
    # Spawned and not forked: Pango does not survive a fork.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        return list(filter(None, executor.map(_failure_of, folders, folders.values())))


def _failure_of(book: str, output: Path) -> str | None:
    report = Report()
    build(BOOKS[book], output, FORMATS, report, Timings())
    return f"{book}: {'; '.join(found.message for found in report)}" if report.failed else None

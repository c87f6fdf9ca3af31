"""The books that are judged, and what each judge is given of them."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from golden.outputs import source_of

from octavo.book.pdf_settings import Standard
from octavo.diagnostics import Report
from octavo.recipe import FORMATS, Timings, build

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
# Every case is a book, whoever adds it; those of the rules are faults.
BOOKS = {
    "guide": ROOT / "guide",
    **{case.name: source_of(case) for case in sorted(CASES.iterdir()) if case.name != "rules"},
}
# What each judge is given of a book.
_SITE, _PAGE, _EPUB, _PDF = "site", "*.html", "*.epub", "*.pdf"
# These once more as PDFs of the other standard, in a folder of its own. The showcases have every kind of tag there is,
# and the single file is the book that is spoiled; the guide would take as long as all of these together.
OTHER_STANDARD: Standard = "ua-2"
IN_OTHER_STANDARD = ("article", "deep", "showcase-en", "showcase-zh", "single-file")
PDF_2 = f"{OTHER_STANDARD}/*.pdf"
_FILES: dict[str, tuple[str, ...]] = {
    "axe": (_SITE, _PAGE),
    "ace": (_EPUB,),
    "verapdf": (_PDF,),
    "verapdf-ua-2": (PDF_2,),
    "nu": (_SITE, _PAGE),
    "epubcheck": (_EPUB,),
    "outloud": (_PDF,),
    "qpdf": (_PDF, PDF_2),
    "links": (_SITE, _PAGE, _EPUB, _PDF, PDF_2),
    "own_links": (_SITE, _PAGE, _EPUB),
}


def files_for(judge: str, folder: Path) -> list[Path]:
    """Return what a judge is given of a book that was built into a folder."""
    return [file for pattern in _FILES[judge] for file in sorted(folder.glob(pattern))]


def build_books(folders: Mapping[str, Path]) -> list[str]:
    """Build books by their names, each into its folder, two at a time; return what went wrong."""
    # Spawned and not forked: Pango does not survive a fork.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        return list(filter(None, executor.map(_failure_of, folders, folders.values())))


def _failure_of(book: str, output: Path) -> str | None:
    report = Report()
    build(BOOKS[book], output, FORMATS, report, Timings())
    if book in IN_OTHER_STANDARD:
        build(BOOKS[book], output / OTHER_STANDARD, ("pdf",), report, Timings(), standard=OTHER_STANDARD)
    return f"{book}: {'; '.join(found.message for found in report)}" if report.failed else None

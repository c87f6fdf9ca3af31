"""The books that are judged, and what each judge is given of them."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from golden import BOOKS, shared_book, shared_pdf
from shared import Shared, collect_seldom

from octavo.book.pdf_settings import Standard

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
# A judge is asked once for all books; this one looks at each for so long that it would be ended before it is through.
BOOK_BY_BOOK = ("axe",)


def files_for(judge: str, folder: Path) -> list[Path]:
    """Return what a judge is given of a book that was built into a folder."""
    return [file for pattern in _FILES[judge] for file in sorted(folder.glob(pattern))]


def build_books(shared: Shared) -> list[str]:
    """Build what is not built yet, two books at a time; return what went wrong."""
    # Spawned and not forked: Pango does not survive a fork.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=collect_seldom) as executor:
        return list(filter(None, executor.map(partial(_failure_of, shared), BOOKS)))


def _failure_of(shared: Shared, book: str) -> str | None:
    report = shared_book(book, shared).report
    if book in IN_OTHER_STANDARD:
        shared_pdf(book, OTHER_STANDARD, shared)
    return f"{book}: {'; '.join(found.message for found in report)}" if report.failed else None

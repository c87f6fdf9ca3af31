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
THOROUGH = tuple(book for book in BOOKS if book in ("article", "chinese", "english", "guide") or "showcase" in book)
SMALL = tuple(book for book in BOOKS if book not in THOROUGH)

_PAGES = ("site", "*.html")
FILES = {
    "axe": _PAGES,
    "axe_briefly": _PAGES,
    "ace": ("*.epub",),
    "verapdf": ("*.pdf",),
    "nu": _PAGES,
    "epubcheck": ("*.epub",),
    "outloud": ("*.pdf",),
    "qpdf": ("*.pdf",),
    "links": (*_PAGES, "*.epub", "*.pdf"),
    "own_links": (*_PAGES, "*.epub"),
}
# These are slow, and see nothing in a small book that they do not see in a large one.
_SEEN = {"axe": THOROUGH, "ace": THOROUGH, "outloud": THOROUGH, "axe_briefly": SMALL}


def books_for(judge: str) -> tuple[str, ...]:
    """Return the books that a judge sees."""
    return _SEEN.get(judge, tuple(BOOKS))


def files_for(judge: str, folder: Path) -> list[Path]:
    """Return what a judge is given of a book that was built into a folder."""
    return [file for pattern in FILES[judge] for file in sorted(folder.glob(pattern))]


def build_books(folders: Mapping[str, Path]) -> list[str]:
    """Build books by their names, each into its folder, two at a time; return what went wrong."""
    # Spawned and not forked: Pango does not survive a fork.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        return list(filter(None, executor.map(_failure_of, folders, folders.values())))


def _failure_of(book: str, output: Path) -> str | None:
    report = Report()
    build(BOOKS[book], output, FORMATS, report, Timings())
    return f"{book}: {'; '.join(found.message for found in report)}" if report.failed else None

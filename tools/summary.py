"""What was built, in a few lines of Markdown: pages, words, sizes, and what there is to say of it.

In: the outputs of `make all guide`. Out: standard output, which a workflow appends to the page of its run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from outputs import Outputs, files_of, shipped

from octavo.check import check_book
from octavo.diagnostics import Report
from octavo.document import Document, plain_text
from octavo.recipe import Timings, prepare

_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_UNITS = ((1_000_000, "MB"), (1_000, "kB"))


def main() -> None:
    """Print the summaries of the books that ship."""
    print("\n\n".join(summary(book) for book in shipped()))


def summary(book: Outputs) -> str:
    """Return the summary of one book: its outputs that are there, its length, its diagnostics."""
    report = Report()
    edition = prepare(book.source, report, Timings())
    if edition is None:
        return "\n\n".join([f"## {book.slug}", diagnostics(report)])
    check_book(book.source, book.folder, report, Timings())
    rows = "\n".join(["| output | pages | size |", "|---|--:|--:|", *_rows(book)])
    return "\n\n".join([f"## {edition.document.metadata.title}", rows, length(edition.document), diagnostics(report)])


def _rows(book: Outputs) -> Iterator[str]:
    if book.pdf.is_file():
        yield f"| {book.pdf.name} | {pdf_pages(book.pdf)} | {size(book.pdf)} |"
    if book.epub.is_file():
        yield f"| {book.epub.name} | | {size(book.epub)} |"
    if book.single.is_file():
        yield f"| {book.single.name} | 1 | {size(book.single)} |"
    if book.site.is_dir():
        files = files_of(book.site)
        pages = sum(path.suffix == ".html" and path.name != "404.html" for path in files)  # which is none of the book
        yield f"| {book.site.name}/ | {pages} | {size(*files)} |"


def pdf_pages(path: Path) -> int:
    """Return how many pages a PDF has."""
    import playa  # noqa: PLC0415 (not where there is no PDF)

    with playa.open(path) as document:
        return len(document.pages)


def size(*paths: Path) -> str:
    """Return how large files are together, in decimal units."""
    count = sum(path.stat().st_size for path in paths)
    worth, unit = next((pair for pair in _UNITS if count >= pair[0]), (1, "bytes"))
    return f"{count / worth:.1f} {unit}" if worth > 1 else f"{count} {unit}"


def length(document: Document) -> str:
    """Return how long a text is: Han characters and other words are counted apart."""
    text = "\n".join(plain_text(chapter) for chapter in document.chapters)
    han = len(_HAN.findall(text))
    words = len(_WORD.findall(_HAN.sub(" ", text)))
    parts = [*([f"{han:,} Han characters"] if han else []), f"{words:,} words"]
    return f"Length: {' and '.join(parts)}."


def diagnostics(report: Report) -> str:
    """Return how many diagnostics of each severity there are, and the lines of all."""
    found = list(report)
    if not found:
        return "Diagnostics: none."
    counts = Counter(report.severity_of(one).value for one in found)
    lines = [f"- {f'{one.position}: ' if one.position else ''}{one.message} `{one.rule}`" for one in found]
    return "\n".join([f"Diagnostics: {', '.join(f'{count} × {name}' for name, count in counts.items())}.", "", *lines])


if __name__ == "__main__":
    main()

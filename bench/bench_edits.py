"""Measure what an edit costs in a big book, beside what WeasyPrint alone takes for the chapter that it is in.

`python bench/bench_edits.py [--pages N] [--language zh|en ...] [--runs N]`.

The books are those of bench_books.py. A word of one chapter is another, or that chapter grows by three pages: the PDF
of the whole book is made anew by a process of its own, and by one that has built the book before and goes on, as a
preview does. Beside each is what WeasyPrint alone takes, with tags, for no more than the markup of that chapter, as a
process of its own and as one that has parsed the style sheets and has laid out the chapter before. Given are the
medians of all runs, in seconds by the clock, one after the other in each run.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import IO

from bench_books import ROOT, Bench, keep_pages

_LANGUAGES = ("zh", "en")


def main() -> None:
    """Print a line for each kind of edit."""
    parser = argparse.ArgumentParser(description="Measure what an edit costs.")
    parser.add_argument("--pages", type=int, default=800, metavar="N")
    parser.add_argument("--language", nargs="*", choices=_LANGUAGES, default=list(_LANGUAGES))
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--going-on", nargs=3, metavar=("KIND", "SOURCE", "OUTPUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.going_on:
        kind, *paths = options.going_on
        _go_on(_octavo if kind == "octavo" else _weasyprint, *map(Path, paths))
        return
    print(f"{options.pages} pages, {options.runs} runs, {len(os.sched_getaffinity(0))} cores\n")
    print(f"{'book':<6}{'edit':<24}{'process':<12}{'Octavo':>8}{'WeasyPrint, chapter':>21}")
    for language in options.language:
        for (edit, process), (ours, theirs) in _measure(language, options.pages, options.runs).items():
            print(f"{language:<6}{edit:<24}{process:<12}{median(ours):>8.2f}{median(theirs):>21.2f}", flush=True)


def _measure(language: str, pages: int, runs: int) -> dict[tuple[str, str], tuple[list[float], list[float]]]:
    found: dict[tuple[str, str], tuple[list[float], list[float]]] = {}
    with TemporaryDirectory(prefix="octavo-bench-") as place:
        bench, chapter = Bench(Path(place), language, pages), Path(place) / "chapter"
        bench.octavo("--to", "pdf")
        with _going_on("octavo", bench.book, Path(place) / "again") as again:
            for edit, change in (("a word", bench.say), ("three pages more", bench.grow)):
                for _ in range(runs):
                    change()
                    whole = bench.octavo("--to", "pdf").clock
                    preview = again()
                    _write_chapter(bench, chapter)
                    command = [sys.executable, str(ROOT / "bench" / "bench_books.py"), "--plainly"]
                    files = [str(chapter / "book.html"), str(chapter / "book.pdf"), "kept"]
                    alone = bench.run([*command, *files], dict(os.environ)).clock
                    with _going_on("weasyprint", chapter, chapter / "book.pdf") as lay_out:
                        lay_out()
                        row = {"of its own": (whole, alone), "going on": (preview, lay_out())}
                    for process, (ours, theirs) in row.items():
                        of = found.setdefault((edit, process), ([], []))
                        of[0].append(ours)
                        of[1].append(theirs)
    return found


# ── Processes that go on ──


@contextmanager
def _going_on(kind: str, source: Path, output: Path) -> Iterator[Callable[[], float]]:
    """Begin a process that has done something once; yield what lets it do it again, and returns the seconds."""
    command = [sys.executable, __file__, "--going-on", kind, str(source), str(output)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ask: IO[str] = process.stdin
        answers: IO[str] = process.stdout

        def again() -> float:
            ask.write("\n")
            ask.flush()
            return float(answers.readline())

        again()
        yield again
        ask.close()


def _go_on(begin: Callable[[Path, Path], Callable[[], None]], source: Path, output: Path) -> None:
    """Do something once for each line that comes in, and print how long it took."""
    do = begin(source, output)
    for _ in sys.stdin:
        start = perf_counter()
        do()
        print(perf_counter() - start, flush=True)
        gc.collect()  # as a preview does, when all is shown


def _octavo(book: Path, output: Path) -> Callable[[], None]:
    from octavo.collector import without_collector  # noqa: PLC0415 (the others are measured without them)
    from octavo.diagnostics import Report  # noqa: PLC0415
    from octavo.recipe import Timings, prepare, write  # noqa: PLC0415
    from octavo.store import forget_unused, remembering  # noqa: PLC0415

    holding = remembering()
    holding.__enter__()  # as long as the process goes on

    def build() -> None:
        timings = Timings()
        with without_collector():
            edition = prepare(book, Report(), timings)
            assert edition is not None
            write(edition, output, ("pdf",), timings)
            forget_unused()

    return build


def _weasyprint(folder: Path, pdf: Path) -> Callable[[], None]:
    import pydyf  # noqa: PLC0415
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    keep_pages(pydyf)
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(filename=folder / "book.css", font_config=fonts)

    def lay_out() -> None:
        page = weasyprint.HTML(filename=folder / "alone.html", encoding="utf-8")
        page.write_pdf(pdf, stylesheets=[sheet], font_config=fonts, pdf_tags=True)

    return lay_out


def _write_chapter(bench: Bench, folder: Path) -> None:
    """Write the markup of the chapter that was changed, and the sheets; `alone.html` does not name these."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-c", _DUMP, str(bench.book), bench.middle().name, str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)


_DUMP = """
import sys
from pathlib import Path
from shutil import copytree
from octavo.diagnostics import Report
from octavo.pdf.book import _prepare
from octavo.pdf.parts import parts_of
from octavo.recipe import Timings, prepare
from octavo.render.target import BOOK

book, name, folder = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
copytree(book, folder, dirs_exist_ok=True)
edition = prepare(book, Report(), Timings())
printing, _ = _prepare(edition)
chapters = edition.document.chapters
part = next(part for part in parts_of(edition) if part.is_chapter and chapters[part.chapters.start].file == name)
rules = "\\n".join(sheet.text for sheet in printing.sheets)
for address, path in printing.addresses.items():
    rules = rules.replace(address, path.resolve().as_uri())
(folder / "book.css").write_text(rules, "utf-8")
markup = "<!DOCTYPE html>" + printing.written(part, {}, {}).markup.replace(BOOK, "")
(folder / "alone.html").write_text(markup, "utf-8")
head = '<link rel="stylesheet" href="book.css" /></head>'
(folder / "book.html").write_text(markup.replace("</head>", head, 1), "utf-8")
"""


if __name__ == "__main__":
    main()

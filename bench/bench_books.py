"""Measure what big books cost beside WeasyPrint alone, each build in a process of its own, all in one run.

`python bench/bench_books.py [--pages N ...] [--language zh|en ...] [--runs N] [--plain N] [--neighbours PYTHON]`.

The books are made up, the same in every run. Cold: nothing is kept from before. Word: one word of one chapter is
another. Grown: three pages more in one chapter. Unchanged: nothing is another. WeasyPrint alone lays out the markup and
the sheets that Octavo lays out in one piece, with tags, on books of up to `--plain` pages; `kept` is the same with its
list of pages kept, which it makes anew for each tag. `--neighbours` has other tools make books of the same text, out of
the packages of another Python (see neighbours.py). Given are the medians, in seconds by the clock and of the
processor, the memory of the largest process and, for PDFs, the size in MB.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from books import write_book
from neighbours import Commands, neighbours, versions

ROOT = Path(__file__).resolve().parent.parent
_MB = 1_000_000
_GROWS = 9  # paragraphs: some three pages
_WORDS = {"zh": ("因此", "所以"), "en": (" the ", " a ")}


@dataclass(frozen=True, slots=True)
class Cost:
    """Hold what one build took: seconds by the clock and of the processor, bytes of memory, and of the PDF."""

    clock: float
    processor: float
    memory: int
    size: int


def main() -> None:
    """Print a line for each way of building each book."""
    parser = argparse.ArgumentParser(description="Measure what big books cost.")
    parser.add_argument("--pages", type=int, nargs="*", default=[50, 200, 800], metavar="N")
    parser.add_argument("--language", nargs="*", choices=_WORDS, default=list(_WORDS))
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--plain", type=int, default=800, metavar="N")
    parser.add_argument("--neighbours", type=Path, metavar="PYTHON")
    parser.add_argument("--plainly", nargs=3, metavar=("HTML", "PDF", "KEPT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.plainly:
        plainly(Path(options.plainly[0]), Path(options.plainly[1]), kept=options.plainly[2] == "kept")
        return
    print(f"{options.runs} runs each, {len(os.sched_getaffinity(0))} cores")
    if options.neighbours:
        print(", ".join(f"{name} {version}" for name, version in versions(options.neighbours).items()))
    print()
    print(f"{'book':<10}{'build':<22}{'clock':>8}{'processor':>11}{'memory':>9}{'size':>8}")
    for language in options.language:
        for pages in options.pages:
            plain, beside = pages <= options.plain, options.neighbours
            for name, costs in measure(language, pages, options.runs, plain=plain, beside=beside).items():
                print(f"{language} {pages:<7}{name:<22}{_row(costs)}", flush=True)


def _row(costs: Sequence[Cost]) -> str:
    clock, processor = (median(getattr(cost, name) for cost in costs) for name in ("clock", "processor"))
    memory, size = (median(getattr(cost, name) for cost in costs) / _MB for name in ("memory", "size"))
    return f"{clock:>8.2f}{processor:>11.2f}{memory:>9.0f}{size:>8.2f}"


def measure(
    language: str, pages: int, runs: int, *, plain: bool, beside: Path | None = None
) -> Mapping[str, Sequence[Cost]]:
    """Return the costs of each way of building one book, the ways one after the other in each run."""
    found: dict[str, list[Cost]] = {}
    for _ in range(runs):
        with TemporaryDirectory(prefix="octavo-bench-") as place:
            bench = Bench(Path(place), language, pages)
            for name, build in chain(bench.ways(plain=plain), bench.neighbours(beside) if beside else ()):
                found.setdefault(name, []).append(build())
    return found


class Bench:
    """Build one book in all ways, in a folder of its own."""

    def __init__(self, place: Path, language: str, pages: int) -> None:
        self.book, self._out, self._cache = place / "book", place / "out", place / "cache"
        self._language, self._pages = language, pages
        write_book(self.book, language, pages)

    def ways(self, *, plain: bool) -> Iterator[tuple[str, Callable[[], Cost]]]:
        """Yield the ways, in the order in which they have to be gone."""
        yield "cold, in parts", lambda: self.octavo("--to", "pdf")
        yield "unchanged", lambda: self.octavo("--to", "pdf")
        yield "a word", lambda: self._changed(self.say, "--to", "pdf")
        yield "grown by three pages", lambda: self._changed(self.grow, "--to", "pdf")
        yield "cold, one process", lambda: self.octavo("--to", "pdf", "--no-cache", "--jobs", "1")
        yield "in one piece", lambda: self.octavo("--to", "pdf", "--no-cache", "--one-piece")
        if plain:
            self._out.mkdir(exist_ok=True)
            _write_markup(self.book, self._out / "plain")
            yield "WeasyPrint, kept", lambda: self._plain("kept")
            yield "WeasyPrint", lambda: self._plain("")
        yield "HTML and EPUB, cold", lambda: self.octavo("--to", "html", "--to", "epub", "--no-cache")

    def neighbours(self, python: Path) -> Iterator[tuple[str, Callable[[], Cost]]]:
        """Yield what other tools do with the book as it was written at first."""
        folder, book = self._out / "beside", self._out / "written"
        folder.mkdir(parents=True)
        write_book(book, self._language, self._pages)
        for name, commands in neighbours(python, book, folder, self._language):
            yield name, lambda commands=commands, folder=folder: self._all(commands, folder)  # type: ignore[misc]

    def _all(self, commands: Commands, folder: Path) -> Cost:
        """Run commands one after the other; their times are added, the memory is that of the largest."""
        costs = [self.run(command, dict(os.environ)) for command in commands]
        size = max((path.stat().st_size for path in folder.glob("*.pdf")), default=0)
        return Cost(
            sum(cost.clock for cost in costs),
            sum(cost.processor for cost in costs),
            max(cost.memory for cost in costs),
            size if "pdf" in commands[-1][-1] else 0,
        )

    def octavo(self, *arguments: str) -> Cost:
        """Build the book as a whole process."""
        environment = {**os.environ, "OCTAVO_CACHE": str(self._cache)}
        command = [sys.executable, "-m", "octavo", "build", str(self.book), "--output", str(self._out), *arguments]
        return self.run(command, environment)

    def _changed(self, change: Callable[[], None], *arguments: str) -> Cost:
        change()
        return self.octavo(*arguments)

    def middle(self) -> Path:
        """Return the chapter that is changed."""
        chapters = sorted(self.book.glob("*.md"))
        return chapters[len(chapters) // 2]

    def say(self) -> None:
        """Change a word of it."""
        old, new = _WORDS[self._language]
        path = self.middle()
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    def grow(self) -> None:
        """Let it grow by three pages."""
        path = self.middle()
        parts = path.read_text("utf-8").split("\n\n")
        path.write_text(
            "\n\n".join([*parts[:2], *[part for part in parts if len(part) > 60][:_GROWS], *parts[2:]]), "utf-8"
        )

    def _plain(self, kept: str) -> Cost:
        pdf = self._out / "plain.pdf"
        markup = str(self._out / "plain" / "book.html")
        return self.run([sys.executable, __file__, "--plainly", markup, str(pdf), kept], dict(os.environ))

    def run(self, command: Sequence[str], environment: Mapping[str, str]) -> Cost:
        """Run a program and return what it took."""
        self._out.mkdir(exist_ok=True)
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = perf_counter() - start
        assert process.returncode == 0, f"{command} failed"
        size = max((path.stat().st_size for path in self._out.glob("*.pdf")), default=0)
        return Cost(clock, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, size)


def plainly(markup: Path, pdf: Path, *, kept: bool) -> None:
    """Write a PDF with WeasyPrint as it is, of what Octavo lays out in one piece."""
    import pydyf  # noqa: PLC0415 (the builds that are measured import what they need themselves)
    import weasyprint  # noqa: PLC0415

    if kept:
        keep_pages(pydyf)
    weasyprint.HTML(filename=markup, encoding="utf-8").write_pdf(pdf, pdf_tags=True)


def keep_pages(pydyf: Any) -> None:
    """Let the list of the pages of a file be made once, and not for each tag."""
    listed = pydyf.PDF.page_references.fget
    kept: list[tuple[Any, int, tuple[bytes, ...]]] = []  # of the last file, for how many pages

    def page_references(self: Any) -> tuple[bytes, ...]:
        number = len(self.pages["Kids"])
        if not kept or kept[0][0] is not self or kept[0][1] != number:
            kept[:] = [(self, number, listed(self))]
        return kept[0][2]

    pydyf.PDF.page_references = property(page_references)


def _write_markup(book: Path, folder: Path) -> None:
    """Write the markup and the sheets of a book, beside its pictures."""
    shutil.copytree(book, folder)
    subprocess.run([sys.executable, "-c", _DUMP, str(book), str(folder)], cwd=ROOT, check=True)


# In a process of its own: what it loads is not to be found loaded by what is measured.
_DUMP = """
import sys
from pathlib import Path
from octavo.diagnostics import Report
from octavo.pdf import book, unit
from octavo.recipe import Timings, prepare
from octavo.render.target import BOOK

source, folder = map(Path, sys.argv[1:])


class Done(Exception):
    pass


def lay_out(markup, sheets, addresses, *others):
    rules = "\\\\n".join(sheet.text for sheet in sheets)
    for address, path in addresses.items():
        rules = rules.replace(address, path.resolve().as_uri())
    (folder / "book.css").write_text(rules, "utf-8")
    head = '<link rel="stylesheet" href="book.css" /></head>'
    text = "".join(markup).replace("</head>", head, 1).replace(BOOK, "")
    (folder / "book.html").write_text("<!DOCTYPE html>" + text, "utf-8")
    raise Done


book.lay_out = lay_out
edition = prepare(source, Report(), Timings())
try:
    book.write_pdf(edition, folder / "none.pdf", one_piece=True)
except Done:
    pass
"""


if __name__ == "__main__":
    main()

"""Measure what each addition of ours to WeasyPrint costs in the PDF of a book, and what each short cut saves.

`python bench/bench_pdf_additions.py [--runs N] [--only NAME ...] [BOOK]`. The book is built in one piece as it is and
without one addition, in turn, in one process for each addition. The table gives the median of the differences of
neighbours, in time of the processor, and the least and the greatest: other programs on the machine change all of these.
`--instructions` counts what the processor is told instead, which nothing changes; it needs Valgrind, and half an hour.
Without an addition a book is not what it is to be: what is built is thrown away.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_ALL = "all"  # of them are there
Change = tuple[str, Callable[..., Any]]  # a name of a module's, and what stands for it


@dataclass(frozen=True, slots=True)
class Addition:
    """Say what is measured, which functions of WeasyPrint are left as they are, and which of ours do nothing."""

    what: str
    patched: Sequence[str] = ()
    changed: Sequence[Change] = ()


def _nothing(*arguments: object, **options: object) -> None:
    return None


def _none(*arguments: object, **options: object) -> Sequence[Any]:
    return ()


def _all_signs(*arguments: object) -> frozenset[int]:
    return frozenset(range(0x30000))


ADDITIONS = {
    "lines": Addition("lines set by us", ["get_next_linebox", "inline_line_widths"]),
    "ends": Addition("lines that do not break too early", ["split_first_line"]),
    "grid": Addition("lines on a grid", ["block_level_layout"]),
    "notes": Addition("notes that are not lost", ["_linebox_layout", "layout_document", "remake_page"]),
    "tags": Addition("tags, of ours in place of the library's", ["add_tags"]),
    "links": Addition(
        "links in one piece, described",
        changed=[("octavo.pdf.unit.join_links", _nothing), ("octavo.pdf.document.describe_links", _nothing)],
    ),
    "labels": Addition("labels of pages", changed=[("octavo.pdf.document.page_labels", _none)]),
    "markers": Addition(
        "markers of lists where they are read", changed=[("octavo.pdf.unit.draw_markers_in_place", _nothing)]
    ),
    "pictures": Addition(
        "pictures scaled well, coarse ones told",
        ["get_x_object"],
        [("octavo.pdf.book.report_coarse_pictures", _nothing)],
    ),
    "tables": Addition("wide tables fitted", changed=[("octavo.pdf.book.wide_tables", _none)]),
    "fonts": Addition(
        "fonts and characters checked",
        changed=[
            ("octavo.pdf.book.check_families", _nothing),
            ("octavo.pdf.book.check_characters", _nothing),
            ("octavo.pdf.book.characters_of", _all_signs),
        ],
    ),
    "breaks": Addition("pages told to the other formats", changed=[("octavo.pdf.book.page_breaks", _none)]),
    "packed": Addition("short cut: streams compressed once", changed=[("octavo.pdf.document.pack_streams", _nothing)]),
    "rules": Addition(
        "short cut: rules that no element needs", changed=[("octavo.pdf.unit.used_rules", lambda sheet, _: sheet.text)]
    ),
    "collector": Addition(
        "short cut: no search for cycles",
        changed=[("octavo.pdf.unit.without_collector", nullcontext), ("octavo.recipe.without_collector", nullcontext)],
    ),
}


def main() -> None:
    """Measure and print: each addition in a process of its own."""
    parser = argparse.ArgumentParser(description="Measure what each addition to the PDF costs.")
    parser.add_argument("book", nargs="?", type=Path, default=ROOT / "source", metavar="BOOK")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--only", nargs="*", choices=ADDITIONS, default=list(ADDITIONS), metavar="NAME")
    parser.add_argument("--instructions", action="store_true", help="count instructions, by Valgrind")
    parser.add_argument("--one", choices=[*ADDITIONS, _ALL], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one and options.instructions:
        build_once(options.book, ADDITIONS.get(options.one, Addition("nothing")))
    elif options.one:
        print(*measure(options.book, ADDITIONS[options.one], options.runs))
    elif options.instructions:
        print_instructions(options.book, options.only)
    else:
        print_times(options)


def print_times(options: argparse.Namespace) -> None:
    """Print what share of the time each addition takes."""
    print(f"{options.runs} runs each, in hundredths of the time of the PDF without what is loaded before it\n")
    for name in options.only:
        command = [sys.executable, __file__, str(options.book), "--runs", str(options.runs), "--one", name]
        run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        shares = [float(share) for share in run.stdout.split()]
        print(
            f"{ADDITIONS[name].what:<42}{median(shares):>+7.1%}   {min(shares):>+7.1%} to {max(shares):+.1%}",
            flush=True,
        )


def print_instructions(book: Path, names: Sequence[str]) -> None:
    """Print what share of the instructions each addition takes."""
    whole = instructions(book, _ALL)
    print(f"{whole / 1e9:.2f} thousand million instructions, with all that is loaded\n")
    for name in names:
        print(f"{ADDITIONS[name].what:<42}{(whole - instructions(book, name)) / whole:>+7.1%}", flush=True)


def instructions(book: Path, name: str) -> int:
    """Return how many instructions a process takes that builds the PDF of a book without an addition."""
    count = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    run = subprocess.run(
        [*count, sys.executable, __file__, str(book), "--instructions", "--one", name],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"I +refs: +([\d,]+)", run.stderr)
    assert found is not None, run.stderr
    return int(found[1].replace(",", ""))


def build_once(book: Path, addition: Addition) -> None:
    """Build the PDF of a book without an addition."""
    with TemporaryDirectory(prefix="octavo-bench-") as folder, left_out(addition):
        build(book, folder)


def measure(book: Path, addition: Addition, runs: int) -> list[float]:
    """Return what share of the time of the whole an addition took, each time."""
    with TemporaryDirectory(prefix="octavo-bench-") as folder:
        build(book, folder)  # loads what is needed, and warms the caches of the system
        shares = []
        for _ in range(runs):
            whole = build(book, folder)
            with left_out(addition):
                without = build(book, folder)
            shares.append((whole - without) / whole)
        return shares


def build(book: Path, folder: str) -> float:
    """Build the PDF of a book; return how many seconds of the processor that took."""
    from octavo.cli import main as octavo  # noqa: PLC0415 (takes half a second to load)

    gc.collect()
    begun = process_time()
    with suppress(SystemExit):
        octavo.main(["pdf", str(book), "--output", folder, "--no-cache", "--one-piece"], standalone_mode=False)
    return process_time() - begun


@contextmanager
def left_out(addition: Addition) -> Iterator[None]:
    """Be without an addition for a while."""
    from octavo.pdf import patches  # noqa: PLC0415

    known = patches.digest_of
    replaced = [("octavo.pdf.patches.digest_of", lambda each: "" if each.__name__ in addition.patched else known(each))]
    before = []
    for path, instead in [*replaced, *addition.changed]:
        module, _, name = path.rpartition(".")
        before.append((resolve_name(module), name, resolve_name(path)))
        setattr(resolve_name(module), name, instead)
    try:
        yield
    finally:
        for module, name, original in before:
            setattr(module, name, original)


if __name__ == "__main__":
    main()

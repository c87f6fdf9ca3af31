"""Measure what each addition of ours to WeasyPrint costs in the PDF of a book, and what each short cut saves.

`python bench/bench_pdf_additions.py [--runs N] [--only NAME ...] [BOOK]`. The book is built as it is and without one
addition at a time, in turn, each build in a process of its own. The table gives the processor's time, which other
programs on the machine change less than the clock's: the median of the differences, run by run. Without an addition a
book is not what it is to be: what is built is thrown away.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
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
        changed=[("octavo.pdf.unit.without_collector", nullcontext), ("octavo.ending.gc.disable", _nothing)],
    ),
    "later": Addition(
        "short cut: parts of fontTools later", changed=[("octavo.pdf.libraries.font_tools_later", nullcontext)]
    ),
}


def main() -> None:
    """Measure and print, or build once without one addition."""
    parser = argparse.ArgumentParser(description="Measure what each addition to the PDF costs.")
    parser.add_argument("book", nargs="?", type=Path, default=ROOT / "source", metavar="BOOK")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--only", nargs="*", choices=ADDITIONS, default=list(ADDITIONS), metavar="NAME")
    parser.add_argument("--build", metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(options.book, options.build, options.only)
    print(f"{options.runs} runs each, in seconds of the processor\n")
    seconds = measure(options.book, options.only, options.runs)
    whole = median(seconds[""])
    print(f"{'the whole PDF':<42}{whole:>7.2f}")
    for name in options.only:
        cost = median(full - without for full, without in zip(seconds[""], seconds[name], strict=True))
        print(f"{ADDITIONS[name].what:<42}{cost:>+7.2f}{cost / whole:>+8.1%}", flush=True)


def measure(book: Path, names: Sequence[str], runs: int) -> dict[str, list[float]]:
    """Return the seconds of each build, by the name of what it was without: with everything by an empty one."""
    seconds: dict[str, list[float]] = {name: [] for name in ("", *names)}
    with TemporaryDirectory(prefix="octavo-bench-") as folder:
        for run in range(runs + 1):
            for name, each in seconds.items():
                took = _seconds(book, name, folder)
                if run:  # the first one warms the caches of the system
                    each.append(took)
    return seconds


def _seconds(book: Path, name: str, folder: str) -> float:
    command = [sys.executable, __file__, str(book), "--build", folder, "--only", *([name] if name else [])]
    before = os.times()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def build(book: Path, folder: str, names: Iterable[str]) -> None:
    """Build the PDF of a book without some additions, and end the process."""
    from octavo.cli import main as octavo  # noqa: PLC0415 (what is measured may change before it)

    for name in names:
        leave_out(ADDITIONS[name])
    octavo(["pdf", str(book), "--output", folder, "--no-cache"])


def leave_out(addition: Addition) -> None:
    """Let this process be without an addition."""
    from pkgutil import resolve_name  # noqa: PLC0415

    from octavo.pdf import patches  # noqa: PLC0415

    known = patches.digest_of

    def digest_of(function: Callable[..., Any]) -> str:
        return "" if function.__name__ in addition.patched else known(function)

    vars(patches)["digest_of"] = digest_of
    for path, instead in addition.changed:
        module, _, name = path.rpartition(".")
        assert hasattr(resolve_name(module), name), f"there is no {path} any more"
        setattr(resolve_name(module), name, instead)


if __name__ == "__main__":
    main()

"""Measure whole processes on the article: what whoever types the command has to wait for.

`make bench`, or `python bench/bench_article.py [--runs N] [BOOK]`. Each command runs once to warm the caches of the
system, then N times; the table gives the median, the fastest and the slowest in seconds.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
BUILDS = ("html", "epub", "pdf")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how long the commands of Octavo take.")
    parser.add_argument("book", nargs="?", type=Path, default=ROOT / "source", metavar="BOOK")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {options.runs} runs each, in seconds\n")
    print(f"{'command':<16}{'median':>8}{'fastest':>9}{'slowest':>9}")
    with TemporaryDirectory(prefix="octavo-bench-") as folder:
        for name, arguments in commands(options.book, Path(folder)):
            seconds = measure(arguments, options.runs)
            print(f"{name:<16}{median(seconds):>8.3f}{min(seconds):>9.3f}{max(seconds):>9.3f}", flush=True)


def commands(book: Path, folder: Path) -> list[tuple[str, list[str]]]:
    """Return what is measured: the name and the arguments of each command."""
    builds = [(f"octavo {name}", [name, str(book), "--no-cache", "--output", str(folder / name)]) for name in BUILDS]
    again = ["build", str(book), "--output", str(folder / "all")]  # of which the first, that counts for nothing, builds
    return [("octavo --help", ["--help"]), *builds, ("nothing changed", again)]


def measure(arguments: list[str], runs: int) -> list[float]:
    """Return how long a command took, in seconds, each time after the first."""
    return [_seconds(arguments) for _ in range(runs + 1)][1:]


def _seconds(arguments: list[str]) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-m", "octavo", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


if __name__ == "__main__":
    main()

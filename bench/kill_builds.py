"""Kill builds at random moments, and see that the last good outputs stay and that the next build is right.

`python bench/kill_builds.py [--kills N] [--to FORMAT …] [--seed N] [BOOK]`. The book has two texts in turn. In each
round a build of the one that is not built yet is killed (`kill -9`) at a random moment of its time; then the outputs
must be those of the last whole build, or already those of this one; then a build runs to its end, and the outputs must
be what a build from nothing makes of that text. Both share a store with all rounds before. The status is 1 where
anything is wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("html", "pdf", "epub")
WAIT = 10  # seconds, for the helpers of a killed build to end

Tree: TypeAlias = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Trial:
    """Hold a book with two texts, and how it is built."""

    source: Path
    output: Path
    formats: tuple[str, ...]
    environment: dict[str, str]
    texts: tuple[str, str]

    @property
    def chapter(self) -> Path:
        """Return the file that has the one text or the other."""
        return min(self.source.rglob("*.md"))

    def write(self, turn: int) -> None:
        """Put the text of this turn into the book."""
        self.chapter.write_text(self.texts[turn], "utf-8")

    def start(self, output: Path, *more: str) -> subprocess.Popen[bytes]:
        """Start a build, in a group of its own."""
        wanted = [word for name in self.formats for word in ("--to", name)]
        command = [sys.executable, "-m", "octavo", "build", str(self.source), "--output", str(output), *wanted, *more]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def build(self, output: Path, *more: str) -> Tree:
        """Return what a whole build writes."""
        if self.start(output, *more).wait():
            raise SystemExit("kill_builds: the book cannot be built")
        return tree(output)


def main() -> None:
    """Kill builds and say what became of the outputs."""
    parser = argparse.ArgumentParser(description="Kill builds at random moments and look at the outputs.")
    parser.add_argument(
        "book", nargs="?", type=Path, default=ROOT / "tests" / "cases" / "english" / "source", metavar="BOOK"
    )
    parser.add_argument("--kills", type=int, default=50, metavar="N")
    parser.add_argument("--to", action="append", choices=FORMATS, metavar="FORMAT")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="octavo-kills-") as folder:
        trial = trial_of(options.book, Path(folder), tuple(options.to or FORMATS))
        found = kill(trial, Path(folder), options.kills, random.Random(options.seed))
    for what, times in sorted(found.items()):
        print(f"{times:>4}  {what}")
    sys.exit(1 if any(what.startswith("wrong") for what in found) else 0)


def trial_of(book: Path, folder: Path, formats: tuple[str, ...]) -> Trial:
    """Return a copy of a book, its first chapter with two texts."""
    source = folder / "book"
    shutil.copytree(book, source)
    environment = os.environ | {"OCTAVO_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
    text = min(source.rglob("*.md")).read_text("utf-8")
    return Trial(source, folder / "dist", formats, environment, (text, f"{text}\nOne more paragraph.\n"))


def kill(trial: Trial, folder: Path, kills: int, chance: random.Random) -> Counter[str]:
    """Return how often each thing was seen."""
    wanted, found = [], Counter[str]()
    for turn in (0, 1):
        trial.write(turn)
        wanted.append(trial.build(folder / f"wanted-{turn}", "--no-cache"))
    trial.write(0)
    start = time.perf_counter()
    if trial.build(trial.output) != wanted[0]:
        found["wrong: the first build"] += 1
    whole, number, killed = time.perf_counter() - start, 0, 0
    while killed < kills:
        old, new = number % 2, (number + 1) % 2
        number += 1
        trial.write(new)
        started = trial.start(trial.output)
        time.sleep(chance.uniform(0, whole))
        ended = started.poll() is not None
        if not ended:
            os.kill(started.pid, signal.SIGKILL)
            killed += 1
        started.wait()
        left = tree(trial.output)
        where = "had ended already" if ended else "was killed"
        state = {0: "old", 1: "new"}.get([wanted[old], wanted[new], left].index(left), "wrong: neither")
        found[f"{state}: the outputs after a build that {where}"] += 1
        if not is_over(started.pid):
            found["wrong: helpers of a killed build live on"] += 1
        start = time.perf_counter()
        right = trial.build(trial.output) == wanted[new] and not list(trial.output.glob(".octavo-build-*"))
        whole = time.perf_counter() - start
        found["right: the build after it" if right else "wrong: the build after it"] += 1
        print(f"{killed:>4} of {kills}", end="\r", file=sys.stderr, flush=True)
    return found


def tree(folder: Path) -> Tree:
    """Return the outputs by their names; what a build writes beside them is none."""
    return {
        name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not (name := path.relative_to(folder).as_posix()).startswith(".octavo-build-")
    }


def is_over(group: int) -> bool:
    """Tell whether every process of a group has ended, or does so soon."""
    for _ in range(WAIT * 10):
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return True
        time.sleep(0.1)
    return False


if __name__ == "__main__":
    main()

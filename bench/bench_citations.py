"""Measure what citations cost: a book with 300 works that cites 2,000 times, against the same book as mere text.

In: the styles to measure, or none for six. Out: a line for each, the time of both books and the difference, in seconds.
Each style is measured in a process of its own, which has read the book as text before: what all books load is no cost
of citations, and what citations load is.
The works are made up with a fixed seed: half of them Chinese, a tenth by the authors and of the year of another.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from octavo.diagnostics import Report
from octavo.recipe import Timings, prepare
from octavo.store import without_store

WORKS, CITATIONS = 300, 2000
STYLES = ("gb-t-7714-2025-numeric", "gb-t-7714-2025-author-date", "apa", "chicago-author-date", "chicago-notes", "ieee")
FAMILIES = (
    "Adams",
    "Baker",
    "Clark",
    "Davis",
    "Evans",
    "Foster",
    "Grant",
    "Hayes",
    "Irwin",
    "Jones",
    "Keller",
    "Lopez",
)
GIVEN = ("Ann", "Ben", "Cara", "Dan", "Eve", "Finn", "Gail", "Hugh", "Ida", "Jack", "Kay", "Leo", "Mia", "Ned", "Olga")
SURNAMES, NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "一二三四五六七八九十百千万明文华国光春秋"


def main() -> None:
    """Print a line for each style."""
    if sys.argv[1:2] == ["--one"]:
        with tempfile.TemporaryDirectory(prefix="octavo-bench-") as folder:
            print(*measure(Path(folder), sys.argv[2]))
        return
    for style in sys.argv[1:] or STYLES:
        run = subprocess.run([sys.executable, __file__, "--one", style], check=True, capture_output=True, text=True)
        cited, mere = map(float, run.stdout.split())
        print(f"{style:28} {cited:5.2f} s, as text {mere:5.2f} s, citations {cited - mere:5.2f} s", flush=True)


def measure(folder: Path, style: str) -> tuple[float, float]:
    """Return how long the book takes to be read and normalised, and how long with its citations as text."""
    chance = random.Random(7714)
    (folder / "works.bib").write_text("\n".join(works(chance)), "utf-8")
    (folder / "chapter.md").write_text("\n\n".join(["# A chapter", *paragraphs(chance)]), "utf-8")
    book = '[book]\ntitle = "A book"\nlanguage = "zh-CN"\ndate = 2025-01-01\n'
    times = []
    for more in ("", f'[references]\nbibliography = ["works.bib"]\nstyle = "{style}"\n', ""):
        (folder / "octavo.toml").write_text(book + more, "utf-8")
        start = perf_counter()
        with without_store():
            assert prepare(folder, Report(), Timings()) is not None
        times.append(perf_counter() - start)
    return times[1], times[2]


def works(chance: random.Random) -> Iterator[str]:
    """Yield entries of BibTeX."""
    before = ""
    for number in range(WORKS):
        if number % 10 != 9:
            author, year = _authors(chance, chinese=number % 2 == 0), chance.randint(1980, 2025)
            before = f"author = {{{author}}}, year = {year}"
        where = f"journal = {{Annals}}, volume = {number % 40 + 1}, pages = {{{number}--{number + 9}}}"
        title = f"论第{number}事" if number % 2 == 0 else f"On thing {number}"
        yield f"@article{{k{number}, {before}, title = {{{title}}}, {where}}}"


def _authors(chance: random.Random, chinese: bool) -> str:
    count = chance.choice((1, 1, 2, 3, 4))
    if chinese:
        return " and ".join(chance.choice(SURNAMES) + chance.choice(NAMES) + chance.choice(NAMES) for _ in range(count))
    return " and ".join(f"{chance.choice(FAMILIES)}, {chance.choice(GIVEN)}" for _ in range(count))


def paragraphs(chance: random.Random) -> Iterator[str]:
    """Yield text with a citation in each paragraph."""
    for _ in range(CITATIONS):
        keys = [f"@k{chance.randrange(WORKS)}" for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        place = f", p. {chance.randint(1, 300)}" if chance.random() < 0.3 else ""
        yield f"Something is said of it [{'; '.join(keys)}{place}]."


if __name__ == "__main__":
    main()

"""Measure the setting of formulas: how long it takes cold and kept, and what of the formulas of real books is set.

`make bench`, or `python bench/bench_formulas.py [FOLDER …]`. Without a folder a thousand formulas are made and timed.
With folders, every distinct formula of their Markdown and LaTeX is set; macros that a folder's files define hold in all
of its files. What cannot be set is listed by cause.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from octavo.diagnostics import Report
from octavo.document import Equation, Formula, Macro, Shape, Written, walk
from octavo.mathematics import Wrong, cache, formula_setter, prepared
from octavo.normalise.macros import by_name, take_definitions, used_macros
from octavo.parse import parse_chapter
from octavo.store import Store

COUNT = 1000
_DISPLAYED = re.compile(
    r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|(\\begin\{(equation|align|gather|multline|eqnarray)(\*?)\}.+?\\end\{\4\5\})"
    r"|^```\{math\}[^\n]*\n(?::[^\n]*\n)*(.+?)^```",
    re.DOTALL | re.MULTILINE,
)
_IN_LINE = re.compile(r"(?<![\\$])\$((?:[^$\\]|\\.)+?)\$", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?")
# Neither holds a backslash but in the words of an author, nor an element that stands for an error.
_LEFT_OVER = re.compile(r"\\[A-Za-z]|merror|color:#b22222")
# What one signature of a failure stands for: names and numbers in it differ.
_DETAIL = re.compile(r"‘[^’]*’|'[^']*'|(?<=: ).+$|\d+")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the setting of formulas.")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--language", default="en")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="how many formulas of each cause to print")
    options = parser.parse_args()
    if options.folders:
        formulas = list(dict.fromkeys(found for folder in options.folders for found in formulas_of(folder)))
    else:
        formulas = made_up(COUNT)
    with TemporaryDirectory(prefix="octavo-bench-") as folder:
        cache.store = lambda: Store(Path(folder), "formulas")
        seconds, results = timed(formulas, options.language)
        again, _ = timed(formulas, options.language)
    good = sum(isinstance(result, Shape) for result in results)
    print(f"{len(formulas)} formulas, {good} set ({good / len(formulas):.2%})")
    print(f"cold {seconds:.2f} s, kept {again:.3f} s")
    left = [
        result for result in results if isinstance(result, Shape) and _LEFT_OVER.search(result.mathml + result.drawing)
    ]
    print(f"{len(left)} with TeX left over in what was made of them")
    print_failures(formulas, results, options.failures)


def timed(formulas: list[Written], language: str) -> tuple[float, list[Shape | Wrong]]:
    """Return how long formulas take, and what became of them."""
    start = perf_counter()
    results = formula_setter()(formulas, language)
    if results is None:
        raise SystemExit("bench: what sets formulas was not fetched: make libraries")
    return perf_counter() - start, list(results)


def made_up(count: int) -> list[Written]:
    """Return formulas of the kinds that textbooks have, none twice."""
    kinds = (
        r"x_{%d}",
        r"\alpha^{%d} + \beta",
        r"\frac{a_{%d}}{b + 1}",
        r"\sum_{i=1}^{%d} x_i^2 \le \sqrt{n}",
        r"\int_0^{%d} e^{-t}\,dt = f(x)",
        r"\mathbf{A}_{%d} \in \mathbb{R}^{m \times n}",
        r"P(X = %d \mid Y) = \frac{P(Y \mid X) P(X)}{P(Y)}",
        r"\begin{aligned} a &= %d b \\ c &= d + e \end{aligned}",
        r"\begin{pmatrix} 1 & %d \\ 0 & 1 \end{pmatrix}",
        r"\lim_{n \to \infty} \left(1 + \frac{%d}{n}\right)^n",
    )
    return [Written(tex=kinds[n % 10] % n, display=n % 10 in (3, 4, 7, 8, 9)) for n in range(count)]


def formulas_of(folder: Path) -> Iterator[Written]:
    """Yield the formulas of the Markdown and the LaTeX below a folder."""
    texts = {
        path: path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".tex")
    }
    macros: dict[str, Macro] = {}
    for path, text in texts.items():
        if path.suffix == ".tex":
            macros.update(by_name(take_definitions(_COMMENT.sub("\n", text)).macros))
    for path, text in texts.items():
        found = list(_of_markdown(text) if path.suffix == ".md" else _of_latex(_COMMENT.sub("\n", text)))
        for tex, _ in found:
            macros.update(by_name(take_definitions(tex).macros))
        for tex, display in found:
            source = prepared(take_definitions(tex).tex.strip()).tex
            if source.strip():
                yield Written(tex=source, display=display, macros=used_macros(source, macros))


def _of_markdown(text: str) -> Iterator[tuple[str, bool]]:
    chapter = parse_chapter(text, "chapter.md", Report()).chapter
    for node in walk(chapter, Formula, Equation):
        yield node.tex, isinstance(node, Equation)
    for found in re.finditer(r"^```\{math\}[^\n]*\n(?::[^\n]*\n)*(.+?)^```", text, re.DOTALL | re.MULTILINE):
        yield found[1], True


def _of_latex(text: str) -> Iterator[tuple[str, bool]]:
    begin = text.find(r"\begin{document}")
    body = text[max(begin, 0) :]
    for found in _DISPLAYED.finditer(body):
        yield found[1] or found[2] or found[3] or found[6], True
    for found in _IN_LINE.finditer(_DISPLAYED.sub(" ", body)):
        yield found[1], False


def print_failures(formulas: Iterable[Written], results: Iterable[Shape | Wrong], shown: int) -> None:
    """Print the causes of failures, the commonest first, with some formulas of each."""
    wrong = [(each, result) for each, result in zip(formulas, results, strict=True) if isinstance(result, Wrong)]
    causes = Counter(_DETAIL.sub("…", result.message) for _, result in wrong)
    for cause, count in causes.most_common():
        print(f"{count:>6}  {cause}")
        of_cause = [(each, result) for each, result in wrong if _DETAIL.sub("…", result.message) == cause]
        for each, result in of_cause[:shown]:
            print(f"        {result.message} | {' '.join(each.tex.split())[:150]}")


if __name__ == "__main__":
    main()

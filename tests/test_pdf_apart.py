"""A book laid out by chapters is the one that is laid out in one piece: here is what it is held against."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from golden import BOOKS, CASES, Books
from golden.pdf_facts import pdf_facts
from golden.pdf_tags import pdf_tags
from PIL import ImageChops

from octavo.diagnostics import Failure, Report, Rule
from octavo.pdf.book import write_pdf
from octavo.pdf.parts import pool
from octavo.pdf.parts.compile import compile_part
from octavo.pdf.parts.objects import annotated, joined, pieces_of, shifted
from octavo.pdf.parts.outline import Item, flat, outline
from octavo.pdf.parts.plain import Annotated, Artifact, Job, Shifted
from octavo.pdf.parts.whole import NotApartError, check_apart
from octavo.recipe import Timings, build, prepare
from octavo.render.edition import Edition
from octavo.render.page_breaks import PageBreaks
from octavo.store import VARIABLE
from octavo.writers import Work

pytestmark = pytest.mark.canary  # of the patches by which chapters are laid out apart

APART = sorted(name for name in BOOKS if name not in ("article", "deep", "guide", "plain", "single-file"))
ROOT = Path(__file__).parent.parent
SEEN = 24  # of 255: less is a rounding of where something lies
BOOK = '[book]\ntitle = "A book"\nlanguage = "zh-CN"\ndate = 2025-01-01\nkind = "book"\n'
CHAPTERS = {
    "01.md": "# One\n\nText, see [](#second).[^n]\n\n[^n]: A note.\n\n## Below\n\nMore.\n",
    "02.md": "# Two {#second}\n\n![A bay](bay.svg)\n\nText on [page](#one){.page}.\n",
    "03.md": "# Three\n\n" + "\n\n".join(f"Paragraph {number} of many." for number in range(30)) + "\n",
}
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'


# ── The same book ──


def edition_of(folder: Path) -> tuple[Edition, Report]:
    report = Report()
    edition = prepare(folder, report, Timings(), trust=True)
    assert edition is not None, list(report)
    return edition, report


@pytest.mark.parametrize("name", APART)
def test_parts_make_the_book_that_one_piece_makes(name: str, books: Books, tmp_path: Path) -> None:
    built = books(name)
    assert built.edition is not None
    assert Rule.PDF_IN_ONE_PIECE not in [found.rule for found in built.report]
    (apart,) = built.output.glob("*.pdf")
    whole = tmp_path / "whole.pdf"
    write_pdf(replace(built.edition, report=Report()), whole, one_piece=True)
    golden = CASES / name / "golden"  # which tests/test_cases.py holds the parts against
    assert pdf_facts(whole) == (golden / "pdf.txt").read_text("utf-8")
    assert pdf_tags(whole.read_bytes()) == (golden / "pdf-tags.txt").read_text("utf-8")
    assert list(differing_pages(apart, whole)) == []
    assert list(areas(apart)) == list(areas(whole))
    assert apart.stat().st_size < 1.1 * whole.stat().st_size


def differing_pages(one: Path, other: Path) -> Iterator[int]:
    with pypdfium2.PdfDocument(one) as left, pypdfium2.PdfDocument(other) as right:
        assert len(left) == len(right)
        for number, (page, same) in enumerate(zip(left, right, strict=True), 1):
            images = [each.render(scale=0.5).to_pil().convert("L") for each in (page, same)]
            if max(ImageChops.difference(*images).histogram()[SEEN:]):
                yield number


def areas(path: Path) -> Iterator[list[float]]:
    """Yield the boxes of each page, and of each of its links."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            boxes = [page.obj[name] for name in ("/MediaBox", "/TrimBox", "/BleedBox", "/ArtBox")]
            boxes += [annotation.Rect for annotation in page.obj.get("/Annots", ())]
            yield [round(float(edge), 1) for box in boxes for edge in box]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "octavo.toml").write_text(BOOK)
    (folder / "bay.svg").write_text(DRAWING)
    for name, text in CHAPTERS.items():
        (folder / name).write_text(text)
    return folder


def test_chapters_that_begin_right_hand_pages_do_so(small: Path, tmp_path: Path) -> None:
    (small / "octavo.toml").write_text(BOOK + "[pdf]\nprint = true\nblank_versos = true\n")
    apart, whole = tmp_path / "apart.pdf", tmp_path / "whole.pdf"
    breaks = [write_pdf(edition_of(small)[0], path, one_piece=path is whole) for path in (apart, whole)]
    assert breaks[0] == breaks[1]
    assert pdf_facts(apart) == pdf_facts(whole)
    assert list(differing_pages(apart, whole)) == []


def test_what_is_printed_beyond_the_page_is_there(small: Path, tmp_path: Path) -> None:
    (small / "octavo.toml").write_text(BOOK + "[pdf]\nprint = true\n")
    apart, whole = tmp_path / "apart.pdf", tmp_path / "whole.pdf"
    for path in (apart, whole):
        edition, report = edition_of(small)
        write_pdf(edition, path, one_piece=path is whole)
        assert not list(report)
    assert list(differing_pages(apart, whole)) == []
    assert list(areas(apart)) == list(areas(whole))


def test_a_note_that_goes_on_in_the_next_chapter_does_so(small: Path, tmp_path: Path) -> None:
    note = " ".join(["长长的注文一直写到页脚之下。"] * 60)
    lines = "\n\n".join(["一段。"] * 27)
    (small / "01.md").write_text(f"# One\n\n{lines}\n\nThe last.[^n]\n\n[^n]: {note}\n")
    apart, whole = tmp_path / "apart.pdf", tmp_path / "whole.pdf"
    breaks = [write_pdf(edition_of(small)[0], path, one_piece=path is whole) for path in (apart, whole)]
    assert breaks[0] == breaks[1]
    assert pdf_facts(apart) == pdf_facts(whole)
    assert list(differing_pages(apart, whole)) == []


def test_other_processes_write_the_same_file(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [tmp_path / "here.pdf", tmp_path / "there.pdf"]
    write_pdf(edition_of(small)[0], files[0])
    monkeypatch.setattr(pool, "_WORTH", 0)
    write_pdf(edition_of(small)[0], files[1], jobs=2)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_book_is_laid_out_here_where_other_processes_were_ended(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_WORTH", 0)
    monkeypatch.setattr("octavo.pdf.parts.book.compile_part", Ended(os.getpid()))
    report = Report()
    write_pdf(replace(edition_of(small)[0], report=report), tmp_path / "book.pdf", jobs=2)
    assert (tmp_path / "book.pdf").stat().st_size
    assert not list(report)


class Ended:
    """End the process, unless it is the one that started the others."""

    def __init__(self, first: int) -> None:
        self.first = first

    def __call__(self, job: Job) -> Artifact:
        if os.getpid() != self.first:
            os._exit(9)
        return compile_part(job)


WORKERS = """
import os, time
from octavo.pdf.parts.pool import Workers

if __name__ == "__main__":
    with Workers(2) as workers:
        executor = workers.executor(10**9)
        print(*(executor.submit(os.getpid).result() for _ in range(2)), flush=True)
        executor.submit(time.sleep, 60).result()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signal")
def test_no_process_is_left_behind_by_one_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "workers.py").write_text(WORKERS)
    command = [sys.executable, "workers.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        workers = {int(number) for number in process.stdout.readline().split()}
        process.kill()
    until = time.monotonic() + 30
    while left := {worker for worker in workers if is_running(worker)}:
        assert time.monotonic() < until, left
        time.sleep(0.05)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        with suppress(ProcessLookupError):
            os.kill(process, 0)
            return sys.platform != "linux"
        return False


def test_a_failure_comes_whole_from_another_process() -> None:
    failure = Failure(Rule.LAYOUT_FAILED, None, "message", "hint")
    assert pickle.loads(pickle.dumps(failure)).diagnostic == failure.diagnostic


# ── What is kept ──


Change = Callable[[Path], None]


def _edit(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


def _add(name: str, text: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).write_text(text)

    return change


def _move(folder: Path) -> None:
    (folder / "03.md").rename(folder / "00.md")


CHANGES: dict[str, Change] = {
    "a word": _edit("01.md", "More", "Less"),
    "the title of a chapter": _edit("02.md", "Two", "Second"),
    "a heading added": _edit("01.md", "## Below", "## Between\n\nText.\n\n## Below"),
    "a chapter added": _add("02a.md", "# Between\n\nText.\n"),
    "a chapter moved": _move,
    "a chapter removed": lambda folder: (folder / "02a.md").unlink(),
    "pages added": _edit("01.md", "Less.", "\n\n".join(["Much more."] * 40)),
    "a drawing": _edit("bay.svg", 'width="40" height="20"/>', 'width="20" height="40"/>'),
    "the title of the book": _edit("octavo.toml", "A book", "The book"),
    "the language": _edit("octavo.toml", "zh-CN", "en"),
    "a token": _edit("octavo.toml", 'kind = "book"', 'kind = "book"\n[theme]\naccent = "#136"'),
    "the page": _edit("octavo.toml", 'kind = "book"', 'kind = "book"\n[pdf]\npage = "a5"'),
    "a template": lambda folder: _own(folder, "templates/heading.html"),
    "a sheet": lambda folder: _own(folder, "styles/extra.css", "h3 { color: #00f }\n"),
    "nothing": lambda folder: (folder / "01.md").touch(),
}


def _own(folder: Path, name: str, more: str = "<b>!</b>") -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text((ROOT / name).read_text() + more)


def test_what_is_kept_is_never_wrong(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each change, one upon another, what was kept leads to the bytes of a build that had nothing to go by."""
    kept = tmp_path / "kept"
    for what, change in CHANGES.items():
        change(small)
        files = []
        for name, place in (("warm", str(kept)), ("cold", "off")):
            monkeypatch.setenv(VARIABLE, place)
            files.append(tmp_path / f"{name}.pdf")
            breaks = write_pdf(edition_of(small)[0], files[-1])
            assert isinstance(breaks, PageBreaks)
        assert files[0].read_bytes() == files[1].read_bytes(), what


def test_a_part_that_has_not_changed_is_not_laid_out_again(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    write_pdf(edition_of(small)[0], tmp_path / "book.pdf")
    compiled = []

    class Counting(pool.Here):
        """Note what is laid out."""

        def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]
            compiled.append(function.args[0].__name__)  # of what is called alone
            return super().submit(function, *arguments, **named)

    monkeypatch.setattr("octavo.pdf.parts.pool.Here", Counting)
    write_pdf(edition_of(small)[0], tmp_path / "book.pdf")
    assert compiled == []
    _edit("01.md", "More", "Less")(small)
    write_pdf(edition_of(small)[0], tmp_path / "book.pdf")
    assert compiled == ["compile_part", "write_face"]  # and the one font of which other glyphs are drawn now


# ── What cannot be told apart ──


@pytest.mark.parametrize(
    "rule",
    [
        "p::before { content: counter(paragraph) }",
        "p::before { content: counters(part, '.') }",
        "a::after { content: target-text(attr(href)) }",
        "a::after { content: target-counter(attr(href), figure) }",
        "h2 { position: running(head) } @page { @top-left { content: element(head) } }",
        ".seal { position:fixed }",
        "@page :nth(2n) { margin: 0 }",
    ],
)
def test_what_goes_over_the_edges_of_parts_is_known(rule: str) -> None:
    with pytest.raises(NotApartError):
        check_apart([rule])


@pytest.mark.parametrize(
    "rule",
    [
        "@page { @bottom-left { content: counter( page ) ' of ' counter(pages) } }",
        "a::after { content: target-counter(attr(href), page) target-counter(attr(href url),page,lower-roman) }",
        "@page :nth(1 of text) { margin: 0 }",
        ".seal { position: absolute }",
    ],
)
def test_what_the_linker_fills_in_is_no_hindrance(rule: str) -> None:
    check_apart([rule])


def test_what_is_wrong_in_a_sheet_is_said_once_and_at_its_place(small: Path, tmp_path: Path) -> None:
    (small / "styles").mkdir()
    (small / "styles" / "extra.css").write_text("p { color: red;\n  widows: many }\n")
    said = []
    for one_piece in (False, True):
        edition, report = edition_of(small)
        write_pdf(edition, tmp_path / "book.pdf", one_piece=one_piece)
        said.append([(found.rule, found.position, found.message) for found in report])
    assert said[0] == said[1]
    assert [(rule, str(place)) for rule, place, _ in said[0]] == [(Rule.LAYOUT_WARNING, "styles/extra.css:2:3")]


def test_a_book_without_contents_is_laid_out_by_chapters(tmp_path: Path) -> None:
    (tmp_path / "octavo.toml").write_text(BOOK)
    (tmp_path / "01.md").write_text("# A book\n\nText.\n")
    edition, report = edition_of(tmp_path)
    for path, one_piece in ((tmp_path / "apart.pdf", False), (tmp_path / "whole.pdf", True)):
        write_pdf(edition, path, one_piece=one_piece)
    assert not report.failed
    assert Rule.PDF_IN_ONE_PIECE not in [found.rule for found in report]
    assert list(differing_pages(tmp_path / "apart.pdf", tmp_path / "whole.pdf")) == []


def test_a_template_may_print_no_contents(small: Path, tmp_path: Path) -> None:
    (small / "templates").mkdir()
    (small / "templates" / "contents.html").write_text("")
    edition, report = edition_of(small)
    write_pdf(edition, tmp_path / "book.pdf")
    assert [found.rule for found in report if found.rule in (Rule.PDF_IN_ONE_PIECE, Rule.LAYOUT_FAILED)] == [
        Rule.PDF_IN_ONE_PIECE
    ]


def test_one_piece_may_be_asked_for(small: Path, tmp_path: Path) -> None:
    report = Report()
    (small / "styles").mkdir()
    (small / "styles" / "extra.css").write_text("main p::before { content: counter(paragraph) }\n")
    build(small, tmp_path / "out", ("pdf",), report, Timings(), work=Work(one_piece=True))
    assert not list(report)


# ── Pieces ──


def test_references_are_found_and_strings_are_left_alone() -> None:
    data = b"<</P 12 0 R/Alt (see 5 0 R \\) 6 0 R)/T <feff0035>/K [7 0 R 8]/Rect [%s 1]/StructParent %s>>"
    pieces = pieces_of(data % (shifted(3, 66.88), annotated(4)), {7: "fonts"})
    assert [piece for piece in pieces if not isinstance(piece, bytes)] == [12, "fonts", Shifted(3, 66.88), Annotated(4)]
    assert joined(pieces, lambda piece: b"*") == (
        b"<</P */Alt (see 5 0 R \\) 6 0 R)/T <feff0035>/K [* 8]/Rect [* 1]/StructParent *>>"
    )


def test_levels_that_are_skipped_in_an_outline_are_not_there() -> None:
    items = [(level, Item(text, 0, 0, 0, is_open=True)) for level, text in ((1, "a"), (3, "b"), (2, "c"), (1, "d"))]
    top = outline(items)
    assert [(item.text, [inner.text for inner in item.items]) for item in top] == [("a", ["b", "c"]), ("d", [])]
    assert [item.text for item in flat(top)] == ["a", "b", "c", "d"]
    assert top[0].shown == 2

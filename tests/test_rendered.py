"""A process that builds a book again and again makes of it what one makes that builds it for the first time."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from golden import CASES

from octavo.diagnostics import Position, Report
from octavo.document import Chapter, Document, Metadata, Node, Paragraph, Text, is_same, with_chapters_of
from octavo.epub import write_epub
from octavo.pdf.book import _check_characters, _prepare
from octavo.pdf.page_breaks import Begins
from octavo.pdf.parts import Part, parts_of
from octavo.pdf.parts.source import Source
from octavo.pdf.traced import Place
from octavo.recipe import Timings, prepare, write
from octavo.render.edition import Edition
from octavo.render.page_breaks import PageBreak, PageBreaks
from octavo.render.rendered import Rendered
from octavo.store import remembering, store_at, without_store
from octavo.web import write_single, write_site

ROOT = Path(__file__).parent.parent
AT = Position("a.md", 1, 1)
Change = Callable[[Path], None]


# ── Which chapters are the same ──


def chapter(file: str, *texts: str, line: int = 1) -> Chapter:
    blocks = tuple(
        Paragraph(children=(Text(text=text, position=Position(file, line + index)),), position=Position(file, line))
        for index, text in enumerate(texts)
    )
    return Chapter(file=file, children=blocks, position=Position(file))


def document(*chapters: Chapter) -> Document:
    metadata = Metadata(title="T", language="en", identifier="i", date="2026-01-01")
    return Document(metadata=metadata, chapters=chapters, position=AT)


def test_a_chapter_that_is_the_same_is_the_one_of_before() -> None:
    before = document(chapter("a.md", "one"), chapter("b.md", "two"))
    after = document(chapter("b.md", "two"), chapter("a.md", "other"), chapter("c.md", "three"))
    made = with_chapters_of(before, after)
    assert made == after
    assert [any(one is other for other in before.chapters) for one in made.chapters] == [True, False, False]


@pytest.mark.parametrize(
    "other",
    [chapter("a.md", "one", line=2), chapter("a.md", "one", "two"), chapter("a.md"), chapter("b.md", "one")],
    ids=["place", "more", "less", "file"],
)
def test_what_differs_is_not_the_same(other: Chapter) -> None:
    assert is_same(chapter("a.md", "one"), chapter("a.md", "one"))
    assert not is_same(chapter("a.md", "one"), other)
    assert not is_same(chapter("a.md", "one"), replace(chapter("a.md", "one"), role="front"))


# ── What is made of them ──


def made_of(folder: Path, output: Path, *, with_marks: bool = True) -> dict[str, object]:
    """Return what a book becomes: its files for the web, the markup that is printed, and what is said of it."""
    report = Report()
    edition = prepare(folder, report, Timings())
    assert edition is not None
    write(edition, output, ("html", "epub"), Timings())
    files = {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    marked = output.with_name(f"{output.name}-marked")
    if with_marks:
        _write_with_marks(edition, marked)
    files |= {str(path.relative_to(marked.parent)): path.read_bytes() for path in marked.rglob("*") if path.is_file()}
    prepared = _prepare(edition)
    assert prepared is not None
    printing, known = prepared
    parts = {part: printing.written(part, {}, {}) for part in parts_of(edition)}
    _check_characters(printing, {written.markup: written.signs for written in parts.values()}, known)
    source = Source(printing, parts)
    jobs = {str(part): source.job(part, {}, {}) for part in parts}
    begins = {str(part): source.begins(part, Begins(Place("0", 0), None)) for part in parts if part.chapters}
    return {**files, **jobs, "begins": begins, "said": [*map(str, report)]}


def _write_with_marks(edition: Edition, folder: Path) -> None:
    """Write what shows where printed pages begin, as if one began in each third piece."""
    keys = [*dict.fromkeys(edition.keys.values())][::3]
    breaks = [PageBreak(label=f"{n}", identifier=f"p-{n}", key=key, skip=n % 3) for n, key in enumerate(keys, 1)]
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "site").mkdir(parents=True)
    write_site(edition, folder / "site", (), PageBreaks(breaks=tuple(breaks)))
    write_single(edition, folder / "single.html", PageBreaks(breaks=tuple(breaks)))
    write_epub(edition, folder / "book.epub", lambda *_: None, PageBreaks(breaks=tuple(breaks)))


def first(pattern: str, new: str, glob: str = "*.md") -> Change:
    """Return what changes the first place of a book at which a pattern matches."""

    def change(folder: Path) -> None:
        for path in sorted(folder.glob(glob)):
            text = path.read_text("utf-8")
            changed = re.sub(pattern, new, text, count=1, flags=re.MULTILINE)
            if changed != text:
                path.write_text(changed, "utf-8")
                return
        pytest.fail(f"nothing matches {pattern}")

    return change


CHANGES: dict[str, Change] = {
    "nothing": lambda folder: None,
    "a word": first(r"^([^\W\d_].{20,})$", r"\1 Moré."),
    "a line above all": first(r"\A(?!\n)", r"\n"),
    "a character that no font has": first(r"^([^\W\d_].{20,})$", "\\1 \U0001f9ff."),
    "another that none has, elsewhere": first(r"^([^\W\d_].{10,})$", "\\1 \u1c50.", "03*.md"),
    "neither any more": first("\U0001f9ff|\u1c50", ""),
    "a note": first(r"^(\[\^[^\]]+\]: .*)$", r"\1 Moré."),
    "a caption": first(r"^!\[", "![Moré "),
    "a title": first(r"^# (?!.*\.title)", "# Moré ", "02*.md"),
    "a chapter between": lambda folder: _write(folder, "02a.md", "# Between\n\nText.\n"),
    "its text": first("Text", "Word", "02a.md"),
    "a drawing": first("<svg ", '<svg width="70" ', "*.svg"),
    "the title of the book": first(r'^title = "', 'title = "Moré ', "octavo.toml"),
    "a template": lambda folder: _write(folder, "templates/heading.html", f"{_template('heading.html')}<b>!</b>"),
    "another template": lambda folder: _write(folder, "templates/heading.html", f"{_template('heading.html')}<i>!</i>"),
    "what is no template, among them": lambda folder: _write(folder, "templates/readme.bin", b"\xff\xfe\x00\x80"),
    "no template": lambda folder: shutil.rmtree(folder / "templates"),
    "no chapter between": lambda folder: (folder / "02a.md").unlink(),
}
SAME = ("nothing", "a line above all", "what is no template, among them")
BOOK = {
    "octavo.toml": '[book]\ntitle = "A book"\nlanguage = "en"\ndate = 2025-01-01\nkind = "book"\n',
    "01.md": "# One\n\nText that is long enough, see [](#second).[^n]\n\n[^n]: As @fig-bay.\n\n## Below\n\nEnd.\n",
    "02.md": "# Two {#second}\n\n![A bay](bay.svg){#fig-bay}\n\nText on [page](#one){.page}.[^n]\n\n[^n]: Another.\n",
    "03.md": "# Three\n\n::: list-of-figures\n:::\n\nText to the end.\n\n```python\nx = 1\n```\n",
    "bay.svg": '<svg xmlns="http://www.w3.org/2000/svg" height="20"><rect width="40" height="20"/></svg>',
}


def _write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def _template(name: str) -> str:
    return (ROOT / "templates" / name).read_text("utf-8")


def _small(folder: Path) -> None:
    for name, text in BOOK.items():
        _write(folder, name, text)


def _english(folder: Path) -> None:
    shutil.copytree(CASES / "english" / "source", folder)


@pytest.mark.parametrize(
    ("book", "changes"),
    [(_small, [*CHANGES]), (_english, ["nothing", "a note"])],
    ids=["small", "english"],
)
def test_what_is_rendered_again_is_what_is_rendered_first(book: Change, changes: list[str], tmp_path: Path) -> None:
    """After each change, one upon another: each page, each part of what is printed, each thing that is said.

    In a process that goes on, and in others that find what it kept.
    """
    with without_store():
        expected = dict(_all_of(book, changes, tmp_path / "first"))
    for name, going_on in (("again", remembering()), ("kept", store_at(tmp_path / "store"))):
        with going_on:
            for what, made in _all_of(book, changes, tmp_path / name):
                first_made = expected[what]
                assert [name for name in {**first_made, **made} if made.get(name) != first_made.get(name)] == [], what
    for before, what in pairwise(changes):  # each changes something
        assert (expected[before] == expected[what]) is (what in SAME), what


def _all_of(book: Change, changes: list[str], folder: Path) -> Iterator[tuple[str, dict[str, object]]]:
    book(folder / "book")
    for what in changes:
        CHANGES[what](folder / "book")
        yield what, made_of(folder / "book", folder / "output")


def begins_of(folder: Path, *, fitted: bool) -> list[Begins]:
    """Return where pages of each part of a book begin that begin with its first piece; a table may be fitted."""
    edition = prepare(folder, Report(), Timings())
    assert edition is not None
    prepared = _prepare(edition)
    assert prepared is not None
    parts = {part: prepared[0].written(part, {}, {}) for part in parts_of(edition)}
    source = Source(prepared[0], parts)
    for fits in ({}, {AT: ("small",)}) if fitted else ({},):
        source.fitted = fits
        jobs = {part: source.job(part, {}, {}) for part in parts}
    keys = [(part, key) for part in parts if part.chapters for key in re.findall(r"<\?octavo (\d+)", jobs[part].markup)]
    return [source.begins(part, Begins(Place(key, 0), None)) for part, key in keys]


def test_what_was_rendered_for_a_table_of_another_chapter_tells_no_places(tmp_path: Path) -> None:
    """It is rendered of this build, and what is held of an earlier one is counted from where that was."""
    _small(tmp_path)
    with remembering():
        begins_of(tmp_path, fitted=True)
        first(r"^End\.$", "*More*, `more` and more.")(tmp_path)
        begun = begins_of(tmp_path, fitted=False)
    assert begun == begins_of(tmp_path, fitted=False)


@pytest.mark.parametrize("going_on", [remembering, nullcontext], ids=["again", "kept"])
def test_what_has_not_changed_is_not_rendered(
    going_on: Callable[[], AbstractContextManager[None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another word costs a page of the site and the EPUB, and a part of the single page and of what is printed."""
    made: list[str] = []
    of = Rendered.of

    def noting(self: Rendered, what: Node, key: object, make: Callable[[], object]) -> object:
        def noted() -> object:
            made.append(str(key))
            return make()

        return of(self, what, key, noted)

    monkeypatch.setattr(Rendered, "of", noting)
    _small(tmp_path / "book")
    with store_at(tmp_path / "store"), going_on():
        made_of(tmp_path / "book", tmp_path / "output", with_marks=False)
        made.clear()
        CHANGES["a word"](tmp_path / "book")
        made_of(tmp_path / "book", tmp_path / "output", with_marks=False)
    chapter = Part(chapters=range(1))
    pages = [key for key in made if key.startswith("0")]
    assert [page.split()[0] for page in pages] == ["01", "01"]  # of the site, and of the EPUB
    expected = ["octavo-chapter-1 ()", chapter, ("characters", 0)]
    assert sorted(set(made) - set(pages)) == sorted(map(str, expected))


def test_a_note_that_the_abstract_shares_moves_with_its_chapter(tmp_path: Path) -> None:
    """It has one key, which stays where it is when something comes to stand before the chapter."""
    _small(tmp_path)
    abstract, shared = "> Abstract: what the book says.[^s]", "It says more.[^s]\n\n[^s]: Shared.\n"
    _write(tmp_path, "01.md", BOOK["01.md"].replace("# One", "# One {.frontmatter}", 1))
    _write(tmp_path, "02.md", f"{abstract}\n\n{BOOK['02.md']}\n{shared}")
    with store_at(tmp_path / "store"):
        begins_of(tmp_path, fitted=False)
        first(r"^End\.$", "*More*, `more` and more.", "01.md")(tmp_path)
        begun = begins_of(tmp_path, fitted=False)
    assert begun == begins_of(tmp_path, fitted=False)

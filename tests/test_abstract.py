"""An abstract, wherever it is stated, is text like any other: linked, noted, and reported at its place."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from octavo.check import check_outputs
from octavo.diagnostics import Report, Rule
from octavo.recipe import FORMATS, Timings, build, prepare

CONFIGURATION = """\
[book]
title = "T"
language = "en"
date = 2025-01-01
abstract = '''
To [the end](2.md#end)[^a].

[^a]: A note.
'''
"""
FRONT_MATTER = """\
---
title: T
lang: en
date: 2025-01-01
abstract: |
  To [the end](#end)[^a].

  [^a]: A note.
---
"""
IN_TEXT = """\
---
title: T
lang: en
date: 2025-01-01
---

> Abstract: to [the end](#end)[^a].

"""
CHAPTER = "# Begin\n\nWords.\n\n# End\n\nMore.\n"

BOOKS = {
    "octavo.toml": {"octavo.toml": CONFIGURATION, "1.md": "# Begin\n\nWords.\n", "2.md": "# End\n\nMore.\n"},
    "front matter": {"1.md": FRONT_MATTER + CHAPTER},
    "text": {"1.md": IN_TEXT + CHAPTER + "\n[^a]: A note.\n"},
}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.canary
@pytest.mark.parametrize("files", BOOKS.values(), ids=BOOKS)
def test_its_links_and_notes_reach_every_format(files: dict[str, str], tmp_path: Path) -> None:
    source, output = write(tmp_path / "book", files), tmp_path / "dist"
    report = Report()
    build(source, output, FORMATS, report, Timings())
    edition = prepare(source, Report(), Timings())
    assert edition is not None
    check_outputs(edition, output, report)
    assert list(report) == []
    with ZipFile(output / "book.epub") as archive:
        title = archive.read("EPUB/title.xhtml").decode()
    pages = [(output / "site" / "index.html").read_text("utf-8"), (output / "book.html").read_text("utf-8"), title]
    end = "2" if "2.md" in files else "end"
    for page, href in zip(pages, (f"{end}.html#end", "#end", f"{end}.xhtml#end"), strict=True):
        abstract = page.partition('<div class="abstract-block">')[2].partition("\n</section>\n</div>")[0]
        assert f'<a href="{href}">the end</a>' in abstract
        assert '<a href="#octavo-note-0-1" id="octavo-note-0-1-call-1"' in abstract
        assert '<aside class="note" id="octavo-note-0-1"' in abstract


WRONG = "words\n\n[to](#nowhere) ![](none.png) [^none] <o>x</o>"
INDENTED = WRONG.replace("\n", "\n  ")


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"octavo.toml": CONFIGURATION.replace("To [", f"{WRONG} ["), "2.md": CHAPTER}, ("octavo.toml", 8, 1)),
        ({"1.md": FRONT_MATTER.replace("To [", f"{INDENTED} [") + CHAPTER}, ("1.md", 8, 3)),
    ],
    ids=["octavo.toml", "front matter"],
)
def test_what_is_wrong_is_reported_at_its_line_of_the_file(
    files: dict[str, str], place: tuple[str, int, int], tmp_path: Path
) -> None:
    report = Report()
    assert prepare(write(tmp_path / "book", files), report, Timings()) is None
    file, line, column = place
    found = {str(said.rule): said.position for said in report}
    assert {rule: (at.file, at.line, at.column) for rule, at in found.items() if at} == {
        "link-not-found": (file, line, column),
        "image-not-found": (file, line, column + 15),
        "image-without-text": (file, line, column + 15),
        "note-not-found": (file, line, column + 29),
        "raw-html-left-out": (file, line, column + 37),
    }


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2"/></svg>'
FIGURES = "Here is @fig-in, and there @fig-out.\n\n![inside](a.svg){#fig-in}\n"
OF_FIGURES = "# Begin\n\nBack to @fig-in.\n\n![outside](a.svg){#fig-out}\n\n# End\n\n[It](#fig-in) ends.\n"
QUOTED = "".join(f"> {line}\n" for line in f"Abstract: {FIGURES}".splitlines())
INDENTED = "".join(f"  {line}\n" for line in FIGURES.splitlines())
SHOWN = {
    "octavo.toml": {
        "octavo.toml": f"[book]\ntitle = 'T'\nlanguage = 'en'\ndate = 2025-01-01\nabstract = '''\n{FIGURES}'''\n",
        "1.md": OF_FIGURES,
    },
    "front matter": {
        "1.md": f"---\ntitle: T\nlang: en\ndate: 2025-01-01\nabstract: |\n{INDENTED}---\n{OF_FIGURES}",
    },
    "text": {"1.md": f"---\ntitle: T\nlang: en\ndate: 2025-01-01\n---\n\n{QUOTED}\n{OF_FIGURES}"},
}


@pytest.mark.canary
@pytest.mark.parametrize("files", SHOWN.values(), ids=SHOWN.keys())
def test_its_figures_are_counted_and_referred_to_from_everywhere(files: dict[str, str], tmp_path: Path) -> None:
    book, output, report = write(tmp_path / "book", {**files, "a.svg": PICTURE}), tmp_path / "dist", Report(strict=True)
    build(book, output, FORMATS, report, Timings())
    assert [found.message for found in report] == []
    edition = prepare(book, report, Timings())
    assert edition is not None
    check_outputs(edition, output, report)
    # The captions are the alternatives too, which may be wanted so.
    assert {found.rule for found in report} <= {Rule.CHECK_ALTERNATIVE_CAPTION}
    site = {path.name: path.read_text("utf-8") for path in (output / "site").glob("*.html")}
    assert '<a href="#fig-in" class="reference">Figure 1</a>' in site["index.html"]
    assert '<a href="begin.html#fig-out" class="reference">Figure 2</a>' in site["index.html"]
    assert '<a href="index.html#fig-in" class="reference">Figure 1</a>' in site["begin.html"]
    with ZipFile(output / f"{edition.slug}.epub") as archive:
        assert '<a href="title.xhtml#fig-in">It</a>' in archive.read("EPUB/end.xhtml").decode()


def test_a_name_of_the_abstract_is_no_name_of_the_text(tmp_path: Path) -> None:
    files = {**SHOWN["octavo.toml"], "a.svg": PICTURE, "1.md": "# fig-in\n\n![two](a.svg){#fig-in}\n"}
    report = Report()
    files["octavo.toml"] = files["octavo.toml"].replace(", and there @fig-out", "")
    prepare(write(tmp_path / "book", files), report, Timings())
    assert [(str(found.rule), str(found.position)) for found in report] == [("identifier-duplicate", "1.md:3:1")]

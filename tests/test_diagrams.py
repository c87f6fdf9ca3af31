"""Diagrams: drawn of text, made fit for a book, kept, and left as code where nothing draws them.

`dot` is a program of these tests that stands on PATH, so that they hold on machines with Graphviz and without.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from octavo.book import Files
from octavo.diagnostics import Failure, Position, Report, Rule
from octavo.diagrams import cache, diagram_drawer
from octavo.diagrams.clean import clean
from octavo.diagrams.run import Limits, NotDrawnError, run
from octavo.diagrams.tools import TOOLS
from octavo.document import CodeBlock, Figure, Image, walk
from octavo.normalise.pictures import picture_finder
from octavo.recipe import FORMATS, Timings, build, prepare
from octavo.render.edition import Edition
from octavo.store import Store

PLACE = Position("chapter.md", 3)
BOOK = '[book]\ntitle = "A book"\nlanguage = "en"\ndate = 2025-01-01\n[html]\nsingle = true\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
# Draws its input as a word, and counts how often it was asked.
DRAWS = """\
[ "$1" = -V ] && { echo "dot - version 1" >&2; exit; }
echo drawn >> "$(dirname "$0")/count"
echo "<svg xmlns='http://www.w3.org/2000/svg' width='90pt' height='40pt' viewBox='0 0 90 40'><text x='1' y='20'>"
tr -d '<>&' ; echo "</text></svg>"
"""
Stub = Callable[[str], Path]


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stub:
    """Return what puts a program `dot`, a script for the shell, first on PATH; nothing is kept of earlier tests."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setattr(cache, "store", lambda: Store(tmp_path / "cache", "diagrams"))

    def write(script: str) -> Path:
        program = programs / "dot"
        program.write_text(f"#!/bin/sh\n{script}")
        program.chmod(0o755)
        return program

    return write


def prepared(folder: Path, text: str, report: Report | None = None) -> Edition | None:
    """Return the edition of a book of one chapter."""
    source = folder / "book"
    source.mkdir(exist_ok=True)
    (source / "octavo.toml").write_text(BOOK)
    (source / "chapter.md").write_text(text, "utf-8")
    return prepare(source, Report() if report is None else report, Timings())


def figures(edition: Edition | None) -> list[Figure]:
    """Return the figures of a book, without those that are groups."""
    assert edition is not None
    found = [node for node in walk(edition.document) if isinstance(node, Figure)]
    return [figure for figure in found if not any(isinstance(child, Figure) for child in figure.children)]


def picture_of(figure: Figure) -> Image:
    """Return the picture of a figure."""
    return next(node for node in walk(figure) if isinstance(node, Image))


# From the fence to the figure


def test_a_fence_is_a_figure_in_all_formats(stub: Stub, tmp_path: Path) -> None:
    stub(DRAWS)
    text = '# Ways\n\nSee @fig-w.\n\n```dot {#fig-w caption="A *way*" alt="From a to b" width=60%}\nway\n```\n'
    edition = prepared(tmp_path, text)
    (figure,) = figures(edition)
    picture = picture_of(figure)
    assert (figure.label, figure.attributes) == ("Figure 1", ())
    assert (picture.spoken, picture.attributes) == ("From a to b", (("width", "60%"),))
    report, output = Report(), tmp_path / "dist"
    build(tmp_path / "book", output, FORMATS, report, Timings())
    assert not list(report)
    (drawn,) = (output / "site" / "images").iterdir()
    assert b"way" in drawn.read_bytes()
    assert f"images/{drawn.name}" in (output / "site" / "chapter.html").read_text("utf-8")
    with ZipFile(output / "book.epub") as archive:
        assert b"way" in archive.read(f"EPUB/images/{drawn.name}")  # on a mat, for readers that are dark
    assert "data:image/svg+xml" in (output / "book.html").read_text("utf-8")


def test_fences_are_drawn_wherever_they_stand(stub: Stub, tmp_path: Path) -> None:
    stub(DRAWS)
    text = (
        "# Ways\n\n{{< include _part.md >}}\n\n- item\n\n  ```graphviz {caption=b}\n  two\n  ```\n\n"
        "> ```{.dot caption=c}\n> three\n> ```\n\n"
        '::: {#fig-pair}\n```{dot}\n//| label: fig-q\n//| fig-cap: "*d*"\n//| fig-alt: said\n'
        "//| echo: false\nfour\n```\n\n"
        "```gv {caption=e}\nfive\n```\n\nTwo ways\n:::\n\n~~~dot {file=x.dot caption=f}\n~~~\n"
    )
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "_part.md").write_text("```dot {caption=a}\none\n```\n")
    (tmp_path / "book" / "x.dot").write_text("six\n")
    report = Report(strict=True)
    edition = prepared(tmp_path, text, report)
    assert not list(report)
    found = figures(edition)
    assert [figure.label for figure in found] == ["Figure 1", "Figure 2", "Figure 3", "(a)", "(b)", "Figure 5"]
    assert [picture_of(figure).spoken for figure in found] == ["a", "b", "c", "said", "e", "f"]
    assert found[3].identifier == "fig-q"
    assert edition is not None
    files = [picture_of(figure).file for figure in found]
    words = ["one", "two", "three", "four", "five", "six"]
    drawn = [edition.book.files.read_bytes(file or "", None) for file in files]
    assert all(word.encode() in data for word, data in zip(words, drawn, strict=True))


@pytest.mark.parametrize("mark", ["{.code}", "{#lst-x}", "{numbers}", "{mark=1}", "{lines=1}"])
def test_authors_can_show_the_code(mark: str, stub: Stub, tmp_path: Path) -> None:
    stub(DRAWS)
    report = Report()
    edition = prepared(tmp_path, f"# Ways\n\n```dot {mark}\nway\n```\n", report)
    assert edition is not None and not list(report)
    assert [node.text for node in walk(edition.document) if isinstance(node, CodeBlock)] == ["way\n"]


def test_a_diagram_without_text_is_reported_once(stub: Stub, tmp_path: Path) -> None:
    stub(DRAWS)
    report = Report()
    prepared(tmp_path, "# Ways\n\n```dot\nway\n```\n\n```dot {.decorative}\nway\n```\n", report)
    assert [(found.rule, str(found.position)) for found in report] == [(Rule.IMAGE_WITHOUT_TEXT, "chapter.md:3:1")]


def test_what_nothing_draws_is_code_and_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in TOOLS:
        monkeypatch.setitem(TOOLS, language, lambda: None)
    report = Report(strict=True)
    text = "# Ways\n\n```mermaid\nflowchart LR\n```\n\n```dot\ndigraph {}\n```\n"
    edition = prepared(tmp_path, text, report)
    assert edition is not None
    assert [node.language for node in walk(edition.document) if isinstance(node, CodeBlock)] == ["mermaid", "dot"]
    (note,) = report
    assert (note.rule, str(note.position)) == (Rule.DIAGRAM_LEFT_AS_CODE, "chapter.md:3:1")
    assert note.message == "2 diagrams are printed as code: nothing here draws dot and mermaid"


def test_no_dot_on_the_path_is_no_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert TOOLS["dot"]() is None


def test_a_broken_dot_is_no_tool(stub: Stub) -> None:
    stub("exit 1\n")
    assert TOOLS["dot"]() is None


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_and_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "own.png").write_bytes(b"")
    source = f'digraph {{ a [label="源" URL="javascript:x"]; b [image="{tmp_path}/own.png"]; a -> b }}'
    drawn = drawn_of(source, tmp_path)
    assert "源".encode() in drawn
    assert not any(word in drawn for word in (b"javascript", b"own.png", b"<a", b"<image", b"<title", b"<!--"))


def test_lines_of_mermaid_keep_their_numbers() -> None:
    tool = TOOLS["mermaid"]()
    assert tool is not None
    source = "---\ntitle: T\n---\nflowchart LR\n  a --> b\n  click a call()\n  b --> c[<i>]\n"
    assert [line.endswith("c[<i>]") for line in tool.prepared(source).split("\n")].index(True) == 6


# What programs do


def test_what_the_program_says_is_an_error_at_the_fence(stub: Stub, tmp_path: Path) -> None:
    stub('[ "$1" = -V ] && exit\necho "Error: <stdin>: syntax error in line 3" >&2; exit 1\n')
    report = Report()
    assert prepared(tmp_path, "# Ways\n\n```dot {alt=a}\nway\n```\n", report) is None
    (error,) = report
    assert (error.rule, str(error.position)) == (Rule.DIAGRAM_FAILED, "chapter.md:3:1")
    assert error.message == "this diagram cannot be drawn: Error: <stdin>: syntax error in line 3"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("sleep 60 & sleep 60", "the drawing was not ready after 0.5 seconds"),
        ("yes", "the drawing has more than 1,000 bytes"),
        ("kill -9 $$", "the program ended with status -9"),
    ],
)
def test_a_program_has_limits(script: str, said: str, stub: Stub) -> None:
    with pytest.raises(NotDrawnError, match=said):
        run([str(stub(script))], "x", Limits(time=0.5, size=1000))


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotDrawnError, match="cannot be run: No such file"):
        run([str(tmp_path / "dot")], "x", Limits())


def test_a_program_works_in_an_empty_folder_and_finds_its_files_there(stub: Stub) -> None:
    program = stub('ls -A; test "$PWD" = "$GV_FILE_PATH" && echo here; cat\n')
    assert run([str(program)], "源", Limits()).decode() == "here\n源"


# What is let into a book


@pytest.mark.parametrize(
    "body",
    [
        "<script>x</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<image xlink:href="file:///etc/passwd"/>',
        '<image href="data:image/png;base64,x"/>',
        '<use href="http://example.org/x"/>',
        '<rect onclick="x()" fill="url(http://example.org/x)"/>',
        '<rect style="fill: url(http://example.org/x)"/>',
        r'<rect style="fill: \75rl(http://example.org/x)"/>',
        '<style>@import "http://example.org/x"; rect { fill: url(//example.org) }</style><rect/>',
        "<style>@font-face { font-family: x; src: url(http://example.org/x) }</style>",
        '<animate attributeName="href" values="javascript:x"/>',
        "<title>x</title><metadata>x</metadata>",
    ],
)
def test_nothing_active_comes_through(body: str) -> None:
    drawn = clean(SVG.format(body).encode()).decode()
    for word in ("script", "http:", "//", "file:", "data:", "onclick", "style", "import", "passwd", "title", "animate"):
        assert word not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_links_go_and_what_they_hold_stays() -> None:
    link = '<a xlink:href="javascript:x" href="https://example.org" transform="scale(2)"><text>way</text></a>'
    drawn = clean(SVG.format(link).encode())
    assert b'<g transform="scale(2)"><text>way</text>' in drawn
    assert b"javascript" not in drawn and b"example" not in drawn


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (b"", "no element found"),
        (b"<svg/>", "is no SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "defines entities"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "has no size"),
    ],
)
def test_what_is_no_drawing_is_refused(drawing: bytes, said: str) -> None:
    with pytest.raises(NotDrawnError, match=said):
        clean(drawing)


def test_a_sheet_becomes_attributes_by_the_strength_of_its_rules() -> None:
    sheet = "<style>.a { fill: red; stroke: blue !important } rect { fill: green; stroke-width: 2px }</style>"
    drawn = ElementTree.fromstring(clean(SVG.format(f'{sheet}<rect class="a" style="stroke: black"/>').encode()))
    assert drawn[1].attrib == {"fill": "red", "stroke": "blue", "stroke-width": "2px"}


def test_only_what_is_asked_for_keeps_a_name() -> None:
    body = '<g id="x"><marker id="far"/><marker id="m"/><path id="p" marker-end="url(#m)"/></g>'
    drawn = clean(SVG.format(body).encode()).decode()
    assert drawn.count("id=") == 1 and '<marker id="d1"' in drawn and 'marker-end="url(#d1)"' in drawn


def test_the_ground_is_white_and_the_size_is_said() -> None:
    drawn = ElementTree.fromstring(clean(SVG.format("").replace("<svg", '<svg width="100%"', 1).encode()))
    assert (drawn.get("width"), drawn.get("height")) == ("9", "9")
    assert drawn[0].attrib == {"x": "0", "y": "0", "width": "9", "height": "9", "fill": "#fff"}


# What is kept


def test_what_was_drawn_is_not_drawn_again(stub: Stub, tmp_path: Path) -> None:
    count = stub(DRAWS).with_name("count")
    first = drawn_of("way", tmp_path)
    assert (drawn_of("way", tmp_path), drawn_of("other", tmp_path) == first) == (first, False)
    assert count.read_text() == "drawn\n" * 2
    stub(DRAWS.replace("version 1", "version 2"))
    drawn_of("way", tmp_path)
    assert count.read_text() == "drawn\n" * 3


def test_a_broken_cache_breaks_nothing(stub: Stub, tmp_path: Path) -> None:
    count = stub(DRAWS).with_name("count")
    first = drawn_of("way", tmp_path)
    (file,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:-20])
    assert drawn_of("way", tmp_path) == first
    assert drawn_of("way", tmp_path) == first
    assert count.read_text() == "drawn\n" * 2
    file.unlink()
    file.mkdir()
    assert drawn_of("way", tmp_path) == first


def test_no_folder_for_the_cache_breaks_nothing(stub: Stub, tmp_path: Path) -> None:
    stub(DRAWS)
    (tmp_path / "cache").write_text("a file")
    assert b"way" in drawn_of("way", tmp_path)


def drawn_of(source: str, root: Path) -> bytes:
    """Return the picture that a drawer of its own makes of a source in dot."""
    files = Files(root, 1000)
    name = diagram_drawer(files)("dot", source, PLACE)
    assert name is not None
    return files.read_bytes(name, None)


# Mermaid

KINDS = {
    "flowchart": 'flowchart TB\n  a["源 & <b>"] --> b{x}\n  click a href "javascript:alert(1)"\n',
    "sequence": "sequenceDiagram\n  甲->>Bob: Hello\n",
    "class": "classDiagram\n  A <|-- B\n  A : +int age\n",
    "state": "stateDiagram-v2\n  [*] --> A\n",
    "relations": "erDiagram\n  A ||--o{ B : has\n",
    "plan": "gantt\n  dateFormat YYYY-MM-DD\n  section S\n  a :a1, 2024-01-01, 30d\n",
    "shares": 'pie title P\n  "a": 3\n  "b": 4\n',
    "own theme": '%%{init: {"theme": "forest", "themeCSS": "* { fill: url(//example) }"}}%%\nflowchart LR\n  a\n',
    "front matter": "---\ntitle: T\n---\nflowchart LR\n  a --> b\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_mermaid_is_drawn_and_passes_as_a_picture(kind: str, tmp_path: Path) -> None:
    files, report = Files(tmp_path, 1_000_000), Report()
    name = diagram_drawer(files)("mermaid", KINDS[kind], PLACE)
    assert name is not None
    assert picture_finder(files, 1, report)(name, PLACE) == name and not list(report)
    drawn = files.read_bytes(name, None)
    assert b"<text" in drawn
    assert not any(word in drawn for word in (b"<style", b" style=", b"javascript", b"example", b' id="merman'))


@pytest.mark.parametrize("label", ["a <b> c", "a < b", "<i>a</i> c", "$$a$$ c", "<<a>> c", "a #lt; c", "a & c"])
def test_no_label_is_lost(label: str, tmp_path: Path) -> None:
    files = Files(tmp_path, 1_000_000)
    name = diagram_drawer(files)("mermaid", f'flowchart LR\n  x["{label}"] --> y[other]\n', PLACE)
    words = "".join(ElementTree.fromstring(files.read_bytes(name or "", None)).itertext())
    assert "a" in words and label[-1] in words and "other" in words


def test_labels_of_boxes_that_lead_somewhere_stand_in_their_boxes(tmp_path: Path) -> None:
    files = Files(tmp_path, 1_000_000)
    draw = diagram_drawer(files)
    plain, leading = (draw("mermaid", f"flowchart LR\n  a --> b\n{end}", PLACE) for end in ("", "  click a call()\n"))
    assert plain and leading and files.read_bytes(plain, None) == files.read_bytes(leading, None)


def test_mermaid_that_does_not_parse_is_said_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="Unterminated node label"):
        diagram_drawer(Files(tmp_path, 1000))("mermaid", "flowchart LR\n  A --> [[[\n", PLACE)

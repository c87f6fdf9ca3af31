"""Passes of a book's own: run where they are trusted, told where they fail, and kept from breaking the tree."""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from click.testing import CliRunner
from test_guide import GUIDE, fences

from octavo import document as tree
from octavo.cli import main
from octavo.diagnostics import Position, Report
from octavo.document import Callout, Document, Node, Paragraph, Text, walk
from octavo.extend import API_VERSION
from octavo.normalise.own_passes.faults import faults
from octavo.recipe import FORMATS, Timings, build, prepare

HEAD = """\
from dataclasses import replace
from octavo.document import *
from octavo.extend import API_VERSION as NEWEST, Context, Position
API_VERSION = 1
"""
RUN = "def run(document, context):\n"
TEXT = "# One\n\n- An *item*\n\n<kbd>K</kbd> and [a link](one.md).\n"


def write_book(folder: Path, *passes: str, **files: str) -> Path:
    """Write a book with passes, given as the code of their files, and return its folder."""
    (folder / "passes").mkdir(parents=True)
    names = [f"passes/{number}.py" for number, _ in enumerate(passes, 1)]
    for name, code in zip(names, passes, strict=True):
        (folder / name).write_text(code, "utf-8")
    text = '[book]\ntitle = "Ships"\nlanguage = "en"\ndate = 2026-11-23\nslug = "ships"\n\n[passes]\nlocal = '
    (folder / "octavo.toml").write_text(text + str(names).replace("'", '"') + "\n", "utf-8")
    (folder / "one.md").write_text(TEXT, "utf-8")
    return folder


def body(code: str) -> str:
    """Return a pass that does this in its function."""
    return HEAD + RUN + indent(code, "    ") + "\n"


def normalised(folder: Path, *passes: str) -> Document:
    """Return what becomes of the book under its passes, of which nothing is said."""
    report = Report()
    edition = prepare(write_book(folder, *passes), report, Timings(), trust=True)
    assert not [found.message for found in report]
    assert edition is not None
    return edition.document


def said_of(folder: Path, *passes: str) -> list[tuple[str, str, str]]:
    """Return rule, place and message of what is said of a book under its passes; nothing may be built of it."""
    report = Report()
    build(write_book(folder / "book", *passes), folder / "dist", ("html",), report, Timings(), trust=True)
    assert not (folder / "dist").exists()
    return [(str(found.rule), str(found.position), found.message) for found in report]


# ── What the guide shows ──


@pytest.mark.parametrize(("language", "title"), [("en", "From the pilot"), ("zh-CN", "引水员的话")])
def test_the_guides_pass_adds_a_kind_of_callout(language: str, title: str, tmp_path: Path) -> None:
    for fence in fences(GUIDE / "10-passes.md"):
        if name := fence.value("file"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(fence.text.replace('language = "en"', f'language = "{language}"'), "utf-8")
    report = Report(strict=True)
    build(tmp_path / "harbour", tmp_path / "dist", FORMATS, report, Timings(), trust=True)
    assert [found.message for found in report] == []
    opening = '<aside id="the-bar" class="callout note pilot">'
    for page in ("site/arrival.html", "harbour.html"):
        text = (tmp_path / "dist" / page).read_text("utf-8")
        assert opening in text
        assert f"</span> {title}</p>" in text
    assert ".callout.pilot {" in (tmp_path / "dist" / "site" / "style.css").read_text("utf-8")
    with ZipFile(tmp_path / "dist" / "harbour.epub") as archive:
        assert ".callout.pilot {" in archive.read("EPUB/style.css").decode()
    with pypdfium2.PdfDocument(tmp_path / "dist" / "harbour.pdf") as pdf:
        assert any(title in page.get_textpage().get_text_bounded() for page in pdf)


# ── Trust ──

MARK = "open({path!r}, 'w').close()\nAPI_VERSION = 1\ndef run(document, context):\n    return document\n"


@pytest.mark.canary
@pytest.mark.parametrize(
    "command",
    [["build"], ["html"], ["pdf"], ["epub"], ["check"]],
    ids="-".join,
)
def test_nothing_runs_unless_it_is_trusted(command: list[str], tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    book = write_book(tmp_path / "book", MARK.format(path=str(ran)))
    arguments = [*command, str(book), *(["--output", str(tmp_path / "dist")] if command != ["check"] else [])]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "octavo.toml:8:10: error:" in result.output
    assert "“passes/1.py”" in result.output
    assert "--trust" in result.output
    assert not ran.exists()
    assert CliRunner().invoke(main, [*arguments, "--trust"]).exit_code == 0
    assert ran.exists()


def test_outputs_are_checked_by_a_book_that_is_trusted_too(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book", body("return document"))
    build(book, tmp_path / "dist", ("html",), Report(), Timings(), trust=True)
    arguments = ["check", str(book), "--output", str(tmp_path / "dist")]
    assert "pass-untrusted" in CliRunner().invoke(main, arguments).output
    assert CliRunner().invoke(main, [*arguments, "--trust"]).exit_code == 0


@pytest.mark.parametrize("command", [["explain", "pass-failed"], ["doctor"]], ids=" ".join)
def test_commands_that_build_nothing_run_nothing(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    monkeypatch.chdir(write_book(tmp_path / "book", MARK.format(path=str(ran))))
    CliRunner().invoke(main, command)
    assert "--trust" not in [option for each in main.commands[command[0]].params for option in each.opts]
    assert not ran.exists()


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("../outside.py", "file-outside-book"),
        ("/etc/passwd", "file-outside-book"),
        ("link.py", "file-outside-book"),
        ("none.py", "file-missing"),
        ("passes", "file-not-regular"),
    ],
)
def test_a_file_elsewhere_is_no_pass_of_the_book(name: str, rule: str, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    book = write_book(tmp_path / "book", "")
    (tmp_path / "outside.py").write_text(MARK.format(path=str(ran)), "utf-8")
    (book / "link.py").symlink_to(tmp_path / "outside.py")
    text = (book / "octavo.toml").read_text("utf-8")
    (book / "octavo.toml").write_text(text.replace("passes/1.py", name), "utf-8")
    report = Report()
    build(book, tmp_path / "dist", ("html",), report, Timings(), trust=True)
    assert [(str(found.rule), str(found.position)) for found in report] == [(rule, "octavo.toml:8:10")]
    assert not ran.exists()


# ── What a pass may do ──


def test_passes_run_in_order_and_what_they_make_is_settled(tmp_path: Path) -> None:
    first = body(
        "def change(node):\n"
        "    return replace(node, text=node.text + ' 1') if isinstance(node, Text) else node\n"
        "return rewrite(document, change)"
    )
    made = normalised(tmp_path, first, first.replace(" 1'", " 2'"))
    assert "An  1 2item 1 2" in "".join(node.text for node in walk(made) if isinstance(node, Text))
    heading = next(node for node in walk(made) if isinstance(node, tree.Heading))
    assert heading.generated == "one-1-2"


def test_a_pass_sees_nodes_and_no_raw_html(tmp_path: Path) -> None:
    code = "assert any(isinstance(node, Span) and node.tag == 'kbd' for node in walk(document))\nreturn document"
    normalised(tmp_path, body(code))


def test_a_node_may_stand_in_two_places(tmp_path: Path) -> None:
    code = (
        "heading = Heading(level=2, children=(Text(text='Again', position=p),), position=p)\n"
        "part = Callout(kind='tip', children=(heading,), position=p)\n"
        "chapter = document.chapters[0]\n"
        "return replace(document, chapters=(replace(chapter, children=(*chapter.children, part, part)),))"
    )
    made = normalised(tmp_path, body("p = document.position\n" + code))
    headings = [node.generated for node in walk(made) if isinstance(node, tree.Heading)]
    assert headings == ["one", "again", "again-1"]


def test_a_pass_may_hold_classes_of_its_own(tmp_path: Path) -> None:
    code = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 1\n"
    )
    normalised(tmp_path, f"{code}API_VERSION = {API_VERSION}\n{RUN}    return document if A().x else None\n")


def test_a_node_of_a_class_of_its_own_is_what_that_stands_for(tmp_path: Path) -> None:
    assert len([*walk(Text(text="quiet", position=Position("one.md")), Text)]) == 1  # before there is such a class
    code = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\nfrom octavo.document import *\n"
        "@dataclass(frozen=True, slots=True, kw_only=True)\nclass Loud(Text):\n    pass\n"
    )
    change = "    louder = lambda node: Loud(text=node.text.upper(), position=node.position)\n"
    made = normalised(
        tmp_path, f"{code}API_VERSION = {API_VERSION}\n{RUN}{change}    return rewrite(document, louder, Text)\n"
    )
    assert {type(node).__name__ for node in walk(made, Text)} == {"Loud"}


def test_the_version_is_that_of_the_guide() -> None:
    assert f"That is {API_VERSION}." in (GUIDE / "10-passes.md").read_text("utf-8")


# ── What goes wrong ──


@pytest.mark.parametrize(
    ("code", "place", "words"),
    [
        (HEAD, "1:1", "no function “run”"),
        (RUN + "    return document\n", "1:1", "does not state the version"),
        ("API_VERSION = 2\n" + RUN + "    return document\n", "1:1", "for version 2"),
        ("API_VERSION = True\n" + RUN + "    return document\n", "1:1", "for version True"),
        ("def run(:\n", "1:9", "is no Python"),
        ("x = 'a\x00'\n", "1:1", "null bytes"),
        ("import no_such_module\n", "1:1", "No module named 'no_such_module'"),
        ("x = 1\nraise SystemExit('bye')\n", "2:1", "SystemExit: bye"),
        (body("x = 1\nreturn document.ships"), "7:1", "no attribute 'ships'"),
        (body("return replace(document, ships=1)"), "6:1", "ships"),
        (body("def deep():\n    return deep()\nreturn deep()"), "7:1", "RecursionError"),
        (HEAD + "def run(document):\n    return document\n", "1:1", "positional argument"),
        (body("import json\nreturn json.loads('{')"), "7:1", "JSONDecodeError"),
    ],
)
def test_a_pass_that_fails_is_told_at_its_line(code: str, place: str, words: str, tmp_path: Path) -> None:
    ((rule, where, message),) = said_of(tmp_path, code)
    assert (rule, where) == ("pass-failed", f"passes/1.py:{place}")
    assert words in message
    assert "passes/1.py" in message


def test_all_that_cannot_be_loaded_is_told_and_nothing_runs(tmp_path: Path) -> None:
    said = said_of(tmp_path, "1 +", body("raise ValueError"), "API_VERSION = 3")
    assert [place for _, place, _ in said] == ["passes/1.py:1:4", "passes/3.py:1:1"]


@pytest.mark.parametrize(
    ("value", "words"), [("None", "nothing"), ("1", "type int"), ("document.chapters", "type tuple")]
)
def test_what_is_no_document_is_told(value: str, words: str, tmp_path: Path) -> None:
    ((rule, where, message),) = said_of(tmp_path, body(f"return {value}"))
    assert (rule, where) == ("pass-result", "passes/1.py:1:1")
    assert words in message


def test_what_breaks_the_tree_is_told_at_the_node(tmp_path: Path) -> None:
    code = (
        "def change(node):\n"
        "    return replace(node, children=list(node.children)) if isinstance(node, Emphasis) else node\n"
        "return rewrite(document, change)"
    )
    ((rule, where, message),) = said_of(tmp_path, body(code))
    assert (rule, where) == ("pass-result", "one.md:3:6")
    assert "“passes/1.py”" in message
    assert "“children” of a Emphasis is of type list, not a tuple" in message


# ── The rules of the tree ──

AT = Position("a.md")
Change = Callable[[Document], Document]


def sample() -> Document:
    paragraph = Paragraph(children=(Text(text="a", position=AT),), position=AT)
    metadata = tree.Metadata(title="A", language="en", identifier="x", date="2026-01-01")
    note = Callout(kind="tip", identifier="n", children=(paragraph,), position=AT)
    chapter = tree.Chapter(file="a.md", children=(note, paragraph), position=AT)
    return Document(metadata=metadata, chapters=(chapter,), position=AT)


def holding(*blocks: Any) -> Document:
    """Return the sample with these blocks in its chapter."""
    (chapter,) = sample().chapters
    return replace(sample(), chapters=(replace(chapter, children=(*chapter.children, *blocks)),))


def block(make: Callable[..., Node], **values: Any) -> Node:
    return make(**{"position": AT, **values})


TEXT_NODE = Text(text="a", position=AT)
ITEM = tree.ListItem(children=(), position=AT)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (holding("a text"), "“children” of a Chapter holds a value of type str in place 3"),
        (holding(TEXT_NODE), "holds a value of type Text in place 3"),
        (holding(block(Paragraph, children=[TEXT_NODE])), "is of type list, not a tuple"),
        (holding(block(Paragraph, children=(ITEM,))), "holds a value of type ListItem in place 1"),
        (holding(block(Text, text=1)), "type Text in place 3"),
        (holding(block(Callout, kind="pilot", children=())), "“kind” of a Callout is of type str"),
        (holding(block(tree.Heading, level="2", children=())), "“level” of a Heading is of type str"),
        (holding(block(Paragraph, children=(), position=None)), "“position” of a Paragraph is of type NoneType"),
        (holding(block(Paragraph, children=(replace(TEXT_NODE, text="\x00"),))), "holds U+0000"),
        (holding(block(tree.Division, children=(), attributes=(("a", "b", "c"),))), "“attributes” of a Division"),
        (holding(ITEM), "a ListItem stands in a Chapter, not in a List"),
        (holding(block(tree.TableRow, cells=())), "a TableRow stands in a Chapter, not in a Table"),
        (holding(block(tree.RawBlock, text="<b>")), "a RawBlock is new"),
        (holding(block(tree.Division, children=(), identifier="n")), "the identifier “n” is given 2 times"),
        (replace(sample(), chapters=()), "the chapters are no longer those of the book"),
        (replace(sample(), metadata=replace(sample().metadata, title=typing.cast(str, None))), "“title” of a Metadata"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_tree_is_named(made: Document, words: str) -> None:
    found = [message for _, message in faults(sample(), made)]
    assert len(found) == 1
    assert words in found[0]


def test_a_whole_tree_has_no_faults() -> None:
    assert list(faults(sample(), sample())) == []
    assert list(faults(holding(), holding(block(tree.List, items=(ITEM,))))) == []


def test_nodes_of_every_module_can_stand_in_a_tree() -> None:
    reference = block(tree.Reference, name="n", written="@n", form="full", prefix=(TEXT_NODE,))
    link = block(tree.Link, destination="https://example.org", children=(TEXT_NODE,))
    assert list(faults(holding(), holding(block(Paragraph, children=(reference, link))))) == []


def test_an_identifier_that_the_author_doubled_is_not_the_passes_fault() -> None:
    doubled = holding(block(tree.Division, children=(), identifier="n"))
    assert list(faults(doubled, doubled)) == []


def test_no_module_of_a_pass_is_found_by_others(tmp_path: Path) -> None:
    normalised(tmp_path, body("return document"))
    assert not {"passes", "1"} & set(sys.modules)

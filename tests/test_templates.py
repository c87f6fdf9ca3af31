"""The templates: what each gets, and says at its head that it gets; that each may be replaced, and says what is wrong.

The showcase has almost every piece; with a few more it is rendered for all formats, and laid out in none.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, meta, nodes
from markupsafe import Markup
from template_heads import Head, head_of

from octavo.diagnostics import Failure, Report
from octavo.epub import write_epub
from octavo.pdf.book import markup_of
from octavo.pdf.parts import WHOLE
from octavo.recipe import Timings, prepare
from octavo.render.layers import Layer, Layers, shipped, shipped_layers, shipped_themes
from octavo.render.templates import Templates
from octavo.store import VARIABLE
from octavo.web import write_single, write_site

SHOWCASE = Path(__file__).parent / "cases" / "showcase-en" / "source"
FOLDERS = ["templates", *(f"themes/{theme}/templates" for theme in shipped_themes()[1:])]
EVERY = sorted(
    (folder, path.relative_to(shipped(folder)).as_posix())
    for folder in FOLDERS
    for path in shipped(folder).rglob("*")
    if path.suffix and "check" not in path.relative_to(shipped(folder)).parts
)
# What the showcase has none of.
BOOK = """[html]
url = "https://example.org/"
redirects = { "old.html" = "00-preface.md" }
[book]
kind = "book"
publisher = "A House"
abstract = "Short."
"""
MORE = "\n## Questions\n\n### Q1: Why?\n\nA1: Because.\n"
# What all templates get, which is told once in the guide, and what all frames get.
ALL = {"words", "semantics"}
FRAMES = {"metadata"}


def told_of(head: Head) -> set[str]:
    """Return the variables that a head tells of: those with a line each, or else all its words."""
    return set(head.variables or re.findall(r"\w+", head.about))


def text_of(folder: str, name: str) -> str:
    return (shipped(folder) / name).read_text("utf-8")


def parsed(text: str) -> nodes.Template:
    return Environment(autoescape=True).parse(text)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, dict[str, Any]]]:
    """Render a book that has everything for all formats, and return each template with what it was given."""
    folder = tmp_path_factory.mktemp("showcase")
    book = Path(shutil.copytree(SHOWCASE, folder / "book"))
    settings = (book / "octavo.toml").read_text("utf-8")
    (book / "octavo.toml").write_text(settings.replace("[book]\n", BOOK, 1), "utf-8")
    with max(book.glob("*.md")).open("a", encoding="utf-8") as chapter:
        chapter.write(MORE)
    found: list[tuple[str, dict[str, Any]]] = []
    render = Templates.render

    def recorded(self: Templates, name: str, **variables: Any) -> Markup:
        found.append((name, variables))
        return render(self, name, **variables)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Templates, "render", recorded)
        write_everything(book, folder)
    return found


def write_everything(book: Path, folder: Path) -> None:
    edition = prepare(book, Report(), Timings())
    assert edition is not None
    (folder / "site").mkdir()
    write_site(edition, folder / "site")
    write_single(edition, folder / "single.html")
    write_epub(edition, folder / "book.epub", lambda drawing, width, height: None)
    markup_of(edition, WHOLE, {}, {}, {}, "#000", "serif")  # of the PDF


@pytest.fixture(scope="module")
def given(rendered: list[tuple[str, dict[str, Any]]]) -> dict[str, list[set[str]]]:
    """Return the names of what each template was given; one that includes others hands on what it has."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for name, variables in rendered:
        for template in with_included(name):
            found[template].append(set(variables))
    return found


def with_included(name: str) -> Iterator[str]:
    yield name
    for inner in meta.find_referenced_templates(parsed(text_of("templates", name))):
        if inner:
            yield from with_included(inner)


def test_every_template_is_rendered(given: dict[str, list[set[str]]]) -> None:
    assert {name for folder, name in EVERY if folder == "templates"} == set(given)


@pytest.mark.parametrize(("folder", "name"), EVERY)
def test_what_a_template_uses_is_told_at_its_head(folder: str, name: str) -> None:
    text = text_of(folder, name)
    head = head_of(text)
    assert head.about.endswith(".")
    common = ALL | (FRAMES if is_frame(name) else set())
    used = meta.find_undeclared_variables(parsed(text))
    assert used - common <= told_of(head), "a variable a line, at the head: six spaces, its name, a colon, what it is"
    assert not set(head.variables) & common, "told in the guide, once for all"


@pytest.mark.parametrize(("folder", "name"), EVERY)
def test_what_is_told_at_its_head_is_given(folder: str, name: str, given: dict[str, list[set[str]]]) -> None:
    told = set(head_of(text_of(folder, name)).variables)
    common = ALL | (FRAMES if is_frame(name) else set())
    assert [told | common] * len(given[name]) == [(variables & (told | common)) for variables in given[name]]


@pytest.mark.parametrize("name", [name for folder, name in EVERY if folder == "templates"])
def test_all_that_is_given_is_told(name: str, given: dict[str, list[set[str]]]) -> None:
    includers = [other for _, other in EVERY if name in list(with_included(other))[1:]] if name in given else []
    if not includers:  # one that is included gets what others are given
        told = ALL | FRAMES
        for inner in with_included(name):
            told |= told_of(head_of(text_of("templates", inner)))
        assert set().union(*given[name]) - told == set()


def is_frame(name: str) -> bool:
    """Tell whether a template gets what the guide says that frames do."""
    return "/" in name or name in ("abstract.html", "contents.html", "imprint.html", "title.html")


@pytest.mark.parametrize(("folder", "name"), EVERY)
def test_filters_and_tests_are_those_of_jinja(folder: str, name: str) -> None:
    tree = parsed(text_of(folder, name))
    assert {found.name for found in tree.find_all(nodes.Filter)} <= set(Environment().filters)
    assert {found.name for found in tree.find_all(nodes.Test)} <= set(Environment().tests)


@pytest.mark.parametrize(("folder", "name"), EVERY)
def test_macros_name_all_that_they_are_given(folder: str, name: str) -> None:
    tree = parsed(text_of(folder, name))
    macros = {macro.name: len(macro.args) for macro in tree.find_all(nodes.Macro)}
    called = [
        (call.node.name, len(call.args)) for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)
    ]
    assert [(name, count) for name, count in called if name in macros and count != macros[name]] == []
    assert set(macros) <= {name for name, _ in called}


# ── Those of a book ──


def render_with(own: dict[str, str], name: str, variables: dict[str, Any]) -> Markup:
    """Render a template where the book has some of its own."""
    mine = Layer(place="templates", own=True, names=frozenset(own), read=own.get)
    return Templates(Layers((mine, *shipped_layers("templates").layers))).render(name, **variables)


DEFAULTS = [name for folder, name in EVERY if folder == "templates"]


def first_use(name: str, rendered: list[tuple[str, dict[str, Any]]]) -> tuple[str, dict[str, Any]]:
    """Return a template that is rendered by this one, or with it inside, and what it was given."""
    return next((outer, variables) for outer, variables in rendered if name in with_included(outer))


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_fault_in_a_template_is_told_at_its_line(name: str, rendered: list[tuple[str, dict[str, Any]]]) -> None:
    outer, variables = first_use(name, rendered)
    for fault in ("{{ nowhere }}", "{% nowhere %}", '{% include "octavo/nowhere" %}', "{{ 1 / 0 }}"):
        with pytest.raises(Failure) as raised:
            render_with({name: f"{text_of('templates', name)}\n\n{fault}"}, outer, variables)
        lines = text_of("templates", name).count("\n") + 3
        assert str(raised.value.diagnostic.position) == f"templates/{name}:{lines}:1"


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_template_stands_upon_ours(name: str, rendered: list[tuple[str, dict[str, Any]]]) -> None:
    outer, variables = first_use(name, rendered)
    ours = render_with({}, outer, variables)
    for way in (f'{{% include "octavo/{name}" %}}', f'{{% extends "octavo/{name}" %}}'):
        assert "".join(render_with({name: way}, outer, variables).split()) == "".join(ours.split())


def test_a_template_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(Failure) as raised:
        render_with({"task.html": '{% include "octavo/tusk.html" %}'}, "task.html", {})
    assert raised.value.diagnostic.message.endswith("below this one there is no template “tusk.html”")
    assert raised.value.diagnostic.hint == "did you mean “task.html”?"


# ── What is kept ──


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    own = {"one.html": "\n{{ word }}\n", "two.html": "\n{{ word }}!\n"}
    assert render_with(own, "one.html", {"word": "a"}) == "a"
    with monkeypatch.context() as patch:
        patch.setattr(Environment, "compile", lambda *arguments: pytest.fail("it was compiled again"))
        assert render_with(own, "one.html", {"word": "<"}) == "&lt;"
        with pytest.raises(Failure) as failed:
            render_with(own, "one.html", {})
    assert str(failed.value.diagnostic.position) == "templates/one.html:2:1"
    assert render_with(own | {"one.html": own["two.html"]}, "one.html", {"word": "a"}) == "a!"
    assert render_with(own, "two.html", {"word": "a"}) == "a!"

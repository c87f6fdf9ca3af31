"""Themes: where templates and sheets are looked for, what stands upon what, and that every theme of ours is sound."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from test_styles import LANGUAGES, WITH_VALUES, faults, weasyprint_says
from token_formats import DARK, SHEETS, token_formats

from octavo.book import read_book
from octavo.diagnostics import Report
from octavo.recipe import FORMATS, Timings, build, prepare
from octavo.render.edition import Edition
from octavo.render.layers import BELOW, layers_of, shipped, shipped_layers, shipped_themes
from octavo.render.styles import Styles

THEMES = shipped_themes()[1:]
CONFIGURATION = '[book]\ntitle = "Ink"\nlanguage = "en"\ndate = 2026-11-23\n[theme]\nname = "{}"\n'
HEADING = '{% extends "octavo/heading.html" %}'


def write(folder: Path, theme: str, **files: str) -> Path:
    """Write a book with a theme and other files; in their names `__` stands for a slash, `_` for the point."""
    written = {"octavo.toml": CONFIGURATION.format(theme), "one.md": "# One\n\nInk.\n"}
    for name, text in {
        **written,
        **{key.replace("__", "/").replace("_", "."): text for key, text in files.items()},
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def edition_of(folder: Path) -> Edition:
    report = Report()
    edition = prepare(folder, report, Timings())
    assert [str(found) for found in report] == []
    assert edition is not None
    return edition


def said(folder: Path) -> list[str]:
    """Return what is said of a book before any format is written, each with its hint."""
    report = Report()
    prepare(folder, report, Timings())
    return [f"{found.position}: {found.rule.identifier}: {found.message}; {found.hint}" for found in report]


# ── The order ──


def test_the_book_comes_before_its_theme_and_that_before_ours(tmp_path: Path) -> None:
    write(
        tmp_path,
        "harbour",
        themes__harbour__styles__site_css="",
        themes__harbour__styles__epub_css="",
        styles__epub_css="",
    )
    layers = layers_of(read_book(tmp_path, Report()), "styles")
    found = {name: layers.find(f"{name}.css") for name in ("epub", "site", "book")}
    assert {name: each and (each.file, each.own) for name, each in found.items()} == {
        "epub": ("styles/epub.css", True),
        "site": ("themes/harbour/styles/site.css", True),
        "book": ("styles/book.css", False),
    }


def test_a_theme_of_the_book_comes_before_ours_of_that_name(tmp_path: Path) -> None:
    write(tmp_path, "modern", themes__modern__styles__site_css="p { color: red }")
    style = edition_of(tmp_path).styles.with_tokens("site")
    assert style == "p { color: red }"


def test_each_sheet_stands_upon_the_one_below(tmp_path: Path) -> None:
    mine = '/* mine */ @import "octavo/epub.css";\np { color: red }\n'
    write(tmp_path, "modern", styles__epub_css=mine)
    filled = edition_of(tmp_path).styles.filled("epub")
    assert [(part.file, part.own) for part in filled] == [
        ("styles/epub.css", False),
        ("themes/modern/styles/epub.css", False),
        ("styles/epub.css", True),
    ]
    assert filled[-1].text == "/* mine */ " + " " * 26 + "\np { color: red }\n"


def test_a_sheet_that_imports_nothing_stands_alone(tmp_path: Path) -> None:
    write(tmp_path, "modern", styles__epub_css="p { color: red }")
    assert [part.file for part in edition_of(tmp_path).styles.filled("epub")] == ["styles/epub.css"]


def test_each_template_stands_upon_the_one_below(tmp_path: Path) -> None:
    write(
        tmp_path,
        "harbour",
        templates__task_html='<b>{% include "octavo/task.html" %}</b>',
        themes__harbour__templates__task_html='<i>{% include "octavo/task.html" %}</i>',
    )
    made = edition_of(tmp_path).templates.render("task.html", done=True, text="Done")
    assert made.startswith('<b><i><span class="task done"') and made.endswith("</span> </i></b>")


def test_what_the_one_below_includes_is_the_uppermost(tmp_path: Path) -> None:
    write(
        tmp_path,
        "default",
        templates__notes_html='{% include "octavo/notes.html" %}{% include "task.html" %}',
        templates__task_html="<u>{{ label }}</u>",
    )
    made = edition_of(tmp_path).templates.render("notes.html", label="Notes", items=[])
    assert made.endswith("<u>Notes</u>")


# ── What is said ──


@pytest.mark.parametrize(
    ("theme", "hint"),
    [
        ("modren", "did you mean “modern”?"),
        ("harbor", "did you mean “harbour”?"),
        ("../modern", "did you mean “modern”?"),
        ("xyz", "these come with Octavo: default, modern; one of the book's own is a folder in themes/"),
    ],
)
def test_a_theme_that_nobody_has(theme: str, hint: str, tmp_path: Path) -> None:
    write(tmp_path, theme, themes__harbour__styles__site_css="")
    assert said(tmp_path) == [f"octavo.toml:6:8: theme-unknown: there is no theme “{theme}”; {hint}"]


def test_files_of_a_theme_of_the_book_are_looked_at_like_its_own(tmp_path: Path) -> None:
    write(
        tmp_path,
        "harbour",
        themes__harbour__README_md="About it.",
        themes__harbour__styles__site_css="p { color red }\nh1 { background: url(none.png) }\n",
        themes__harbour__styles__web_css="",
        themes__harbour__templates__headings_html="",
    )
    assert [line.partition(";")[0] for line in said(tmp_path)] == [
        "themes/harbour/styles/site.css:1:14: style-broken: what ends here is neither a declaration nor a rule of CSS",
        "themes/harbour/styles/site.css:2:18: image-not-found: there is no file “themes/harbour/styles/none.png”",
        "themes/harbour/styles/web.css:1:1: file-not-used: "
        "Octavo has no style sheet of this name, so nothing asks for it",
        "themes/harbour/templates/headings.html:1:1: file-not-used: "
        "Octavo has no template of this name, so nothing asks for it",
    ]


def test_a_chapter_about_themes_is_a_chapter(tmp_path: Path) -> None:
    write(tmp_path, "default", themes__love_md="# Love", themes__sea__wind_md="# Wind", themes__x__styles__a_md="")
    assert [chapter.path for chapter in read_book(tmp_path, Report()).chapters] == [
        "one.md", "themes/love.md", "themes/sea/wind.md",
    ]  # fmt: skip


BELOW_IT = 'above all its rules, @import "octavo/site.css"; puts the sheet of its name below it'


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        ('@import "octavo/book.css";', BELOW_IT),
        ('p {}\n@import "octavo/site.css";', BELOW_IT),
        ('@import "octavo/site.css" print;', BELOW_IT),
        ('@import "site.css";', "write what it holds into this sheet"),
    ],
)
def test_nothing_else_is_imported(rule: str, hint: str, tmp_path: Path) -> None:
    write(tmp_path, "default", styles__site_css=rule)
    (line,) = said(tmp_path)
    assert "style-broken" in line and line.endswith(f"; {hint}")


# ── Those of ours ──


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_changes_the_files_of_the_default(theme: str) -> None:
    for folder in ("templates", "styles"):
        lower = shipped_layers(folder).layers[-1]
        upper = shipped_layers(folder, theme).layers[0]
        assert upper.names and upper.names <= lower.names
        if folder == "styles":
            texts = {name: upper.read(name) or "" for name in upper.names}
            assert [name for name, text in texts.items() if not text.startswith(f'@import "{BELOW}{name}";')] == []
            assert [name for name, text in texts.items() if re.search(r"url\((?!\"data:)", text)] == []
    assert (shipped("themes") / "LICENSE").read_text() == (shipped("styles") / "LICENSE").read_text()


@pytest.mark.parametrize(("theme", "language"), list(product(THEMES, LANGUAGES)))
def test_the_sheets_of_a_theme_are_understood(theme: str, language: str, caplog: pytest.LogCaptureFixture) -> None:
    styles = Styles(language, {}, shipped_layers("styles", theme))
    for names in WITH_VALUES:
        text = styles.with_values(*names, "extra")
        assert faults(text) == []
        assert re.findall(r"var\([^)]*\)|:root\b|@import", text) == []
    if language in ("en", "zh-CN"):
        assert weasyprint_says(text, caplog) == []
    for names in (("tokens", "book", "site", "extra"), ("dark",)):
        site = styles.with_tokens(*names)
        assert faults(site) == []
        assert "@import" not in site


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_asks_for_no_font_that_the_default_does_without(theme: str) -> None:
    roles = ("serif", "sans", "kai", "mono")
    for language in LANGUAGES:
        ours, theirs = (Styles(language, {}, shipped_layers("styles", name)) for name in ("default", theme))
        known = {family for role in roles for family in ours.token(role, "tokens", "print").split(", ")}
        asked = {family for role in roles for family in theirs.token(role, "tokens", "print").split(", ")}
        assert asked <= known


# ── Tokens ──

MARK = "not-a-value-that-a-sheet-has"


@pytest.mark.parametrize("theme", shipped_themes())
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_token_arrives_in_the_formats_that_the_guide_names(theme: str, language: str) -> None:
    layers = shipped_layers("styles", theme)
    formats = token_formats(theme)
    assert [token for token, names in formats.items() if not names] == []
    arrived = {}
    for token in formats:
        styles = Styles(language, {token: MARK}, layers)
        arrived[token] = [name for name, sheets in SHEETS.items() if MARK in styles.with_values(*sheets)]
        if "site" not in arrived[token] and MARK in styles.with_values(*DARK):
            arrived[token].insert(0, "site")
        assert styles.with_tokens(*SHEETS["site"]).endswith(f"\n:root:root:root {{ --{token}: {MARK}; }}\n")
    # What only another language uses is no more than the guide says of all.
    assert all(set(names) <= set(formats[token]) for token, names in arrived.items())
    by_language = {
        token for token, names in arrived.items() if names != [name for name in formats[token] if name in SHEETS]
    }
    assert by_language <= {"kai", "serif", "sans"}


def test_the_sheets_of_each_format_are_those_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, list[tuple[str, ...]]] = {}
    for name in ("with_tokens", "with_values", "filled"):
        monkeypatch.setattr(Styles, name, recorded(getattr(Styles, name), asked, name))
    write(tmp_path, "default")
    report = Report()
    build(tmp_path, tmp_path / "dist", FORMATS, report, Timings())
    without = {key: tuple(name for name in sheets if name != "formulas") for key, sheets in SHEETS.items()}
    assert without["site"] in asked["with_tokens"]
    assert without["EPUB"] in asked["with_values"]
    assert without["PDF"] in [tuple(name for name in names if "{" not in name) for names in asked["filled"]]


def recorded(method: Callable[..., Any], asked: dict[str, list[tuple[str, ...]]], key: str) -> Callable[..., Any]:
    def called(self: Styles, *names: str, **options: Any) -> Any:
        asked.setdefault(key, []).append(names)
        return method(self, *names, **options)

    return called

"""Whatever is put in: a book, or one clear error with its place, status 1, and earlier outputs as they were."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from octavo.check import check_outputs
from octavo.diagnostics import Diagnostic, Report, Rule, Severity
from octavo.publish import MARK
from octavo.recipe import FORMATS, FormatName, Timings, build, prepare

CONFIGURATION = '[book]\ntitle = "A book"\nlanguage = "en"\ndate = 2025-01-01\nslug = "book"\n'
CHAPTER = "# One\n\nText.\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{}</title></svg>\n'
QUICK: tuple[FormatName, ...] = ("html", "epub")

Sources = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Bench:
    """Build small books in one place."""

    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "source"

    @property
    def output(self) -> Path:
        return self.folder / "dist"

    def write(self, files: Sources, configuration: str = CONFIGURATION) -> None:
        for name, content in {"octavo.toml": configuration, **files}.items():
            path = self.source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def build(self, *formats: FormatName) -> list[Diagnostic]:
        """Build what was written, and return what was said."""
        report = Report()
        build(self.source, self.output, formats or QUICK, report, Timings())
        return list(report)

    def refuses(self, *formats: FormatName) -> list[Diagnostic]:
        """Build over an earlier build, expect errors that change nothing of it, and return them."""
        self._build_earlier()
        before = self._tree()
        found = [each for each in self.build(*formats) if each.rule.severity is Severity.ERROR]
        assert found
        assert self._tree() == before
        return found

    def takes(self, *formats: FormatName) -> dict[str, str]:
        """Build without an error, check the outputs, and return the text of each page by its name."""
        found = self.build(*formats)
        assert [each for each in found if each.rule.severity is Severity.ERROR] == []
        report = Report()
        edition = prepare(self.source, Report(), Timings())
        assert edition is not None
        check_outputs(edition, self.output, report)
        assert list(report) == []
        return self._pages()

    def _build_earlier(self) -> None:
        (self.output / "site").mkdir(parents=True)
        for name in ("book.html", "book.pdf", "book.epub", "site/index.html", f"site/{MARK}"):
            (self.output / name).write_text("of an earlier build")

    def _tree(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.output.rglob("*") if path.is_file()}

    def _pages(self) -> dict[str, str]:
        pages = {path.name: path.read_text("utf-8") for path in self.output.rglob("*.html")}
        for path in self.output.glob("*.epub"):
            with ZipFile(path) as archive:
                names = [name for name in archive.namelist() if name.endswith((".xhtml", ".svg", ".opf", ".ncx"))]
                pages |= {Path(name).name: archive.read(name).decode() for name in names}
        for page in pages.values():
            ElementTree.fromstring(page)
        return pages


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def said(found: list[Diagnostic]) -> list[str]:
    return [f"{each.position}: {each.message} [{each.rule}]" for each in found]


# Books that are no books


def test_an_empty_folder(bench: Bench) -> None:
    bench.source.mkdir()
    assert said(bench.refuses()) == ["None: “source” holds no chapter [book-empty]"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "---\ntitle: A\n---\n", "\ufeff"], ids=["nothing", "lines", "yaml", "BOM"]
)
def test_a_book_without_text(bench: Bench, text: str) -> None:
    bench.write({"one.md": text, "two.md": ""})
    assert said(bench.refuses()) == ["one.md:1:1: the book holds no text [book-empty]"]


def test_an_empty_file_beside_others_is_a_chapter_without_text(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER, "two.md": ""})
    pages = bench.takes()
    assert '<h1 id="two">two</h1>' in pages["two.html"]


def test_files_that_are_no_text(bench: Bench) -> None:
    noise = random.Random(1).randbytes(5000)
    bench.write({"one.md": noise, "two.md": "第一章".encode("utf-16"), "three.md": b"ok\n\xff\n"})
    found = bench.refuses()
    assert {each.rule for each in found} == {Rule.NOT_UTF8}
    assert [str(each.position) for each in found] == ["one.md:1:1", "three.md:2:1", "two.md:1:1"]


def test_a_binary_that_happens_to_be_utf8(bench: Bench) -> None:
    bench.write({"one.md": bytes(range(128)) * 3})
    pages = bench.takes()
    assert "\x00" not in pages["one.html"]


def test_a_file_that_cannot_be_read(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER})
    (bench.source / "two.md").symlink_to("two.md")
    assert [each.rule for each in bench.refuses()] == [Rule.FILE_UNREADABLE]


# Configuration and front matter


@pytest.mark.parametrize(
    ("configuration", "place"),
    [
        ("[book\n", "octavo.toml:1:6"),
        ('[book]\ntitle = "A\n', "octavo.toml:2:11"),
        ("[book]\ntitle = 'A'\ntitle = 'B'\n", "octavo.toml:3:12"),
        ("\x00", "octavo.toml:1:1"),
        ("[" * 5000, "octavo.toml:1:101"),
        ("a = " + "[" * 5000 + "]" * 5000, "octavo.toml:1:105"),
    ],
    ids=["header", "string", "twice", "nul", "brackets", "nested"],
)
def test_broken_toml(bench: Bench, configuration: str, place: str) -> None:
    bench.write({"one.md": CHAPTER}, configuration)
    (found,) = bench.refuses()
    assert (found.rule, str(found.position)) == (Rule.CONFIGURATION_SYNTAX, place)


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("title: [a", "one.md:2:10"),
        ("\tkey: x", "one.md:2:1"),
        ("a: &x [*x]", "one.md:2:4"),
        ("- a\n- b", "one.md:2:1"),
        ("? [a]\n: b", "one.md:2:3"),
    ],
)
def test_broken_front_matter(bench: Bench, front: str, place: str) -> None:
    bench.write({"one.md": f"---\n{front}\n---\n\n{CHAPTER}"})
    (found,) = bench.refuses()
    assert (found.rule, str(found.position)) == (Rule.FRONT_MATTER_SYNTAX, place)


def test_every_missing_chapter_is_named(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER}, CONFIGURATION + 'chapters = [\n  "oen.md",\n  "two.md",\n]\n')
    assert said(bench.refuses()) == [
        "octavo.toml:7:3: there is no file “oen.md” [file-missing]",
        "octavo.toml:8:3: there is no file “two.md” [file-missing]",
    ]


@pytest.mark.parametrize("path", ["../secret.md", "/etc/hostname", "a/../../secret.md", "out.md"])
def test_a_chapter_that_leaves_the_book(bench: Bench, path: str) -> None:
    (bench.folder / "secret.md").write_text("secret")
    bench.write({"one.md": CHAPTER, "a/two.md": CHAPTER}, CONFIGURATION + f'chapters = ["{path}"]\n')
    (bench.source / "out.md").symlink_to(bench.folder / "secret.md")
    (found,) = bench.refuses()
    assert (found.rule, str(found.position)) == (Rule.FILE_OUTSIDE_BOOK, "octavo.toml:6:13")


@pytest.mark.parametrize(
    "source", ["../secret.png", "/etc/hostname", "%2e%2e/secret.png", "out.png", "a/../../secret.png"]
)
def test_a_picture_that_leaves_the_book(bench: Bench, source: str) -> None:
    (bench.folder / "secret.png").write_text("secret")
    bench.write({"one.md": f"# One\n\nA ![picture]({source})\n"})
    (bench.source / "out.png").symlink_to(bench.folder / "secret.png")
    (found,) = bench.refuses()
    assert (found.rule, str(found.position)) == (Rule.FILE_OUTSIDE_BOOK, "one.md:3:3")


def test_a_cover_that_is_not_there(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER}, CONFIGURATION + 'cover = "cvoer.svg"\n')
    (found,) = bench.refuses()
    assert (found.rule, str(found.position)) == (Rule.IMAGE_NOT_FOUND, "octavo.toml:6:9")


def test_a_cover_that_is_no_picture(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER, "cover.png": "no picture"}, CONFIGURATION + 'cover = "cover.png"\n')
    (found,) = bench.refuses()
    assert (found.rule, str(found.position)) == (Rule.IMAGE_UNUSABLE, "octavo.toml:6:9")


# Templates, styles, tokens


@pytest.mark.parametrize(
    ("template", "place", "words"),
    [
        ("<p>\n{% if %}</p>", "heading.html:2", "Expected an expression"),
        ("<p>\n\n{{ nobody.name }}</p>", "heading.html:3", "'nobody' is undefined"),
        ("\n{{ heading.nothing }}", "heading.html:2", "no attribute 'nothing'"),
        ('a {% include "heading.html" %}', "heading.html:1", "includes or calls itself"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "heading.html:1", "includes or calls itself"),
        ('{% extends "heading.html" %}', "heading.html:1", "includes or calls itself"),
        ('a\n{% include "part.html" %}', "part.html:3", "division by zero"),
        ('a\n{% include "gone.html" %}', "heading.html:2", "there is no template “gone.html”"),
        ("{{ text | frobnicate }}", "heading.html:1", "No filter named 'frobnicate'"),
        ("{{ lipsum.__globals__ }}", "heading.html:1", "unsafe"),
        ("{{ range(10000000) | list }}", "heading.html:1", "Range too big"),
    ],
)
def test_a_template_that_fails(bench: Bench, template: str, place: str, words: str) -> None:
    bench.write({"one.md": CHAPTER, "templates/heading.html": template, "templates/part.html": "a\n\n{{ 1 / 0 }}\n"})
    (found,) = bench.refuses()
    assert found.rule is Rule.TEMPLATE_FAILED
    assert words in found.message
    assert str(found.position) == f"templates/{place}:1"


@pytest.mark.parametrize(
    "template",
    [
        'a {% include "heading.html" %}',
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        '{% extends "heading.html" %}',
    ],
)
def test_a_template_without_end_is_reported_at_once(bench: Bench, template: str) -> None:
    bench.write({"one.md": CHAPTER, "templates/heading.html": template})
    start = process_time()
    assert [found.rule for found in bench.refuses()] == [Rule.TEMPLATE_FAILED]
    assert process_time() - start < 3  # as deep as the tree may go, it took half a minute


def test_templates_may_call_one_another_as_deep_as_anybody_wants(bench: Bench) -> None:
    deep = "{% macro m(n) %}{% if n %}<b>{{ m(n - 1) }}</b>{% endif %}{% endmacro %}{{ m(50) }}"
    heading = f"<h1{{{{ attributes }}}}>{{{{ text }}}}{deep}</h1>"
    bench.write({"one.md": CHAPTER, "templates/heading.html": heading})
    bench.takes("html")


@pytest.mark.parametrize("format", ["html", "pdf", "epub"])
@pytest.mark.parametrize(
    ("name", "template", "place"),
    [
        ("heading.html", "<h1><b>{{ text }}</h1>", "templates/heading.html:1:1"),
        ("heading.html", "<h1><b><i>{{ text }}</b></i></h1>", "templates/heading.html:1:1"),
        ("heading.html", "<h1>{{ text }}</h1></section>", "templates/heading.html:1:1"),
        ("heading.html", "<h1>{{ text }}<br></h1>", "templates/heading.html:1:1"),
        ("heading.html", "<h1 hidden>{{ text }}</h1>", "templates/heading.html:1:1"),
        ("heading.html", "<h1>{{ text }}&nbsp;</h1>", "templates/heading.html:1:1"),
    ],
)
def test_a_template_whose_markup_is_not_well_formed(
    bench: Bench, format: FormatName, name: str, template: str, place: str
) -> None:
    bench.write({"one.md": CHAPTER, f"templates/{name}": template})
    (found,) = bench.refuses(format)
    assert found.rule is Rule.TEMPLATE_FAILED
    assert "not well-formed" in found.message
    assert str(found.position) == place
    assert ("names of HTML" in (found.hint or "")) == ("&nbsp;" in template)


@pytest.mark.parametrize("name", ["site/head.html", "site/page.html", "site/single.html"])
def test_a_page_that_is_not_well_formed(bench: Bench, name: str) -> None:
    template = "<meta>" if name == "site/head.html" else "<!DOCTYPE html><html lang='en'><p></html>"
    bench.write({"one.md": CHAPTER, f"templates/{name}": template})
    (found,) = bench.refuses("html")
    assert found.rule is Rule.TEMPLATE_FAILED
    assert "not well-formed" in found.message


def test_a_piece_may_be_text_or_several_elements(bench: Bench) -> None:
    heading = "before <h1{{ attributes }}>{{ text }}</h1><p>after</p>"
    bench.write({"one.md": CHAPTER, "templates/heading.html": heading})
    bench.takes("epub")


HEADING = "<h1{{ attributes }}>{{ text }}</h1>"


@pytest.mark.parametrize(
    ("files", "unused"),
    [
        ({"templates/heading.html": HEADING, "templates/site/head.html": ""}, []),
        ({"templates/heading.html": HEADING + '{% include "a.html" %}', "templates/a.html": ""}, []),
        (
            {
                "templates/heading.html": '{% from "a/b.jinja" import m %}' + HEADING,
                "templates/a/b.jinja": '{% extends "c" %}',
                "templates/c": "{% macro m() %}{% endmacro %}",
            },
            [],
        ),
        ({"templates/heading.html": HEADING + "{% include ['x', 'y'] ignore missing %}", "templates/x": ""}, []),
        ({"templates/heading.html": '{% set n = "a" %}{% include n %}' + HEADING, "templates/a": ""}, []),
        ({"templates/a": '{% include "b" %}', "templates/b": '{% include "a" %}'}, ["templates/a", "templates/b"]),
        ({"templates/a": "{% broken"}, ["templates/a"]),
        ({"templates/page.html": ""}, ["templates/page.html"]),
        ({"templates/README.md": "# Why", "templates/LICENSE": "", "templates/.keep": ""}, []),
        ({"styles/site.css": "", "styles/paper.png": "", "styles/LICENSE": ""}, []),
        ({"styles/site.scss": "", "styles/site/site.css": ""}, ["styles/site.scss", "styles/site/site.css"]),
        ({"styles/Site.css": ""}, ["styles/Site.css"]),
    ],
)
def test_files_that_nothing_asks_for(bench: Bench, files: dict[str, str], unused: list[str]) -> None:
    bench.write({"one.md": CHAPTER, **files})
    found = bench.build("html")
    assert [str(each.rule) for each in found] == ["file-not-used"] * len(unused)
    assert [each.position.file for each in found if each.position] == unused


def test_folders_of_templates_that_lead_elsewhere_are_not_searched(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER})
    (bench.source / "templates").symlink_to("/")
    (bench.source / "styles").symlink_to("..")
    assert {each.rule for each in bench.build("html")} == {Rule.FILE_OUTSIDE_BOOK}


def test_a_template_that_is_no_text(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER, "templates/heading.html": b"\xff"})
    assert said(bench.refuses()) == ["templates/heading.html:1:1: byte 0xFF is not UTF-8 [not-utf8]"]


def test_styles_that_are_broken(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER, "styles/site.css": "p { color: red; }\n\nh1 { color; }\n"})
    (found,) = bench.refuses()
    assert (found.rule, found.position and found.position.file, found.position and found.position.line) == (
        Rule.STYLE_BROKEN,
        "styles/site.css",
        3,
    )


def test_styles_without_the_tokens_of_the_layout(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER, "styles/print.css": "p { color: red; }\n"})
    (found,) = bench.refuses("pdf")
    assert (found.rule, found.message) == (
        Rule.STYLE_BROKEN,
        "no sheet gives a value to the token “serif”, which the layout needs",
    )


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        ('acent = "red"', "octavo.toml:7:9: there is no token “acent” [token-unknown]"),
        ('accent = "var(--accent)"', "octavo.toml:7:10: the token “accent” is made of itself [configuration-value]"),
        (
            'accent = "var(--non)"',
            "octavo.toml:7:10: the token “accent” is made of “non”, which has no value [configuration-value]",
        ),
    ],
)
def test_a_token_without_a_value(bench: Bench, theme: str, expected: str) -> None:
    bench.write({"one.md": CHAPTER}, f"{CONFIGURATION}[theme]\n{theme}\n")
    assert said(bench.refuses()) == [expected]


def test_tokens_in_a_circle(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER}, f'{CONFIGURATION}[theme]\naccent = "var(--soft)"\nsoft = "var(--accent)"\n')
    assert {each.rule for each in bench.refuses()} == {Rule.CONFIGURATION_VALUE}


def test_tokens_that_grow_without_measure(bench: Bench) -> None:
    names = ["accent", "ink", "soft", "rule", "tint", "code-comment", "code-string", "code-name"]
    tokens = [f'{name} = "{f"var(--{other}) " * 20}"' for name, other in zip(names, [*names[1:], "paper"], strict=True)]
    bench.write({"one.md": CHAPTER}, CONFIGURATION + "[theme]\n" + "\n".join(tokens) + "\n")
    assert {each.rule for each in bench.refuses()} == {Rule.CONFIGURATION_VALUE}


def test_a_token_of_one_format_is_known_to_all(bench: Bench) -> None:
    bench.write({"one.md": CHAPTER}, f'{CONFIGURATION}[theme]\nnext_indent = "2em"\n')
    bench.takes()


# Size and depth


def emphasis(depth: int) -> str:
    half = depth // 2
    return "*a **b " * half + "x" + "** c*" * half


@pytest.mark.canary
@pytest.mark.parametrize("text", ["> " * 256 + "deep", emphasis(256)], ids=["blocks", "inlines"])
def test_256_levels_are_built(bench: Bench, text: str) -> None:
    bench.write({"one.md": f"# One\n\n{text}\n"})
    bench.takes(*FORMATS)


@pytest.mark.parametrize(
    "text",
    [
        "> " * 300 + "deep",
        emphasis(300),
        "\n".join("  " * level + "- x" for level in range(300)),
        "![" * 300 + "](x)" * 300,
    ],
    ids=["blocks", "inlines", "lists", "images"],
)
def test_300_levels_are_an_error(bench: Bench, text: str) -> None:
    bench.write({"one.md": f"# One\n\n{text}\n"})
    (found,) = bench.refuses()
    assert found.rule is Rule.NESTING_TOO_DEEP
    assert found.position and found.position.line >= 3


@pytest.mark.parametrize("mark", ["[", "![", "*", "**_", "<", "`", "> - ", "(", "~~", "[^", "^[", "|", "&#", "\\", "$"])
def test_ten_thousand_marks_that_mean_nothing(bench: Bench, mark: str) -> None:
    bench.write({"one.md": f"# One\n\n{mark * 10_000}\n"})
    errors = [each.rule for each in bench.build("html") if each.rule.severity is Severity.ERROR]
    assert set(errors) <= {Rule.NESTING_TOO_DEEP}


@pytest.mark.canary
def test_a_table_of_two_hundred_columns(bench: Bench) -> None:
    row = "|" + "a|" * 200
    bench.write({"one.md": f"# One\n\n{row}\n|{'-|' * 200}\n{row}\n{row}\n"})
    pages = bench.takes(*FORMATS)
    assert pages["one.html"].count("<td>") == 400


@pytest.mark.canary
def test_a_very_long_word_and_line(bench: Bench) -> None:
    bench.write({"one.md": f"# One\n\n{'x' * 20_000}\n\n{'word ' * 4000}\n\n`{'y' * 5000}`\n\n    {'z' * 5000}\n"})
    bench.takes(*FORMATS)


# Characters


def test_control_characters_are_removed(bench: Bench) -> None:
    bench.write({"one.md": "# O\x07ne\n\nA\x00b\x0bc\x1b[31md\x7f\x85e\ufffe\n\n`\x01`\n"})
    assert "Abc[31md" in bench.takes()["one.html"]
    assert [str(each.position) for each in bench.build("html") if each.rule is Rule.CHARACTER_REMOVED] == [
        "one.md:1:4",
        "one.md:3:2",
        "one.md:3:4",
        "one.md:3:6",
        "one.md:3:15",
        "one.md:5:2",
    ]


ODD = {
    "right to left": "# שלום\n\nהוא אמר *שלום* ו־`x`.\n",
    "combining": "# e\u0301te\u0301\n\ne\u0301 Z\u0351\u036b\u0343\n",
    "surrogates": "# \U00020bb7\n\n\U00020bb7野家 \U0001f600\n",
    "joiners": "# \u200b\u200d\n\na\u00adb\u2060c\ufeffd\u202ee\u202c\n",
    "private": "# \ue000\n\n\U0010fffd\n",
    "spaces": "# \u3000全角\u3000\n\n\u00a0a\u2003b\u2028c\u2029d\n",
    "emoji": "# 👩‍👩‍👧‍👦\n\n🇨🇳 1️⃣\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_characters_are_built(bench: Bench, text: str) -> None:
    bench.write({"one.md": text})
    bench.takes()


def test_a_character_that_no_font_has_stops_the_pdf_alone(bench: Bench) -> None:
    bench.write({"one.md": "# One\n\nA *smile 😀* and 😀.\n"})
    bench.takes()
    assert said([each for each in bench.build("pdf") if each.rule.severity is Severity.ERROR]) == [
        "one.md:3:10: no font of the theme has “😀” (U+1F600) [glyph-missing]"
    ]


# Odd text


@pytest.mark.canary
def test_headings_that_are_hardly_headings(bench: Bench) -> None:
    text = (
        "# ![A harbour](a.svg)\n\nText.\n\n# [^n]\n\nText.\n\n#\n\nText.\n\n# `code`\n\n# !!!\n\n# 1\n\n"
        "# A [link](#1), a note[^n], `co<de` & *more* {#own}\n\n[^n]: A note.\n"
    )
    bench.write({"one.md": text, "a.svg": DRAWING.format("A")})
    pages = bench.takes(*FORMATS)
    assert '<span class="text">A link, a note, <code>co&lt;de</code> &amp; <em>more</em></span>' in pages["index.html"]
    assert '<span class="text">A harbour</span>' in pages["index.html"]


@pytest.mark.canary
def test_empty_items_and_cells(bench: Bench) -> None:
    text = (
        "# One\n\n-\n- a\n-\n\n1.\n\n2. b\n\n| | a |\n|-|-|\n| | |\n|\n\n>\n\n"
        "> [!NOTE]\n\n- [ ]\n- [x] b\n\nterm\n: \n\n```\n```\n"
    )
    bench.write({"one.md": text})
    bench.takes(*FORMATS)


@pytest.mark.canary
def test_a_note_in_a_heading_and_one_that_calls_itself(bench: Bench) -> None:
    text = (
        "# One[^a]\n\n## Two^[Inline[^a].]\n\nText[^b].\n\n[^a]: Calls itself[^a].\n[^b]: To c[^c].\n[^c]: To b[^b].\n"
    )
    bench.write({"one.md": text})
    pages = bench.takes(*FORMATS)
    assert "[^" not in "".join(pages.values())


@pytest.mark.canary
def test_notes_in_every_place(bench: Bench) -> None:
    text = (
        "# One\n\n> Quote[^q]\n>\n> [^q]: In the quotation.\n\n- Item[^i]\n\n  [^i]: In the item.\n\n"
        "| a[^t] |\n|---|\n| b[^t] |\n\nTerm[^d]\n: Said[^d]\n\n> [!TIP]\n> Tip[^d]\n\n"
        "*em[^t]* **[^t]** ~~x[^t]~~ [l[^t]](#one)\n\n"
        "[^t]: Of the table.\n[^d]: Of the term.\n"
    )
    bench.write({"one.md": text})
    bench.takes(*FORMATS)


# Names of files


@pytest.mark.canary
def test_names_with_spaces_signs_and_han(bench: Bench) -> None:
    names = ["a b.md", "50% of#it.md", "第一章 & 二.md", "ü'\".md", "x?y=1.md", "sub dir/é.md"]
    chapters = {
        name: f"# Chapter {number}\n\n[next](<{quoted(names[number % len(names)])}>) ![p](<{quoted(picture(name))}>)\n"
        for number, name in enumerate((name.rpartition("/")[2] for name in names), 1)
    }
    del chapters["é.md"]
    chapters["sub dir/é.md"] = (
        f"# Chapter 6\n\n[first](<../{quoted(names[0])}>) ![p](<../{quoted(picture('a b.md'))}>)\n"
    )
    pictures = {picture(name): DRAWING.format(number) for number, name in enumerate(names[:-1])}
    bench.write({**chapters, **pictures})
    pages = bench.takes(*FORMATS)
    assert sum('href="a-b.html">first</a>' in page for page in pages.values()) == 1


def picture(name: str) -> str:
    return name.replace(".md", ".svg")


def quoted(name: str) -> str:
    """Write a name as a link needs it."""
    return name.replace("%", "%25").replace("#", "%23").replace("?", "%3F")


def test_names_that_become_one_slug(bench: Bench) -> None:
    names = ["A b.md", "a-b.md", "a_b.md", "ā b.md"]
    bench.write({name: f"# Same\n\nText of {number}. [here](#same)\n" for number, name in enumerate(names)})
    pages = bench.takes()
    assert sum(f"Text of {number}." in page for page in pages.values() for number in range(4)) == 12


def test_chapters_that_are_called_like_files_of_the_formats(bench: Bench) -> None:
    names = ["index", "nav", "cover", "title", "toc", "content", "style", "octavo", "images", "site", "con"]
    bench.write({f"{name}.md": f"# {name}\n\nText of {name}.\n" for name in names})
    pages = bench.takes()
    for name in names:
        assert sum(f"<p>Text of {name}.</p>" in page for page in pages.values()) == 3


def test_pictures_that_become_one_name(bench: Bench) -> None:
    names = ["a b.svg", "a-b.svg", "a_b.svg", "A/b.svg", "cover.svg"]
    text = "# One\n\n" + " ".join(f"![the one in {name}](<{name}>)" for name in names) + "\n"
    bench.write({"one.md": text, **{name: DRAWING.format(name) for name in names}})
    bench.takes()
    drawn = [path.read_text() for path in (bench.output / "site" / "images").iterdir()]
    assert sorted(drawn) == sorted(DRAWING.format(name) for name in names)

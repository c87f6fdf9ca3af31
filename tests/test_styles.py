"""The sheets: tokens and their values, and that every reader of them understands every line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise, product
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
import tinycss2
import weasyprint
from PIL import Image

from octavo.diagnostics import Position, Report
from octavo.recipe import FORMATS, Timings, build
from octavo.render.layers import Layer, Layers, shipped_layers
from octavo.render.own_sheets import own_sheets
from octavo.render.styles import Styles

ROOT = Path(__file__).resolve().parent.parent
SHEETS = sorted(path.stem for path in (ROOT / "styles").glob("*.css"))
PAGES = ("page-book", "page-report", "page-a5")
LANGUAGES = ("en", "zh-CN", "zh-TW", "zh-HK", "ja", "ko", "de", "x-none")
WITH_VALUES = [("tokens", "book", "epub"), *(("tokens", "book", "print", page, "pdf") for page in PAGES)]
COMPOSED = [("tokens", "book", "site"), ("dark",), *WITH_VALUES]


def styles(language: str = "en", own: Mapping[str, str] | None = None, **tokens: str) -> Styles:
    """Return the sheets for a language, some tokens of the book (with _ for -) and some sheets of its own."""
    named = {name.replace("_", "-"): value for name, value in tokens.items()}
    sheets = own or {}
    mine = Layer(place="styles", own=True, names=frozenset(sheets), read=sheets.get)
    return Styles(language, named, Layers((mine, *shipped_layers("styles").layers)))


def place(name: str) -> Position:
    return Position("octavo.toml", 1, len(name))


# ── Tokens ──

MINE = {
    "mine.css": (
        ":root { --a: 1px; --b: var(--a); --c: var(--b) var(--b) }\n"
        ":root:lang(zh) { --a: 2px }\n:root:lang(zh-TW) { --a: 3px }\n"
        "p { margin: var(--c); padding: var(--a) }\n@media print { p { margin: var(--b) } }\n"
    )
}


@pytest.mark.parametrize(
    ("language", "value"),
    [("en", "1px"), ("zh", "2px"), ("zh-CN", "2px"), ("ZH-cn", "2px"), ("zh-TW", "3px"), ("zh-tw-x", "3px")],
)
def test_tokens_hold_for_a_language(language: str, value: str) -> None:
    sheet = styles(language, MINE)
    assert sheet.token("a", "mine") == value
    assert sheet.token("c", "mine") == f"{value} {value}"


def test_a_language_is_no_mere_beginning_of_another() -> None:
    assert styles("zhx", MINE).token("a", "mine") == "1px"


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_a_token_of_the_book_overrides_all_languages(language: str) -> None:
    assert styles(language, MINE, a="9px").token("c", "mine") == "9px 9px"


def test_values_are_written_in_and_roots_left_out() -> None:
    text = styles("zh", MINE).with_values("mine")
    assert [" ".join(line.split()) for line in text.splitlines() if line.strip()] == [
        "p { margin: 2px 2px; padding: 2px }",
        "@media print { p { margin: 2px } }",
    ]


@pytest.mark.parametrize("text", ["", "\n", "/* nothing */", ":root { --c: 1px }"])
def test_a_sheet_without_a_rule_is_one(text: str) -> None:
    (filled,) = styles("en", {"mine.css": text}).filled("mine")
    assert filled.text.strip() in ("", "/* nothing */")


def test_browsers_get_the_sheet_as_it_is_and_the_tokens_of_the_book_last() -> None:
    assert styles("en", MINE).with_tokens("mine") == MINE["mine.css"]
    text = styles("en", MINE, a="9px", b="8px").with_tokens("mine")
    assert text == MINE["mine.css"] + "\n:root:root:root { --a: 9px; --b: 8px; }\n"


@pytest.mark.parametrize("names", WITH_VALUES, ids="+".join)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_token_is_left_where_values_are_wanted(language: str, names: tuple[str, ...]) -> None:
    text = styles(language, accent="#123456").with_values(*names)
    assert re.findall(r"var\([^)]*\)|:root\b", text) == []


def test_every_token_that_a_site_uses_is_declared_there() -> None:
    text = styles().with_tokens("tokens", "book", "site")
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", text))
    assert used - set(re.findall(r"--([a-z0-9-]+):", text)) == set()


def said_of(**tokens: str) -> list[tuple[str, str, str | None]]:
    """Return rule, message and hint of what is said of tokens of a book."""
    report = Report()
    styles("en", None, **tokens).check_tokens(place, report)
    places = [place(name) for name in tokens]
    assert [found.position for found in report if found.position not in places] == []
    return [(str(found.rule), found.message, found.hint) for found in report]


def test_an_unknown_token_is_told_with_the_nearest() -> None:
    ((rule, message, hint),) = said_of(acccent="red", ink="black", page_size="1mm 1mm")
    assert (rule, hint) == ("token-unknown", "did you mean “accent”?")
    assert "acccent" in message


@pytest.mark.parametrize(
    ("tokens", "wrong"),
    [
        ({"accent": "var(--accent)"}, 1),
        ({"accent": "var(--ink)", "ink": "var(--accent)"}, 2),
        ({"accent": "red var(--accent) var(--accent)"}, 1),
        ({"accent": "var(--no-such-token)"}, 1),
        ({"accent": "var(--ink)"}, 0),
    ],
)
def test_a_token_made_of_itself_comes_to_an_end_and_is_told(tokens: dict[str, str], wrong: int) -> None:
    assert [rule for rule, _, _ in said_of(**tokens)] == ["configuration-value"] * wrong
    text = styles("en", None, **tokens).with_values("tokens", "book", "print", "page-book", "pdf")
    assert ("var(" in text) == bool(wrong)


def test_tokens_that_double_at_every_step_come_to_an_end() -> None:
    names = ["ink", "soft", "accent", "on-accent", "rule", "tint", "code-comment", "code-keyword", "code-string"]
    chain = {name.replace("-", "_"): f"var(--{below}) " * 9 for name, below in pairwise(names)}
    assert {rule for rule, _, _ in said_of(**chain)} == {"configuration-value"}
    assert len(styles("en", None, **chain).with_values("tokens", "book", "epub")) < 1_000_000


def test_a_sheet_of_the_book_replaces_ours_of_that_name() -> None:
    text = styles("en", {"site.css": "p { color: red }"}).with_tokens("tokens", "book", "site")
    assert text.endswith("p { color: red }")
    assert "site-contents" not in text.rpartition("p { color: red }")[0].rpartition("}")[2]


# ── Every line is understood ──


def errors(nodes: Sequence[Any]) -> Iterator[str]:
    """Yield the parse errors of a sheet, also those inside rules and inside the rules of at-rules."""
    for node in nodes:
        if node.type == "error":
            yield f"{node.source_line}: {node.message}"
        if node.type in ("qualified-rule", "at-rule"):
            yield from errors(node.prelude)
            if node.content is not None:
                yield from errors(tinycss2.parse_blocks_contents(node.content))
        if node.type == "declaration":
            yield from errors(node.value)
        if node.type == "function":
            yield from errors(node.arguments)


def faults(text: str) -> list[str]:
    return list(errors(tinycss2.parse_stylesheet(text)))


def test_faults_of_a_sheet_are_seen() -> None:
    assert len(faults("p { color red }")) == 1
    assert len(faults("@media print { p { color: url(a b) } } }")) == 2
    assert faults("p { color: red; & a { color: blue } }") == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_parses(sheet: str) -> None:
    assert faults((ROOT / "styles" / f"{sheet}.css").read_text("utf-8")) == []


@pytest.mark.parametrize("names", COMPOSED, ids="+".join)
def test_what_is_put_together_parses(names: tuple[str, ...]) -> None:
    for language, method in product(LANGUAGES, ("with_tokens", "with_values")):
        assert faults(getattr(styles(language, accent="#123"), method)(*names)) == []


def test_a_fault_in_a_sheet_of_the_book_is_told_at_its_line() -> None:
    report = Report()
    sheets = {"site.css": "p { color: red }\n\nh1 { color blue }\n", "epub.css": "p { color: red }"}
    mine = Layer(place="styles", own=True, names=frozenset(sheets), read=sheets.get)
    own_sheets(Layers((mine, *shipped_layers("styles").layers)), lambda address, position: None, report)
    (found,) = report
    assert str(found.rule) == "style-broken"
    assert found.position is not None
    assert (found.position.file, found.position.line) == ("styles/site.css", 3)


def weasyprint_says(style: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Lay a page out with a style, and return what WeasyPrint has to say."""
    page = weasyprint.HTML(string='<html lang="en"><body><p>a</p></body></html>')
    page.render(stylesheets=[weasyprint.CSS(string=style)])
    return [record.getMessage() for record in caplog.records if record.name == "weasyprint"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_weasyprint_understands_the_sheets_of_the_pdf(
    language: str, page: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert weasyprint_says(styles(language).with_values("tokens", "book", "print", page, "pdf"), caplog) == []


def test_weasyprint_says_what_it_does_not_understand(caplog: pytest.LogCaptureFixture) -> None:
    (message,) = weasyprint_says("p { text-autospace: normal }", caplog)
    assert "text-autospace" in message


# ── The accent reaches every output ──


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a book with an accent of its own."""
    folder = tmp_path_factory.mktemp("accent")
    source = folder / "source"
    source.mkdir()
    (source / "octavo.toml").write_text(
        '[book]\ntitle = "T"\nlanguage = "en"\ndate = 2026-01-01\nslug = "b"\n[theme]\naccent = "#123456"\n', "utf-8"
    )
    (source / "a.md").write_text("# A\n\ntext\n\n# B\n", "utf-8")
    report = Report(strict=True)
    build(source, folder / "dist", FORMATS, report, Timings())
    assert list(report) == []
    return folder / "dist"


@pytest.mark.parametrize("name", ["site/style.css", "b.html"])
def test_the_accent_reaches_the_web(outputs: Path, name: str) -> None:
    assert ":root:root:root { --accent: #123456; }" in (outputs / name).read_text("utf-8")


def test_the_accent_reaches_the_cover_and_the_style_of_the_epub(outputs: Path) -> None:
    with ZipFile(outputs / "b.epub") as archive, Image.open(BytesIO(archive.read("EPUB/cover.jpg"))) as cover:
        found = cover.getpixel((800, 100))
    assert isinstance(found, tuple)
    assert max(abs(part - wanted) for part, wanted in zip(found, (0x12, 0x34, 0x56), strict=True)) <= 2


def test_the_accent_reaches_the_pdf(outputs: Path) -> None:
    with pikepdf.open(outputs / "b.pdf") as document:
        first = colours(document.pages[0])
    assert tuple(round(int(part, 16) / 255, 2) for part in ("12", "34", "56")) in first


def colours(page: pikepdf.Page) -> set[tuple[float, ...]]:
    """Return the colours that a page fills with."""
    return {
        tuple(round(float(str(operand)), 2) for operand in operation.operands)
        for operation in pikepdf.parse_content_stream(page)
        if str(operation.operator) in ("rg", "sc", "scn") and len(operation.operands) == 3
    }


# ── Classes ──


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_rule_for_notes_is_none_for_callouts_of_that_kind(sheet: str) -> None:
    rules = tinycss2.parse_stylesheet((ROOT / "styles" / f"{sheet}.css").read_text("utf-8"), skip_comments=True)
    selectors = [part for rule in rules if rule.type == "qualified-rule" for part in preludes(rule.prelude)]
    of_kinds = [part for part in selectors if re.search(r"\.(note|tip|important|warning|caution)(?![\w-])", part)]
    assert [part for part in of_kinds if ".notes" not in part and ".callout" not in part] == []


def preludes(prelude: list[Any]) -> list[str]:
    """Return the selectors of a rule."""
    return [part.strip() for part in tinycss2.serialize(prelude).split(",")]

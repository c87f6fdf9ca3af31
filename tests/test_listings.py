"""Listings: code from files, marked lines, and how a line is set."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markupsafe import Markup
from test_styles import styles

from octavo.diagnostics import Failure, Position, Report
from octavo.document import CodeBlock, Document, Metadata, walk
from octavo.normalise.code_files import ranges, select
from octavo.normalise.context import Context
from octavo.normalise.listings import settle_listings
from octavo.parse import parse_chapter
from octavo.render.code import code_markup
from octavo.render.highlight import highlight
from octavo.store import VARIABLE

AT = Position("a.md")
FILE = """\
import x
// ANCHOR: all
one
  <!-- ANCHOR: 里 -->
two
  <!-- ANCHOR_END: 里 -->
# ANCHOR_END: all
end
"""


# ── Files ──


@pytest.mark.parametrize(
    ("lines", "anchor", "expected"),
    [
        (None, None, "1 import x|3 one|5 two|8 end"),
        ("1-3", None, "1 import x|3 one"),
        ("5", None, "5 two"),
        ("5-", None, "5 two|8 end"),
        ("-3", None, "1 import x|3 one"),
        ("3:5", None, "3 one|5 two"),
        (None, "all", "3 one|5 two"),
        (None, "里", "5 two"),
        ("5-5", "all", "5 two"),
    ],
)
def test_the_lines_of_a_file(lines: str | None, anchor: str | None, expected: str) -> None:
    assert "|".join(f"{number} {line}" for number, line in select(FILE, "x", lines, anchor, AT)) == expected


@pytest.mark.parametrize(
    ("lines", "anchor", "hint"),
    [
        ("7-9", None, None),
        ("0-2", None, None),
        ("5-3", None, None),
        ("9-", None, None),
        ("1-2,4", None, "write the first and the last line: lines=3-20"),
        ("", None, "write the first and the last line: lines=3-20"),
        ("a", None, "write the first and the last line: lines=3-20"),
        (None, "al", "did you mean “all”?"),
        (None, "END", "write “ANCHOR: END” into a comment above the lines"),
    ],
)
def test_lines_that_are_not_there(lines: str | None, anchor: str | None, hint: str | None) -> None:
    with pytest.raises(Failure) as failure:
        select(FILE, "x", lines, anchor, AT)
    assert (str(failure.value.diagnostic.rule), failure.value.diagnostic.hint) == ("listing-range", hint)


def test_an_empty_file_has_no_lines() -> None:
    assert select("", "x", None, None, AT) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", [(1, 1)]), ("1,3-5", [(1, 1), (3, 5)]), ("1 3", [(1, 1), (3, 3)]), ("2-", [(2, None)]), ("–4", [(1, 4)])],
)
def test_ranges(text: str, expected: list[tuple[int, int | None]]) -> None:
    assert list(ranges(text)) == expected


# ── The pass ──


def settled(text: str, files: dict[str, str] | None = None) -> tuple[CodeBlock, list[str]]:
    """Return the one listing of a text after the pass, run twice, and the rules that were reported."""
    report = Report()
    context = Context(
        report=report,
        find_image=lambda source, position: None,
        read_text=lambda name, position: (files or {}).get(name),
        has_file=lambda name: False,
    )
    chapter = parse_chapter(text, "a.md", report).chapter
    document = Document(
        metadata=Metadata(title="T", language="en", identifier="i", date="2026-01-01"), chapters=(chapter,), position=AT
    )
    document = settle_listings(document, context)
    assert settle_listings(document, context) is document
    (node,) = (node for node in walk(document) if isinstance(node, CodeBlock))
    return node, [str(found.rule) for found in report]


@pytest.mark.parametrize(
    ("info", "marked", "rules"),
    [
        ("{lines=1-2}", (1, 2), []),
        ("{mark=2}", (2,), []),
        ("{mark=1,3}", (1, 3), []),
        ("{mark=2-}", (2, 3), []),
        ("{start=10 mark=11}", (11,), []),
        ('{start=10 hl_lines="1 3"}', (10, 12), []),
        ("{1,3}", (1, 3), []),
        ("{start=10 mark=1}", (), ["listing-info"]),
        ("{mark=2-9}", (2, 3), ["listing-info"]),
        ("{mark=3-2}", (), ["listing-info"]),
        ("{mark=x}", (), ["listing-info"]),
    ],
)
def test_marked_lines(info: str, marked: tuple[int, ...], rules: list[str]) -> None:
    node, said = settled(f"~~~python {info}\na\nb\nc\n~~~\n")
    assert (node.marked, said, node.text) == (marked, rules, "a\nb\nc\n")
    assert node.attributes == ()


@pytest.mark.parametrize(
    ("info", "text", "start", "marked"),
    [
        ("{file=x}", "import x\none\ntwo\nend\n", 1, ()),
        ("{file=x lines=3-5}", "one\ntwo\n", 3, ()),
        # Line 5 of the file is the second that is shown: the anchor in line 4 is not.
        ("{file=x anchor=all mark=5}", "one\ntwo\n", 3, (4,)),
        ("{file=x anchor=all hl_lines=1}", "one\ntwo\n", 3, (3,)),
        ("{file=x anchor=all start=1}", "one\ntwo\n", 1, ()),
        ("{file=x anchor=all start=20 mark=20}", "one\ntwo\n", 20, (20,)),
    ],
)
def test_code_from_a_file(info: str, text: str, start: int, marked: tuple[int, ...]) -> None:
    node, said = settled(f"~~~python {info}\n~~~\n", {"x": FILE})
    assert (node.text, node.start, node.marked, said) == (text, start, marked, [])


def test_code_beside_a_file_is_told() -> None:
    node, said = settled("~~~python {file=x}\ncode\n~~~\n", {"x": "y"})
    assert (node.text, said) == ("y\n", ["listing-info"])


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("{{#include x}}", "import x\none\ntwo\nend\n"),
        ("{{#include x:all}}", "one\ntwo\n"),
        ("{{#rustdoc_include ../x:里}}", "two\n"),
        ("{{#include x:3}}", "one\n"),
        ("{{#include x:3:5}}", "one\ntwo\n"),
        ("  {{#include x:5:}}  ", "two\nend\n"),
        ("{{#include x::3}}", "import x\none\n"),
    ],
)
def test_lines_that_stand_for_a_file(line: str, shown: str) -> None:
    node, said = settled(f"~~~rust,ignore\nfn a\n{line}\nfn b\n~~~\n", {"x": FILE, "../x": FILE})
    assert (node.text, said) == (f"fn a\n{shown}fn b\n", [])


def test_marks_count_what_was_included() -> None:
    node, said = settled("~~~rust {mark=3}\nfn a\n{{#include x:all}}\n~~~\n", {"x": FILE})
    assert (node.text, node.marked, said) == ("fn a\none\ntwo\n", (3,), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("~~~\n{{#include x:al}}\n~~~\n", ["listing-range"]),
        ("~~~\n{{#include x:9:}}\n~~~\n", ["listing-range"]),
    ],
)
def test_an_anchor_or_a_range_that_is_not_there(text: str, said: list[str]) -> None:
    node, found = settled(text, {"x": FILE})
    assert (node.text, found) == ("", said)


@pytest.mark.parametrize(
    "text",
    [
        "~~~markdown {.code}\n{{#include x}}\n~~~\n",
        "~~~markdown\nwrite {{#include x}}\n~~~\n",
        "~~~handlebars\n{{#if x}}\n{{/if}}\n~~~\n",
    ],
)
def test_lines_that_stand_for_themselves(text: str) -> None:
    node, said = settled(text, {"x": FILE})
    assert (node.text.splitlines(), said) == (text.splitlines()[1:-1], [])


# ── Lines ──


def test_a_listing_is_highlighted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    code = 'kept = "一"  # for\n'
    first = highlight(code, "python")
    highlight.cache_clear()  # as if this were another process
    with monkeypatch.context() as patch:
        patch.setattr("octavo.render.highlight._lexer", lambda language: pytest.fail("it was highlighted again"))
        assert highlight(code, "python") == first
        assert all(isinstance(line, Markup) for line in highlight(code, "python"))
    assert highlight(code, "c") != first
    assert highlight(code, None) != first


@pytest.mark.parametrize("language", ["python", "js", "html", "console", "no-such-language", None])
def test_highlighting_keeps_the_text_and_closes_every_line(language: str | None) -> None:
    code = '\n\n"""a\n\n  <b>"""\n/* 多行\n注释 */\nx = `1\n\t2` # c\x0b\u2028d\n  \n$ ls\nend'
    lines = highlight(code, language)
    parsed = [ElementTree.fromstring(f"<p>{line}</p>".replace("\x0b", " ")) for line in lines]
    assert "".join("".join(line.itertext()) for line in parsed) == code.replace("\x0b", " ")
    assert len(lines) == code.count("\n") + 1


def test_neighbours_of_one_kind_share_a_span() -> None:
    assert highlight('x = "a"\n', "python") == ('x = <span class="string">&#34;a&#34;</span>\n',)


def block(text: str, numbers: bool = False, marked: tuple[int, ...] = (), start: int = 1) -> CodeBlock:
    return CodeBlock(text=text, numbers=numbers, marked=marked, start=start, position=AT)


def test_a_short_line_is_no_element() -> None:
    assert code_markup(block("a\nb < c\n")) == "a\nb &lt; c\n"


@pytest.mark.parametrize(("line", "long"), [("x" * 48, False), ("x" * 49, True), ("字" * 25, True), ("\t" * 13, True)])
def test_a_long_line_is_one(line: str, long: bool) -> None:
    assert code_markup(block(f"a\n{line}\n")) == (f'a\n<span class="line">{line}\n</span>' if long else f"a\n{line}\n")


def test_numbers_are_no_text() -> None:
    assert code_markup(block("a\nb", numbers=True, marked=(8,), start=7)) == (
        '<span class="line" data-number="7">a\n</span><span class="line marked" data-number="8">b</span>'
    )


# ── Legible: WCAG 2.2, 1.4.3 ──

KINDS = ("ink", "soft", "code-comment", "code-keyword", "code-string", "code-number", "code-name")
GROUNDS = ("tint", "code-marked")


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme; those of the dark stand in a sheet of their own."""
    text = styles().with_tokens("tokens", "book", "site", *(["dark"] if scheme == "dark" else []))
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))


def test_contrast_is_measured() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_token_can_be_read_on_every_ground(scheme: str) -> None:
    found = colours(scheme)
    pairs = {(kind, ground): contrast(found[kind], found[ground]) for kind, ground in product(KINDS, GROUNDS)}
    assert {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < 4.5} == {}


def test_dark_has_colours_of_its_own() -> None:
    light, dark = colours("light"), colours("dark")
    assert all(light[name] != dark[name] for name in KINDS + GROUNDS)

"""The search of a site: what its index holds, and how words are compared with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from py_mini_racer import MiniRacer

from octavo.diagnostics import Report
from octavo.recipe import Timings, build
from octavo.web.scripts import HEAD, SINGLE, SITE, joined, script
from octavo.web.search import Record, index_script, sections_of

ROOT = Path(__file__).resolve().parent.parent


def sections(markup: str, level: int = 2) -> list[Record]:
    """Return the sections of a page whose main part is some markup."""
    root = ElementTree.fromstring(f"<html><body><nav>x</nav><main>{markup}</main></body></html>")
    return sections_of("p.html", root, level, "The book", "Notes ({})")


def text_of(markup: str) -> str:
    ((_, _, _, text),) = sections(markup)
    return text


# ── The index ──


def test_a_section_begins_with_each_heading() -> None:
    assert sections(
        '<section><h1 id="a"><span class="number">1</span> A</h1><p>one</p><section><h2 id="b">B</h2><p>two</p>'
        "</section></section>"
    ) == [("p.html#a", 2, "1 A", "one"), ("p.html#b", 3, "B", "two")]


def test_what_stands_before_the_first_heading_is_found_under_the_title_of_the_book() -> None:
    assert sections('<h1 class="page-title">The book</h1><p>x</p><h2 id="b">B</h2>') == [
        ("p.html", 2, "The book", "x"),
        ("p.html#b", 3, "B", ""),
    ]


def test_headings_that_head_no_section_are_text() -> None:
    assert text_of('<blockquote><h3 class="inner" id="q">Q</h3><p>x</p></blockquote>') == "Q\nx"


def test_each_note_is_a_section() -> None:
    found = sections(
        '<h1 id="a">A</h1><p>word<sup class="note-call"><a href="#n">1</a></sup>s</p><section class="notes">'
        '<aside class="note" id="n"><span class="note-number">1</span><p>deep</p><p class="back"><a>↩</a></p></aside>'
        "</section>"
    )
    assert found == [("p.html#a", 2, "A", "words"), ("p.html#n", 3, "Notes (1)", "deep")]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一<em>二</em>三</p><p>四</p>", "一二三\n四"),
        ("<p>a\n  b</p>", "a b"),
        ("<p>a\u00adb\u200bc</p>", "abc"),
        ("<p><ruby>注<rp>（</rp><rt>zhù</rt><rp>）</rp></ruby>意</p>", "注意\nzhù"),
        ('<p><img src="x" alt="a teapot" /> b</p>', "b\na teapot"),
        ("<figure><figcaption><span>Figure 1</span> C</figcaption></figure>", "Figure 1 C"),
        ("<table><tr><th>a</th><td>b</td></tr></table>", "a\nb"),
        ("<pre><code>if <span>x</span>:\n    y</code></pre>", "if x: y"),
        ("<details><summary>s</summary><p>x</p></details>", "s\nx"),
        ('<div class="contents"><ol><li>x</li></ol></div><nav class="turn">y</nav><p>z</p>', "z"),
        (
            '<p>so <math xmlns="http://www.w3.org/1998/Math/MathML" alttext="a squared"><msup><mi>a</mi><mn>2</mn>'
            "</msup></math></p>",
            "so a2\na squared",
        ),
    ],
)
def test_the_text_of_a_section_is_what_is_seen_and_then_what_is_heard(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_the_index_is_a_script_that_states_the_sections() -> None:
    record = ("p.html#a", 1, 'A "b"', "x\n</script>中")
    engine = MiniRacer()
    engine.eval("var window = globalThis;" + index_script([record, record]) + "''")
    assert json.loads(str(engine.eval("JSON.stringify(octavoSections)"))) == [list(record)] * 2


# ── How words are compared ──


@pytest.fixture(scope="module")
def call() -> Callable[..., Any]:
    """Return what calls a function of the scripts that need no browser."""
    engine = MiniRacer()
    engine.eval(script("text") + script("sections") + script("copy").replace("setUpCopying();\n", "") + "\n''")

    def call(name: str, *arguments: Any) -> Any:
        return json.loads(str(engine.eval(f"JSON.stringify({name}(...{json.dumps(arguments)}))")))

    return call


SAMPLES = [
    "Ünïcode ＦＵＬＬ　width",
    "深度\n学习",
    "使用 Python 语言，\u200b很好。 是",
    "don’t “stop” – re‑use",
    "㎏ ﬁne ② x²",
    "𠮷野家 は\u3000かな",
    "e\u0301te\u0301 \u00a0 \n a",
]


@pytest.mark.parametrize("text", SAMPLES)
def test_sign_by_sign_a_text_is_compared_as_it_is_as_a_whole(call: Callable[..., Any], text: str) -> None:
    found = call("foldWithPlaces", text)
    assert found["folded"].strip() == call("fold", text).strip()
    assert len(found["places"]) == len(found["folded"].encode("utf-16-le")) // 2 + 1
    assert found["places"] == sorted(found["places"])


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("注意力", "多头注意力机制"),
        ("深度学习", "深度 学习"),
        ("Python语言", "用 Python 语言写"),
        ("ｐｙｔｈｏｎ", "PYTHON"),
        ("don't", "I don’t"),
        ("re-use", "re‑use"),
        ("fine", "ﬁne"),
        ("学习 深度", "深度学习"),
        ('"two words"', "These two\u00a0words"),
        ("“two words”", "These two words"),
    ],
)
def test_words_are_found(call: Callable[..., Any], query: str, text: str) -> None:
    folded = call("fold", text)
    assert all(word in folded for word in call("wordsOf", query))


@pytest.mark.parametrize(
    ("query", "text"), [("学习", "大学\n习惯"), ('"words two"', "two words"), ("学習", "学习"), ("ab", "a b")]
)
def test_words_are_not_found(call: Callable[..., Any], query: str, text: str) -> None:
    folded = call("fold", text)
    assert not all(word in folded for word in call("wordsOf", query))


@pytest.mark.parametrize(("query", "words"), [("", []), ("  ", []), ('"', []), ('a A "b c', ["a", "b", "c"])])
def test_a_query_is_made_of_words(call: Callable[..., Any], query: str, words: list[str]) -> None:
    assert call("wordsOf", query) == words


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("多头 注意力", ["注意力"], ["注意力"]),
        ("深度 学习了", ["深度学习"], ["深度 学习"]),
        ("80 ㎏ of", ["kg"], ["㎏"]),
        ("abcab", ["ab", "bc"], ["abc", "ab"]),
        ("I don’t", ["don't"], ["don’t"]),
    ],
)
def test_passages_are_places_in_the_text_as_it_is(
    call: Callable[..., Any], text: str, words: list[str], marked: list[str]
) -> None:
    assert [text[begin:end] for begin, end in call("passagesOf", text, words)] == marked


BOOK = [["a#1", 1, "One", "alpha"], ["a#2", 2, "Beta", "alpha gamma"], ["b#1", 1, "Two", "beta"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [(["alpha"], ["a#1", "a#2"]), (["beta"], ["a#2", "b#1"]), (["beta", "gamma"], ["a#2"]), (["z"], []), ([], [])],
)
def test_a_section_that_holds_all_words_is_found(call: Callable[..., Any], words: list[str], found: list[str]) -> None:
    assert [section["address"] for section in call("sectionsWith", words, call("prepare", BOOK))] == found


def test_sections_are_found_by_their_titles_first_and_have_a_path(call: Callable[..., Any]) -> None:
    book = [["a#1", 1, "One", "beta"], *BOOK[1:]]
    found = call("sectionsWith", ["beta"], call("prepare", book))
    assert [(section["address"], section["path"]) for section in found] == [("a#2", ["One"]), ("a#1", []), ("b#1", [])]


@pytest.mark.parametrize(
    "before", ["甲" * 300, "word " * 100, "line\n", "It is the first.  And the second one, ", "supercalifragilistic"]
)
def test_an_excerpt_is_short_and_shows_the_word(call: Callable[..., Any], before: str) -> None:
    parts = call("excerptOf", f"{before}target{' after' * 90}", ["target"])
    text = "".join(part["text"] for part in parts)
    assert [part["text"] for part in parts if part["found"]] == ["target"]
    assert len(text) < 120
    assert re.match(r"…?\w", text) and text.endswith("…")
    assert not text.startswith(("…ord", "…rd", "…d "))


# ── What is copied ──


@pytest.mark.parametrize(
    ("code", "language", "copied"),
    [
        ("a = 1\n\nb\n", "python", "a = 1\n\nb"),
        ("$ make\ndone\n$ ls\n", "console", "make\nls"),
        ("$ make \\\n    all\ndone\n", "console", "make \\\n    all"),
        (">>> f(\n... 1)\n2\n", "pycon", "f(\n1)"),
        ("no prompt\n", "console", "no prompt"),
        ("$ x\n", "text", "$ x"),
        ("$ x\n", None, "$ x"),
    ],
)
def test_code_is_copied_without_prompts(call: Callable[..., Any], code: str, language: str | None, copied: str) -> None:
    assert call("commandsOf", code, f"language-{language}" if language else "") == copied


# ── The scripts in the outputs ──


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small book in two parts."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "octavo.toml").write_text(
        '[book]\ntitle = "T"\nlanguage = "en"\ndate = 2026-01-01\nslug = "t"\n'
        'frontmatter = ["f.md"]\nappendices = ["z.md"]\n'
        '[[part]]\ntitle = "P"\nchapters = ["a.md", "b.md"]\n',
        "utf-8",
    )
    for name in "abfz":
        (folder / f"{name}.md").write_text(f"# Chapter {name}\n\ntext {name}\n\n## Section {name}\n\nmore\n", "utf-8")
    report = Report(strict=True)
    build(folder, folder / "dist", ("html",), report, Timings())
    assert list(report) == []
    return folder / "dist"


def test_the_index_holds_the_book_in_its_order(call: Callable[..., Any], output: Path) -> None:
    stated = (output / "site" / "search-index.js").read_text("utf-8")
    records = json.loads(stated.removeprefix("window.octavoSections = ").rstrip().removesuffix(";"))
    paths = {section["address"]: section["path"] for section in call("prepare", records)}
    assert next(iter(paths)) == "index.html"
    depths = {name: len(paths[f"{name}.html#section-{name}"]) for name in "fabz"}
    assert depths == {"f": 1, "a": 2, "b": 2, "z": 1}
    assert paths["a.html#section-a"][1] == "Chapter a"


def test_a_page_names_its_scripts_and_a_single_page_holds_them(output: Path) -> None:
    page = (output / "site" / "a.html").read_text("utf-8")
    assert page.index("dark.css") < page.index('<script src="theme.js">') < page.index("</head>")
    for name in ("theme.js", "site.js", "dark.css", "search-index.js"):
        assert (output / "site" / name).is_file()
    single = (output / "t.html").read_text("utf-8")
    assert script(HEAD) in single and joined(SINGLE) in single
    assert "<script src" not in single


def test_a_script_can_stand_in_a_page() -> None:
    texts = {path.stem: path.read_text("utf-8") for path in (ROOT / "scripts").glob("*.js")}
    assert set(texts) == {HEAD, *SITE} and set(SINGLE) <= set(SITE)
    assert [name for name, text in texts.items() if "</" in text or "]]>" in text] == []

"""Info strings: ours, and those that authors bring along from other tools."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from octavo.diagnostics import Report
from octavo.document import CodeBlock, Emphasis, NoteReference, Text, plain_text, walk
from octavo.parse import parse_chapter
from octavo.parse.info import Info, read_info

# An info string, and what is not as it is in an empty one.
STRINGS: list[tuple[str, dict[str, Any]]] = [
    ("", {}),
    ("   ", {}),
    ("python", {"language": "python"}),
    ("c++", {"language": "c++"}),
    ("c#", {"language": "c#"}),
    ("a\\+b &amp;", {"language": "a+b"}),
    ("#!/bin/sh", {"language": "#!/bin/sh"}),
    # Ours
    (
        'python {#lst-x caption="A *b*" lines=3-5 numbers}',
        {
            "language": "python",
            "identifier": "lst-x",
            "caption": "A *b*",
            "numbers": True,
            "attributes": (("lines", "3-5"),),
        },
    ),
    ("python numbers {mark=4}", {"language": "python", "numbers": True, "attributes": (("mark", "4"),)}),
    ("numbers", {"numbers": True}),
    ("{numbers=no}", {}),
    ("text file=x lines=1 mark=1 anchor=a", {"language": "text"}),
    ("text {start=7 numbers=true}", {"language": "text", "numbers": True, "attributes": (("start", "7"),)}),
    ("text {start=9999999999}", {"language": "text"}),
    ('text {caption="say \\"hi\\" \\*"}', {"language": "text", "caption": 'say "hi" \\*'}),
    ("text {caption='a \"b\"'}", {"language": "text", "caption": 'a "b"'}),
    ('text {caption="a } b { c"}', {"language": "text", "caption": "a } b { c"}),
    ('text {caption=""}', {"language": "text"}),
    ('text {caption="open', {"language": "text", "caption": '"open'}),
    ("text {caption=图}", {"language": "text", "caption": "图"}),
    ("text {#清单 .宽}", {"language": "text", "identifier": "清单", "classes": ("宽",)}),
    (
        "python {file=src/x.py anchor=中文}",
        {"language": "python", "attributes": (("file", "src/x.py"), ("anchor", "中文"))},
    ),
    ('text {file="a b &amp; c.txt"}', {"language": "text", "attributes": (("file", "a b & c.txt"),)}),
    # Pandoc
    (
        "{#lst-x .python .numberLines .wide startFrom=10}",
        {
            "language": "python",
            "identifier": "lst-x",
            "classes": ("wide",),
            "numbers": True,
            "attributes": (("start", "10"),),
        },
    ),
    (
        '{.numberLines .haskell startFrom="3"}',
        {"language": "haskell", "numbers": True, "attributes": (("start", "3"),)},
    ),
    ("{.python}", {"language": "python"}),
    ("{#lst-x}", {"identifier": "lst-x"}),
    ("Python {.x .y-z key=v}", {"language": "Python", "classes": ("x", "y-z"), "attributes": (("key", "v"),)}),
    # Quarto and knitr
    ("{python}", {"language": "python"}),
    ('{.python filename="x.py"}', {"language": "python", "caption": "x\\.py"}),
    ('{.python lst-cap="A" code-line-numbers="true"}', {"language": "python", "caption": "A", "numbers": True}),
    (
        '{.python code-line-numbers="3-5"}',
        {"language": "python", "numbers": True, "attributes": (("hl_lines", "3-5"),)},
    ),
    (
        '{r name, fig.cap="x y", echo=FALSE, eval=TRUE}',
        {"language": "r", "attributes": (("fig.cap", "x y"), ("echo", "FALSE"), ("eval", "TRUE"))},
    ),
    # mdBook
    ("rust,ignore,editable", {"language": "rust"}),
    # MkDocs
    (
        'python hl_lines="1 3" linenums="5" title="a_b.py"',
        {
            "language": "python",
            "caption": "a\\_b\\.py",
            "numbers": True,
            "attributes": (("hl_lines", "1 3"), ("start", "5")),
        },
    ),
    # GitHub and Docusaurus
    (
        'js title="__x__.js" {1,3-5} showLineNumbers',
        {
            "language": "js",
            "caption": "\\_\\_x\\_\\_\\.js",
            "numbers": True,
            "attributes": (("hl_lines", "1,3-5"),),
        },
    ),
    ("js{1,3}", {"language": "js", "attributes": (("hl_lines", "1,3"),)}),
    ("js showLineNumbers=4", {"language": "js", "numbers": True, "attributes": (("start", "4"),)}),
]


@pytest.mark.parametrize(("info", "expected"), STRINGS, ids=[info or "empty" for info, _ in STRINGS])
def test_an_info_string(info: str, expected: dict[str, Any]) -> None:
    empty = asdict(Info(text="x\n"))
    found = asdict(read_info(info, "x\n"))
    assert {name: value for name, value in found.items() if value != empty[name]} == expected


OPTIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("{python}", '#| lst-cap: "A: *b*"\n#| lst-label: lst-y\nx\n', {"caption": "A: *b*", "identifier": "lst-y"}),
    ("{python}", "#| label: lst-y\n#| echo: false\nx\n", {"identifier": "lst-y", "attributes": (("echo", "false"),)}),
    ("{python}", "#| label: fig-y\nx\n", {"attributes": (("label", "fig-y"),)}),
    ("{python #lst-a}", "#| lst-label: lst-b\nx\n", {"identifier": "lst-a", "attributes": ()}),
    ("{python}", "#| lst-cap: |\n#|   A\n#|   b\nx\n", {"caption": "A\nb"}),
    ("{ojs}", "//| code-line-numbers: true\nx\n", {"numbers": True}),
    ("{sql}", "--| lst-cap: A\nx\n", {"caption": "A"}),
    ("{mermaid}", "%%| lst-cap: A\nx\n", {"caption": "A"}),
    ("{python}", "#| lst-cap: A", {"caption": "A", "text": ""}),
]


@pytest.mark.parametrize(("info", "text", "expected"), OPTIONS)
def test_the_options_of_a_cell(info: str, text: str, expected: dict[str, Any]) -> None:
    found = asdict(read_info(info, text))
    assert {name: found[name] for name in expected} == expected
    assert found["text"] == expected.get("text", "x\n")


@pytest.mark.parametrize(
    ("info", "text"),
    [
        ("python", "#| lst-cap: A\nx\n"),
        ("{.python}", "#| lst-cap: A\nx\n"),
        ("{python}", "#| [not: YAML\nx\n"),
        ("{python}", "#| only words\nx\n"),
        ("{python}", "# | lst-cap: A\nx\n"),
        ("{python}", "x\n#| lst-cap: A\n"),
    ],
)
def test_what_is_no_option_stays_code(info: str, text: str) -> None:
    assert read_info(info, text).text == text


def listing(text: str) -> CodeBlock:
    report = Report()
    (node,) = (n for n in walk(parse_chapter(text, "a.md", report).chapter) if isinstance(n, CodeBlock))
    assert list(report) == []
    return node


def test_a_caption_is_markdown_at_its_place() -> None:
    node = listing('> text\n>\n> ```python {caption="说 *明* \\"x\\""}\n> x\n> ```\n')
    assert plain_text(node.caption) == '说 明 "x"'
    first, emphasis, _ = node.caption
    assert isinstance(first, Text)
    assert isinstance(emphasis, Emphasis)
    assert (first.position.line, node.position.column) == (3, 3)


def test_the_places_in_a_caption_are_those_in_the_file() -> None:
    node = listing('x\n\n~~~python {caption="说 *明*"}\nx\n~~~\n')
    assert [(n.position.line, n.position.column) for n in node.caption] == [(3, 21), (3, 23)]
    node = listing("x\n\n```{python}\n#| echo: true\n#| lst-cap: 说 *明*\nx\n```\n")
    assert [(n.position.line, n.position.column) for n in node.caption] == [(5, 13), (5, 15)]


def test_a_title_means_what_it_says() -> None:
    assert plain_text(listing('```js title="__init__.<b>&amp;*x*"\nx\n```\n').caption) == "__init__.<b>&*x*"


def test_a_note_may_stand_in_a_caption() -> None:
    text = '~~~python {caption="A^[note in place] and[^b]"}\nx\n~~~\n\n[^b]: note\n'
    assert [n.label for n in listing(text).caption if isinstance(n, NoteReference)] == ["^a.md:1:22", "b"]


def test_a_caption_that_is_nested_too_deep_is_told() -> None:
    report = Report()
    deep = "[" * 9 + "x" + "](y)" * 9
    parse_chapter(f'~~~python {{caption="{deep}"}}\nx\n~~~\n', "a.md", report, depth=5)
    assert [str(found.rule) for found in report] == ["nesting-too-deep"]


def test_what_stands_above_a_listing_comes_beside_its_own() -> None:
    node = listing("{#above .a k=1 start=2}\n```python {#own .b start=3}\nx\n```\n")
    assert (node.identifier, node.classes) == ("own", ("a", "b"))
    assert node.attributes == (("k", "1"), ("start", "3"))

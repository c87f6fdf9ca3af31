"""The rules of our sheets that a book needs are all there, and those that it does not need are not."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import cssselect2
import pytest
import tinycss2

from octavo.diagnostics import Position
from octavo.pdf.sheets import PrintSheet
from octavo.pdf.used_rules import names_in, used_rules

_STYLES = Path(__file__).resolve().parent.parent / "styles"
_PRINTED = [_STYLES / f"{name}.css" for name in ("tokens", "book", "print", "page-a5", "pdf", "formulas")]
_MARKUP = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body class="book"><main><section class="chapter level-1"><h2>'
    '<span class="number">1</span> T</h2><p class="a">P <code class="b">c</code></p><ul><li>L</li></ul>'
    '<div class="note-text"><table><tr><td>1</td></tr></table></div></section></main></body></html>'
)
ROOT = ElementTree.fromstring(_MARKUP)


def used(text: str) -> str:
    return used_rules(PrintSheet(text=text), names_in(ROOT))


@pytest.mark.parametrize(
    "rule",
    [
        "p { color: red }",
        "h1, h2.x, h2 { color: red }",
        ".a.chapter > p ~ ul li:first-child::before { content: '}' }",
        "main :is(.nothing, p):not(.nowhere) { color: red }",
        "* { color: red }",
        "[class='x y, z'] p { color: red }",
        "@page x { @top-left { content: 'a' } }",
        "@media print { .nowhere { color: red } }",
        "/* .nowhere { */ ul{color:red}",
        '@import "x.css";',
    ],
)
def test_what_may_be_needed_is_kept(rule: str) -> None:
    assert used(f".nowhere {{ color: red }}\n{rule}\n.nowhere {{ }}").strip() == rule


@pytest.mark.parametrize(
    "selector", ["dl", "p.nowhere", ".a > .nowhere", "main dt::before", ".nowhere, blockquote > p"]
)
def test_what_no_element_is_or_has_is_left_out(selector: str) -> None:
    assert used(f"p {{ a: b }} {selector} {{ content: '{{' }}") == "p { a: b }"


def test_a_sheet_of_the_book_is_left_whole() -> None:
    sheet = PrintSheet(text=".nowhere { a: b }", find=lambda line, column: Position("styles/extra.css", line, column))
    assert used_rules(sheet, names_in(ROOT)) == sheet.text


@pytest.mark.parametrize("file", _PRINTED, ids=lambda file: file.stem)
def test_each_rule_that_an_element_has_is_there(file: Path) -> None:
    text = file.read_text("utf-8")
    names = names_in(ROOT)
    kept = [
        rule.serialize() for rule in tinycss2.parse_stylesheet(used_rules(PrintSheet(text=text), names), True, True)
    ]
    elements = list(cssselect2.ElementWrapper.from_html_root(ROOT).iter_subtree())
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule" or _is_of(rule, elements):
            assert rule.serialize() in kept
    assert all("\\" not in tinycss2.serialize(rule.prelude) for rule in tinycss2.parse_stylesheet(text, True, True))


def _is_of(rule: tinycss2.ast.QualifiedRule, elements: list[cssselect2.ElementWrapper]) -> bool:
    return any(
        any(map(selector.test, elements)) for selector in cssselect2.compile_selector_list(rule.prelude) if selector
    )

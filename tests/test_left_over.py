"""What looks like syntax and was not parsed: what is reported, and where; what is taken for text."""

from __future__ import annotations

import pytest

from octavo.diagnostics import Report
from octavo.parse import Dialect, parse_chapter


def said(text: str, dialect: Dialect = Dialect.OCTAVO) -> list[tuple[int, int, str]]:
    report = Report()
    parse_chapter(text, "a.md", report, dialect=dialect)
    return [
        (found.position.line, found.position.column, found.message.partition("”")[0].removeprefix("“"))
        for found in report
        if str(found.rule) == "syntax-left-over" and found.position
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# One {#a} two", (1, 7, "{#a}")),
        ("词 {.wide}", (1, 3, "{.wide}")),
        ("a {#b .c d=e}", (1, 3, "{#b .c d=e}")),
        ("a\n##标题", (2, 1, "##标题")),
        ("###　标题", (1, 1, "###　")),
        ("as [@knuth, p. 3", (1, 4, "[@knuth")),
        ("as [@a; b]", (1, 4, "[@a")),
        ("as [-@a", (1, 4, "[-@a")),
        ("a[^my note]", (1, 2, "[^my note]")),
        ("::: {.open}\na", (1, 1, "::: {.open}")),
        ("a\n\n:::", (3, 1, ":::")),
        ("**中文", (1, 1, "**")),
        ("中文 ** ，后文**", (1, 10, "**")),
        ("> a\n> $$\n> x", (2, 3, "$$")),
        ("| a |\n|---|\n| b \\| {#c} |", (3, 8, "{#c}")),
        ("![a {#b}](c.png)", (1, 5, "{#b}")),
        ("[a **b](c.md)", (1, 4, "**")),
        ("{#alone}", (1, 1, "{#alone}")),
        ("see [options below][General options].", (1, 5, "[options below][General options]")),
        ("见[下文][一般选项]。", (1, 2, "[下文][一般选项]")),
        ("+-----+-----+\n| a   | b   |\n+-----+-----+", (1, 1, "+-----+-----+")),
        ("a\n\n!!! note\n\n    b", (3, 1, "!!! note")),
        ('!!! danger inline end "Mind `a`"', (1, 1, '!!! danger inline end "Mind ')),
        ('- a\n\n  ???+ success "参考答案"', (3, 3, '???+ success "参考答案"')),
        ('=== "C++"\n\n    code', (1, 1, '=== "C++"')),
        ("---\ntitle: a\n\n# b", (1, 1, "---")),
        ("Press {{< kbd F1 >}}.", (1, 7, "{{< kbd F1 >}}")),
        ("{{< include a.md >}}\nText", (1, 1, "{{< include a.md >}}")),
        ("| a | b |\n|---|\n| 1 | 2 |", (1, 1, "| a | b |")),
        ("# a\n\n: Caption", (3, 1, ": Caption")),
        ("> [!DANGER]\n> a", (1, 3, "[!DANGER]")),
        ("> [!NOTE] Title\n> a", (1, 3, "[!NOTE] Title")),
    ],
)
def test_what_was_not_parsed_is_reported_at_its_place(text: str, wanted: tuple[int, int, str]) -> None:
    assert said(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        *("\\{#a} \\{.b}", "`{#a} [@b **`", "$a {#b} **$", "```\n::: a\n##b\n[^c d\n```", "    ::: a"),
        *("2 ** 3", "x**2", "f***k", "****", "\\*\\*a", "{{#if a}}", "{.2f}", "{ #a }", "{#}"),
        *("#tag #话题#", "C## F##", "\\##a", "## a", "a ::: b", "\\:::", "a@b.example [a]", "[ @a ]", "\\[@a; b]"),
        *("a[b][some]", "[a][b]", "[a][1234]", "[a b][c d]\n\n[c d]: e.md", "+--+", "a +---+", "\\+---+---+"),
        *(
            "---\n\na: b",
            "---\ntitle: a\n---\n\nb",
            "---\na\n\nb",
            "|x| < 2",
            "a | b",
            "\\| a |",
            "a\n: b",
            ":-)",
            ":)",
            "{{ a }}",
            "{{{< var a >}}}",
            "> [!NOTE]\n> a",
            "[!a](b.png)",
        ),
        *("!!! Mind this", "a !!! note", "??? What?", '==="a"', "\\!!! note", '`=== "a"`', "a === b"),
        *("[^a]\n\n[^a]: b", "^[a]", "a[^", "<https://a.example/**b>", "<!-- {#a} ** -->", "US$$", "$$5"),
    ],
)
def test_what_may_be_text_is_text(text: str) -> None:
    assert said(text) == []


def test_nothing_is_left_over_where_only_commonmark_is_understood() -> None:
    assert said("a {#b} ::: [^c d]", Dialect.COMMONMARK) == []

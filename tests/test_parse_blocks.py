"""Markdown → the tree: every type of node, how deep they may nest, and texts that were written to harm."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields
from textwrap import dedent
from time import process_time
from typing import get_args

import pytest

from octavo.diagnostics import Report, Rule
from octavo.document import (
    Abbreviation,
    Answer,
    Bibliography,
    BibliographyEntry,
    Block,
    Chapter,
    Citation,
    CitationLink,
    Details,
    Figure,
    Index,
    IndexMark,
    Inline,
    ListOf,
    Node,
    Only,
    OnlySpan,
    Ruby,
    Section,
    TermReference,
    Theorem,
    walk,
)
from octavo.parse import DEPTH, parse_chapter

# ── Every type of node ────────────────────────────────────────────────────────────────────────────


def outline(node: Node, indent: str = "") -> Iterator[str]:
    """Yield a line a node: its type, and what it states that is not the default."""
    for child in node.children_in_order():
        # What has no default first, wherever the class it comes from declares it.
        stated = [
            f"{field.name}={value!r}" if field.default is not MISSING else repr(value)
            for field in sorted(fields(child), key=lambda field: field.default is not MISSING)
            if field.name not in ("position", "lines", *child.CHILDREN)
            and (value := getattr(child, field.name)) != field.default
        ]
        yield indent + " ".join([type(child).__name__, *stated])
        yield from outline(child, indent + "  ")


# What no single piece of text is, before passes have looked at it.
MADE_BY_PASSES = {
    Bibliography,
    BibliographyEntry,
    Citation,
    CitationLink,
    *(
        Abbreviation,
        Answer,
        Details,
        Figure,
        Index,
        IndexMark,
        ListOf,
        Only,
        OnlySpan,
        Ruby,
        Section,
        TermReference,
        Theorem,
    ),
}

NODES: dict[str, tuple[str, str]] = {
    "variables": (
        """
        one {{< var two >}}*{{<meta three>}}*
        """,
        """
        Paragraph
          Text 'one '
          Variable 'var' 'two'
          Emphasis
            Variable 'meta' 'three'
        """,
    ),
    "heading": (
        """
        # One *two* {#a .b .c d=e}

        Three
        ---
        ## Four {-} ##
        ##五
        """,
        """
        Heading 1 identifier='a' classes=('b', 'c') attributes=(('d', 'e'),)
          Text 'One '
          Emphasis
            Text 'two'
        Heading 2
          Text 'Three'
        Heading 2 classes=('unnumbered',)
          Text 'Four'
        Paragraph
          Text '##五'
        """,
    ),
    "values of attributes, and identifiers with dots": (
        r"""
        # `Client.sync()` {#Client.sync}

        ::: {.callout-tip title="Windows - where n=3 {and} \"so\" on"}
        [a]{title='single'} [b]{title="over
        lines" .c}
        :::
        """,
        """
        Heading 1 identifier='Client.sync'
          Code 'Client.sync()'
        Division classes=('callout-tip',) attributes=(('title', 'Windows - where n=3 {and} "so" on'),)
          Paragraph
            Span attributes=(('title', 'single'),)
              Text 'a'
            Text ' '
            Span classes=('c',) attributes=(('title', 'over lines'),)
              Text 'b'
        """,
    ),
    "titles behind the name of a division": (
        """
        :::tip[Of *sails*]
        a
        :::

        ::: note Masts: tall ones
        b
        :::
        """,
        """
        Division classes=('tip',) attributes=(('title', 'Of *sails*'), ('octavo-title', 'Of *sails*'))
          Paragraph
            Text 'a'
        Division classes=('note',) attributes=(('title', 'Masts: tall ones'), ('octavo-title', 'Masts: tall ones'))
          Paragraph
            Text 'b'
        """,
    ),
    "braces in a caption before those that label it": (
        """
        | a |
        |---|
        : of [one]{.term}, {two} and `three` {#tbl-four}

        | a |
        |---|
        : all (five){#tbl-six}
        """,
        """
        Table identifier='tbl-four'
          Text 'of '
          Span classes=('term',)
            Text 'one'
          Text ', {two} and '
          Code 'three'
          TableRow
            TableCell
              Paragraph tight=True
                Text 'a'
        Table identifier='tbl-six'
          Text 'all (five)'
          TableRow
            TableCell
              Paragraph tight=True
                Text 'a'
        """,
    ),
    "braces that are no attributes": (
        """
        # One {two three
        # {{four}}
        # Five {#six} seven
        """,
        """
        Heading 1
          Text 'One {two three'
        Heading 1
          Text '{{four}}'
        Heading 1
          Text 'Five {#six} seven'
        """,
    ),
    "text": (
        """
        one \\*two\\* &amp; &#35;
        three\\
        `` four ` `` <br> *五* **六** ~~seven~~ ~eight~
        """,
        """
        Paragraph
          Text 'one *two* & #'
          SoftBreak
          Text 'three'
          HardBreak
          Code 'four `'
          Text ' '
          RawInline '<br>'
          Text ' '
          Emphasis
            Text '五'
          Text ' '
          Strong
            Text '六'
          Text ' '
          Strikethrough
            Text 'seven'
          Text ' '
          Subscript
            Text 'eight'
        """,
    ),
    "spans, references and what is low or high": (
        """
        H~2~O x^2^ [一 *二*]{.three lang=en} `four`{.five} [six](seven.md){.eight} 见@fig-nine所示，[-@ten]{.page}
        [see @a, p. *3*; @b] a@b.example @{any name}.
        """,
        """
        Paragraph
          Text 'H'
          Subscript
            Text '2'
          Text 'O x'
          Superscript
            Text '2'
          Text ' '
          Span classes=('three',) attributes=(('lang', 'en'),)
            Text '一 '
            Emphasis
              Text '二'
          Text ' '
          Code 'four' classes=('five',)
          Text ' '
          Link 'seven.md' classes=('eight',)
            Text 'six'
          Text ' 见'
          Reference 'fig-nine' '@fig-nine'
          Text '所示，'
          ReferenceGroup '[-@ten]'
            Reference 'ten' '-@ten' form='page'
          SoftBreak
          ReferenceGroup '[see @a, p. *3*; @b]'
            Reference 'a' 'see @a, p. *3*'
              Text 'see '
              Text ', p. '
              Emphasis
                Text '3'
            Reference 'b' '@b'
          Text ' a@b.example '
          Reference 'any name' '@{any name}'
          Text '.'
        """,
    ),
    "divisions and attributes above": (
        """
        ::: {.callout-note #one title="二"}
        three

        :::: tip
        four
        :::
        ```
        :::
        ```
        :::

        {#five .six width=60%}
        seven

        ::: {.open}
        """,
        """
        Division identifier='one' classes=('callout-note',) attributes=(('title', '二'),)
          Paragraph
            Text 'three'
          Division classes=('tip',)
            Paragraph
              Text 'four'
          CodeBlock ':::\\n'
        Division identifier='five' classes=('six',) attributes=(('width', '60%'),)
          Paragraph
            Text 'seven'
        Paragraph
          Text '::: {.open}'
        """,
    ),
    "captions": (
        """
        | a |
        |---|
        : one *two* {#tbl-three .four}

        表：五
        六

        | b |
        |---|

        : seven
        """,
        """
        Table identifier='tbl-three' classes=('four',)
          Text 'one '
          Emphasis
            Text 'two'
          TableRow
            TableCell
              Paragraph tight=True
                Text 'a'
        Table
          Text '五'
          SoftBreak
          Text '六'
          TableRow
            TableCell
              Paragraph tight=True
                Text 'b'
        Paragraph
          Text ': seven'
        """,
    ),
    "formulas": (
        """
        $$ E = mc^2 $$ {#eq-one .two}

        > three
        > $$
        > a \\\\
        > b
        > $$ (eq-four)

        ```math
        c_1
        ```

        $a_b$ 与$c*d$，$5 and $10, \\$f
        `$h$`, 2$n$ $$i*j$$ $k\\$l$ $$ (m)

        $ e $, 5$

        $$ n $$ (3)

        $$
        o
        """,
        """
        Equation 'E = mc^2' identifier='eq-one' classes=('two',)
        BlockQuote
          Paragraph
            Text 'three'
          Equation 'a \\\\\\\\\\nb' identifier='eq-four'
        Equation 'c_1'
        Paragraph
          Formula 'a_b'
          Text ' 与'
          Formula 'c*d'
          Text '，$5 and $10, $f'
          SoftBreak
          Code '$h$'
          Text ', 2'
          Formula 'n'
          Text ' '
          Formula 'i*j'
          Text ' '
          Formula 'k\\\\$l'
          Text ' $$ (m)'
        Paragraph
          Text '$ e $, 5$'
        Paragraph
          Formula 'n'
          Text ' (3)'
        Paragraph
          Text '$$'
          SoftBreak
          Text 'o'
        """,
    ),
    "abbreviations": (
        """
        one

        *[HTML]: HyperText Markup Language
        *[人工 智能]: artificial intelligence
        two
        *[three]: no
        """,
        """
        Paragraph
          Text 'one'
        AbbreviationDefinition 'HTML' 'HyperText Markup Language'
        AbbreviationDefinition '人工 智能' 'artificial intelligence'
        Paragraph
          Text 'two'
          SoftBreak
          Text '*[three]: no'
        """,
    ),
    "links and images": (
        """
        [one](two.md "three") <https://four.example> [one][five] ![six *seven*](eight.png '九')

        [five]: #five
        """,
        """
        Paragraph
          Link 'two.md' title='three'
            Text 'one'
          Text ' '
          Link 'https://four.example'
            Text 'https://four.example'
          Text ' '
          Link '#five'
            Text 'one'
          Text ' '
          Image 'eight.png' title='九'
            Text 'six '
            Emphasis
              Text 'seven'
        """,
    ),
    "quotation and break": (
        """
        > one
        two
        > > three

        ***
        """,
        """
        BlockQuote
          Paragraph
            Text 'one'
            SoftBreak
            Text 'two'
          BlockQuote
            Paragraph
              Text 'three'
        ThematicBreak
        """,
    ),
    "lists": (
        """
        - one
          1) two

        + three

          four

        3. five
        """,
        """
        List
          ListItem
            Paragraph tight=True
              Text 'one'
            List ordered=True
              ListItem
                Paragraph tight=True
                  Text 'two'
        List tight=False
          ListItem
            Paragraph
              Text 'three'
            Paragraph
              Text 'four'
        List ordered=True start=3
          ListItem
            Paragraph tight=True
              Text 'five'
        """,
    ),
    "tasks": (
        """
        - [ ] one
        - [x] two
        - [y] three
        """,
        """
        List
          ListItem checked=False
            Paragraph tight=True
              Text 'one'
          ListItem checked=True
            Paragraph tight=True
              Text 'two'
          ListItem
            Paragraph tight=True
              Text '[y] three'
        """,
    ),
    "listings": (
        """
        ```python one
        two
         three
        ```
        ~~~ a\\+b &amp;
        ~~~

            four
        """,
        """
        CodeBlock 'two\\n three\\n' info='python one' language='python'
        CodeBlock '' info='a+b &' language='a+b'
        CodeBlock 'four\\n'
        """,
    ),
    "raw": (
        """
        <div>
        *one*

        two <b
        c="d">three</b>
        """,
        """
        RawBlock '<div>\\n*one*\\n'
        Paragraph
          Text 'two '
          RawInline '<b\\nc="d">'
          Text 'three'
          RawInline '</b>'
        """,
    ),
    "table": (
        """
        | one | two | `a \\| b` |
        |:----|:---:|----------:|
        | *1* || c | too many |
        | 2
        """,
        """
        Table
          TableRow
            TableCell alignment='left'
              Paragraph tight=True
                Text 'one'
            TableCell alignment='center'
              Paragraph tight=True
                Text 'two'
            TableCell alignment='right'
              Paragraph tight=True
                Code 'a | b'
          TableRow
            TableCell alignment='left'
              Paragraph tight=True
                Emphasis
                  Text '1'
            TableCell alignment='center'
            TableCell alignment='right'
              Paragraph tight=True
                Text 'c'
          TableRow
            TableCell alignment='left'
              Paragraph tight=True
                Text '2'
            TableCell alignment='center'
            TableCell alignment='right'
        """,
    ),
    "definitions": (
        """
        one
        : two
        : three

        *four*

        : five

          > six
        """,
        """
        DefinitionList
          Term
            Text 'one'
          Definition
            Paragraph
              Text 'two'
          Definition
            Paragraph
              Text 'three'
          Term
            Emphasis
              Text 'four'
          Definition
            Paragraph
              Text 'five'
            BlockQuote
              Paragraph
                Text 'six'
        """,
    ),
    "callouts": (
        """
        > [!NOTE]
        > one
        >
        > > [!caution]
        > > two

        > [!OTHER]
        > three
        """,
        """
        Callout 'note'
          Paragraph
            Text 'one'
          Callout 'caution'
            Paragraph
              Text 'two'
        BlockQuote
          Paragraph
            Text '[!OTHER]'
            SoftBreak
            Text 'three'
        """,
    ),
    "notes": (
        """
        one[^a] two^[three *four*] five[^none]

        [^a]: six

            - seven

        eight
        """,
        """
        Paragraph
          Text 'one'
          NoteReference 'a'
          Text ' two'
          NoteReference '^x.md:1:12'
          Text ' five'
          NoteReference 'none'
        Note 'a'
          Paragraph
            Text 'six'
          List
            ListItem
              Paragraph tight=True
                Text 'seven'
        Paragraph
          Text 'eight'
        Note '^x.md:1:12'
          Paragraph
            Text 'three '
            Emphasis
              Text 'four'
        """,
    ),
    "a line of full-width spaces": (
        "一\n\n　　\n\n　　二\n",
        """
        Paragraph
          Text '一'
        Paragraph
          Text '二'
        """,
    ),
}


@pytest.mark.parametrize(("text", "expected"), NODES.values(), ids=NODES.keys())
def test_the_tree_of_a_text(text: str, expected: str) -> None:
    report = Report()
    chapter = parse_chapter(dedent(text).removeprefix("\n"), "x.md", report).chapter
    assert "\n".join(outline(chapter)) == dedent(expected).strip("\n").rstrip()
    # Some show what is no syntax, and one a row with too many cells.
    assert {found.rule for found in report} <= {Rule.SYNTAX_LEFT_OVER, Rule.TABLE_IRREGULAR}


@pytest.mark.parametrize(
    ("row", "told"), [("| 1 | 2 | |", 0), ("| 1 | 2 ||", 0), ("| 1 | 2 | 3 |", 1), ("1 | 2 | | 3", 1)]
)
def test_cells_that_are_left_out_are_told_unless_they_are_empty(row: str, told: int) -> None:
    report = Report()
    parse_chapter(f"| a | b |\n|---|---|\n{row}\n", "x.md", report)
    assert [found.rule for found in report] == [Rule.TABLE_IRREGULAR] * told


def test_every_type_that_the_parser_makes_is_among_them() -> None:
    texts = [dedent(text).removeprefix("\n") for text, _ in NODES.values()]
    found = {type(node) for text in texts for node in walk(parse_chapter(text, "x.md", Report()).chapter)}
    assert found == {*get_args(Block), *get_args(Inline), Chapter} - MADE_BY_PASSES


def test_front_matter_is_set_apart() -> None:
    parsed = parse_chapter("---\ntitle: 一 *二*\n---\n# 三\n", "x.md", Report())
    assert parsed.front_matter == "title: 一 *二*"
    assert list(outline(parsed.chapter)) == ["Heading 1", "  Text '三'"]


# ── Nesting ───────────────────────────────────────────────────────────────────────────────────────

NESTS: dict[str, tuple[str, str]] = {
    # What opens a level, and what closes it.
    "quotations": ("> ", ""),
    "ordered lists": ("1. ", ""),
    "quotations without spaces": (">", ""),
    "emphasis": ("*a ", " a*"),
    "strong": ("**", "**"),
    "struck": ("~~a ", " a~~"),
    "images": ("![", "](a.png)"),
    "notes in place": ("^[", "]"),
}


@pytest.fixture(autouse=True)
def deep_calls() -> Iterator[None]:
    """Let functions call themselves as deep as octavo.recipe lets them."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 20_000))
    yield
    sys.setrecursionlimit(before)


def rules_of(text: str) -> list[Rule]:
    report = Report()
    parse_chapter(text, "x.md", report)
    return [found.rule for found in report]


def deep_lists(depth: int) -> str:
    return "".join("  " * level + f"- {level}\n" for level in range(depth))


def height(node: Node, name: str) -> int:
    """Return how many nodes of a type stand in each other."""
    deepest, waiting = 0, [(node, 0)]
    while waiting:
        current, level = waiting.pop()
        level += type(current).__name__ == name
        deepest = max(deepest, level)
        waiting.extend((child, level) for child in current.children_in_order())
    return deepest


@pytest.mark.parametrize(("opening", "closing"), NESTS.values(), ids=NESTS.keys())
def test_nesting_holds_to_the_limit_and_is_an_error_past_it(opening: str, closing: str) -> None:
    assert not rules_of(opening * DEPTH + "a" + closing * DEPTH)
    assert rules_of(opening * (DEPTH + 1) + "a" + closing * (DEPTH + 1)) == [Rule.NESTING_TOO_DEEP]


def test_nested_lists_hold_to_the_limit() -> None:
    report = Report()
    chapter = parse_chapter(deep_lists(DEPTH), "x.md", report).chapter
    assert not list(report)
    assert height(chapter, "List") == DEPTH
    assert rules_of(deep_lists(DEPTH + 1)) == [Rule.NESTING_TOO_DEEP]


def test_nothing_is_lost_at_the_limit() -> None:
    quotations = parse_chapter("> " * DEPTH + "a", "x.md", Report()).chapter
    assert height(quotations, "BlockQuote") == DEPTH
    assert height(quotations, "Text") == 1
    images = parse_chapter("![" * DEPTH + "a" + "](b.png)" * DEPTH, "x.md", Report()).chapter
    assert height(images, "Image") == DEPTH


def test_brackets_around_a_link_count() -> None:
    within, beyond = DEPTH - 1, DEPTH
    assert not rules_of("[" + "[" * within + "a" + "]" * within + "](b.md)")
    assert rules_of("[" + "[" * beyond + "a" + "]" * beyond + "](b.md)") == [Rule.NESTING_TOO_DEEP]


def test_blocks_and_the_inlines_in_them_are_counted_apart() -> None:
    assert not rules_of("> " * DEPTH + "*a " * DEPTH + "b" + " a*" * DEPTH)


def test_emphasis_inside_images_and_notes_counts_with_them() -> None:
    half = DEPTH // 2
    inner = "*a " * half + "b" + " a*" * half
    assert not rules_of("![" * half + inner + "](c.png)" * half)
    assert rules_of("![" * (half + 1) + inner + "](c.png)" * (half + 1)) == [Rule.NESTING_TOO_DEEP]
    assert rules_of("^[" * (half + 1) + inner + "]" * (half + 1)) == [Rule.NESTING_TOO_DEEP]


def test_each_place_that_is_too_deep_is_named() -> None:
    report = Report()
    text = "a\n\n" + "> " * 5 + "b\n\nc\n\n- " + "*d " * 5 + "e" + " d*" * 5 + "\n"
    parse_chapter(text, "x.md", report, depth=4)
    assert [(str(found.position), found.message) for found in report] == [
        ("x.md:3:11", "text is nested deeper than 4 levels"),
        ("x.md:7:3", "text is nested deeper than 4 levels"),
    ]


def test_the_text_around_a_place_that_is_too_deep_is_read() -> None:
    text = "a\n\n> > > b\n>\n> c\n\n*d *e *f* d* e*\n"
    chapter = parse_chapter(text, "x.md", Report(), depth=2).chapter
    assert list(outline(chapter)) == [
        "Paragraph",
        "  Text 'a'",
        "BlockQuote",
        "  BlockQuote",
        "    BlockQuote",
        "  Paragraph",
        "    Text 'c'",
        "Paragraph",
        "  Text '*d *e *f* d* e*'",
    ]


# ── Texts that were written to harm ───────────────────────────────────────────────────────────────

SECONDS = 5

HARMFUL = {
    "brackets": "[" * 10_000,
    "brackets of images": "![" * 10_000,
    "brackets of notes": "^[" * 10_000,
    "brackets that close": "[" * 5_000 + "a" + "]" * 5_000,
    "intervals": "[0, 1) " * 2_000,
    "links": "[" * 5_000 + "a" + "](b)" * 5_000,
    "links that do not close": "[a](<b" * 5_000,
    "images": "![" * 3_000 + "a" + "](b)" * 3_000,
    "emphasis that does not close": "*a **a " * 5_000,
    "emphasis": "*a " * 5_000 + "b" + " a*" * 5_000,
    "markers": "*" * 20_000 + "a" + "*" * 20_000,
    "markers of two kinds": "***a** _b__ " * 3_000,
    "tildes": "~~a " * 5_000,
    "quotations": ">" * 5_000,
    "quotations of many lines": (">" * 400 + "a\n") * 300,
    "lists": "- a\n" + deep_lists(400),
    "lists in one line": "1. " * 3_000 + "a",
    "notes": "[^a]: " * 2_000,
    "backticks": "`" * 10_000,
    "backticks in runs": "".join("`" * (length % 50 + 1) + "a" for length in range(5_000)),
    "tags": "<a " * 10_000,
    "comments": "<!--" * 5_000,
    "entities": "&" * 20_000,
    "backslashes": "\\" * 20_001,
    "braces behind a heading": "# a " + "{a " * 8_000 + "}",
    "bars": "|" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|a" * 5_000,
    "tabs": "\t" * 10_000 + "a",
    "lines above an underline": "a\n" * 5_000 + "===",
    "definitions": "[a]: b\n" * 10_000,
}


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL.keys())
def test_no_text_keeps_the_parser_busy(text: str) -> None:
    start = process_time()
    assert set(rules_of(text)) <= {Rule.NESTING_TOO_DEEP, Rule.SYNTAX_LEFT_OVER, Rule.FENCE_UNCLOSED}
    assert process_time() - start < SECONDS

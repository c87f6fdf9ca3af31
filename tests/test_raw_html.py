"""Raw HTML as people write it, and the tree that it becomes: a block a line, then what is said of it."""

from __future__ import annotations

import sys
import textwrap
import time
from collections.abc import Iterator

import pytest
from golden.outline import outline
from test_normalise import Book, book

from octavo.diagnostics import Rule
from octavo.document import Division, Document, Image, Link, RawBlock, RawInline, Span, walk
from octavo.normalise import normalise
from octavo.normalise.raw_html import read_raw_html

# Name: what is written, what becomes of it, and the place of each report with its words.
CASES: dict[str, tuple[str, str, list[str]]] = {
    "tags in a line": (
        "Press <kbd>Ctrl</kbd>+<KBD>C</KBD>: H<sub>2</sub>O, x<sup>2</sup>, <b>a *b*</b> <i>c</i> <s>d</s> <q>e</q>",
        "paragraph 1:1 | Press span tag=kbd⟨Ctrl⟩+span tag=kbd⟨C⟩: Hsubscript⟨2⟩O, xsuperscript⟨2⟩,"
        " strong⟨a emphasis⟨b⟩⟩ emphasis⟨c⟩ strikethrough⟨d⟩ “e”",
        [],
    ),
    "code": (
        "<code>a &lt; b</code> <code>a **b**</code> <tt>c</tt>",
        "paragraph 1:1 | code⟨a < b⟩ span tag=code⟨a strong⟨b⟩⟩ code⟨c⟩",
        [],
    ),
    "marks are kept, styles and handlers are not": (
        '<mark id="m" class="a b" lang="en" STYLE="color: red" onClick="x()">e</mark>',
        "paragraph 1:1 | span identifier=m classes=a,b attributes=lang=en tag=mark⟨e⟩",
        ["1:1 raw HTML is left out: style, onclick of <mark>; the rest of it stays"],
    ),
    "a mark on what bears none": (
        '<b id="x">a</b>',
        "paragraph 1:1 | span identifier=x⟨strong⟨a⟩⟩",
        [],
    ),
    "an abbreviation": (
        '<abbr title="World Wide Web">WWW</abbr> <abbr>etc.</abbr>',
        "paragraph 1:1 | abbreviation⟨WWW = World Wide Web⟩ span tag=abbr⟨etc.⟩",
        [],
    ),
    "ruby": (
        "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>、<ruby lang=ja>**東**京<rt>とう</rt></ruby>",
        "paragraph 1:7 | ruby⟨漢 ^ かん⟩ruby⟨字 ^ じ⟩、span attributes=lang=ja⟨ruby⟨strong⟨東⟩京 ^ とう⟩⟩",
        [],
    ),
    "ruby with its bases first": (
        "<ruby><rb>北</rb><rb>京</rb><rt>běi</rt><rt>jīng</rt></ruby>",
        "paragraph 1:11 | ruby⟨北 ^ běi⟩ruby⟨京 ^ jīng⟩",
        [],
    ),
    "breaks": ("a<br>b<BR/>c</br>d<wbr>e", "paragraph 1:1 | a↵b↵c↵dspan tag=wbr⟨⟩e", []),
    "links": (
        '<a href="https://example.org/?a=1&amp;b=2" target=_blank rel=noopener title="T">a</a> <a href=b.md>*b*</a>',
        "paragraph 1:1 | link⟨a → https://example.org/?a=1&b=2 “T”⟩ link⟨emphasis⟨b⟩ → b.md⟩",
        [],
    ),
    "links that run a program": (
        '<a href="javascript:alert(1)">a</a> <a href=" java\tscript:b()">b</a> <a href="&#106;avascript:c()">c</a>'
        " <a href=data:text/html,x>d</a>",
        "paragraph 1:31 | a b c d",
        [
            "1:1 raw HTML is left out: href=“javascript:alert(1)” of <a>; the rest of it stays",
            "1:37 raw HTML is left out: href=“javascript:b()” of <a>; the rest of it stays",
            "1:70 raw HTML is left out: href=“javascript:c()” of <a>; the rest of it stays",
            "1:106 raw HTML is left out: href=“data:text/html,x” of <a>; the rest of it stays",
        ],
    ),
    "a link in a link": (
        "[a <a href=u>b</a>](v) <a href=u>[c](d)</a> [![e [f](g)](h)](i)",
        "paragraph 1:1 | link⟨a b → v⟩ link⟨c → d⟩ link⟨image⟨e link⟨f → g⟩ → h = None⟩ → i⟩",
        [
            "1:4 raw HTML is left out: <a> inside another link; its text stays",
            "1:24 raw HTML is left out: <a> around another link; that one stays",
        ],
    ),
    "places to link to": (
        'a\n\n<a id="x"></a>\n<a name="y"/>\n\n<a id="z"/> text <a id=u name=u>u</a>',
        "paragraph 1:1 | a\ndivision 3:1 identifier=x\ndivision 4:1 identifier=y\n"
        "paragraph 6:1 | span identifier=z⟨⟩ text span identifier=u⟨u⟩",
        [],
    ),
    "places at headings": (
        '<a name="x"></a>\n## A\n\n## <a id="y"></a> B\n\n<a id="z"></a>\n## C {#c}',
        "heading 2:1 identifier=x level=2 | A\nheading 4:1 identifier=y level=2 | B\ndivision 6:1 identifier=z\n"
        "heading 7:1 identifier=c level=2 | C",
        [],
    ),
    "images": (
        'a <img src="a.png" alt="A &amp; B" width="200" height=50%/> <IMG SRC=b.png ALT=""> <img alt=c>',
        "paragraph 1:1 | a image⟨ → a.png = None attributes=width=200,height=50% alternative=“A & B”⟩"
        " image⟨ → b.png = None alternative= decorative⟩",
        ["1:84 raw HTML is left out: <img> without src; nothing stands for it"],
    ),
    "the head of a README": (
        '<div align="center">\n  <a href="https://example.org">\n'
        '    <img src="logo.svg" alt="Logo" width="80">\n  </a>\n'
        "\n# Name\n\nWhat it *is*.\n\n</div>\n\nText.",
        "division 2:3 classes=center\n"
        "  paragraph 2:3 | link⟨image⟨ → logo.svg = None attributes=width=80 alternative=Logo⟩ → https://example.org⟩\n"
        "heading 6:1 classes=center level=1 | Name\n"
        "division 8:1 classes=center\n  paragraph 8:1 | What it emphasis⟨is⟩.\n"
        "paragraph 12:1 | Text.",
        [],
    ),
    "a picture for light and dark": (
        '<p align="center">\n  <picture>\n    <source media="(prefers-color-scheme: dark)" srcset="dark.png">\n'
        '    <img src="light.png" alt="It">\n  </picture>\n</p>',
        "division 1:1 classes=center\n  paragraph 4:5 | image⟨ → light.png = None alternative=It⟩",
        ["3:5 raw HTML is left out: <source> of <picture>; its <img> stays"],
    ),
    "headings": (
        '<h1 align="center">A<br>b</h1>\n<h2 id=x>C &copy;</h2>',
        "heading 1:1 classes=center level=1 | A↵b\nheading 2:1 identifier=x level=2 | C ©",
        [],
    ),
    "details around Markdown": (
        "<details open>\n<summary><b>More</b> of it</summary>\n\n- a\n- b\n\n```py\nx\n```\n\n</details>",
        "details 1:1 opened\n  strong⟨More⟩\n   of it\n  list 4:1\n    list item 4:1\n      paragraph 4:3 tight | a\n"
        "    list item 5:1\n      paragraph 5:3 tight | b\n  code block 7:1 info=py language=py\n    | x",
        [],
    ),
    "details in an item": (
        "- a\n  <details>\n  <summary>b</summary>\n\n  c\n\n  </details>\n- d",
        "list 1:1 not tight\n  list item 1:1\n    paragraph 1:3 | a\n    details 2:3\n      b\n"
        "      paragraph 5:3 | c\n  list item 8:1\n    paragraph 8:3 | d",
        [],
    ),
    "details without a summary": (
        "<details>\n\na\n\n</details>",
        "paragraph 3:1 | a",
        ["1:1 raw HTML is left out: <details> without a text in <summary>; what is in it stays"],
    ),
    "a division around Markdown": (
        '<div id="d" class="note" dir="rtl">\n\na *b*\n\n> c\n\n</div>\n<div>\n\nd\n\n</div>',
        "division 1:1 identifier=d classes=note attributes=dir=rtl\n  paragraph 3:1 | a emphasis⟨b⟩\n"
        "  block quote 5:1\n    paragraph 5:3 | c\nparagraph 10:1 | d",
        [],
    ),
    "a quotation and a figure": (
        "<blockquote>\n\na\n\n</blockquote>\n\n"
        "<figure id=f>\n<img src=a.png alt=b>\n<figcaption>C</figcaption>\n</figure>",
        "block quote 1:1\n  paragraph 3:1 | a\nfigure 7:1 identifier=f\n"
        "  paragraph 8:1 tight | image⟨ → a.png = None alternative=b⟩\n  C",
        [],
    ),
    "tags of a line around Markdown": (
        "<b id=x>\n\na\n\nb\n\n</b>",
        "paragraph 3:1 | span identifier=x⟨strong⟨a⟩⟩\nparagraph 5:1 | strong⟨b⟩",
        [],
    ),
    "a table": (
        "<table>\n<caption>T</caption>\n<tr><th>A<th align=right>B\n<tr><th>c<td rowspan=9>d<br>e\n"
        "<tr><td colspan=2 valign=top>\n\n**f**\n\n</td></tr>\n</table>",
        "table 1:1\n  T\n  table row 3:1\n    table cell 3:5\n      paragraph 3:9 tight | A\n"
        "    table cell 3:10 alignment=right\n      paragraph 3:26 tight | B\n"
        "  table row 4:1\n    table cell 4:5 heading\n      paragraph 4:9 tight | c\n"
        "    table cell 4:10 rows=2\n      paragraph 4:24 tight | d↵e\n"
        "  table row 5:1\n    table cell 5:5 columns=2\n      paragraph 7:1 tight | strong⟨f⟩",
        [],
    ),
    "a table in a table": (
        "<table><tr><td><table><tbody><tr><td>a</table></table>",
        "table 1:1\n  table row 1:8\n    table cell 1:12\n      table 1:16\n        table row 1:30\n"
        "          table cell 1:34\n            paragraph 1:38 tight | a",
        [],
    ),
    "text where a table has none": (
        "<table>a<tr><td>b</table>",
        "paragraph 1:8 | a\ntable 1:1\n  table row 1:9\n    table cell 1:13\n      paragraph 1:17 tight | b",
        [],
    ),
    "blocks in a cell": (
        "| a | b |\n|---|---|\n| x<br>y | <ul><li>1</li><li>*2*</li></ul> |",
        "table 1:1\n  table row 1:1\n    table cell 1:3\n      paragraph 1:3 tight | a\n    table cell 1:7\n"
        "      paragraph 1:7 tight | b\n  table row 3:1\n    table cell 3:3\n      paragraph 3:3 tight | x↵y\n"
        "    table cell 3:12\n      list 3:12\n        list item 3:16\n          paragraph 3:20 tight | 1\n"
        "        list item 3:26\n          paragraph 3:30 tight | emphasis⟨2⟩",
        [],
    ),
    "lists": (
        "<ul>\n<li><input type=checkbox checked disabled> a\n<li id=x>b<ol start=3><li>c</ol>\n<ul><li>d</ul></ul>",
        "list 1:1\n  list item 2:1 checked\n    paragraph 2:44 tight | a\n"
        "  list item 3:1\n    division 3:1 identifier=x\n"
        "      paragraph 3:10 tight | b\n      list 3:11 ordered start=3\n        list item 3:23\n"
        "          paragraph 3:27 tight | c\n      list 4:1\n        list item 4:5\n          paragraph 4:9 tight | d",
        [],
    ),
    "definitions": (
        "<dl><dt>a<dd>b<dd>c</dl>\n<dl><dd>d</dl>",
        "definition list 1:1\n  term 1:5 | a\n  definition 1:10\n    paragraph 1:14 tight | b\n  definition 1:15\n"
        "    paragraph 1:19 tight | c\nparagraph 2:9 tight | d",
        ["2:1 raw HTML is left out: <dl> without a term and its definition; its text stays"],
    ),
    "listings": (
        "<pre lang=py><code>a &lt; <b>b</b>\n  c</code></pre>\n\n<pre><code class='language-rust'>d\n</code></pre>",
        "code block 1:1 info=py language=py\n  | a < b\n  |   c\ncode block 4:1 info=rust language=rust\n  | d",
        ["1:27 raw HTML is left out: <b> in <pre>; its text stays"],
    ),
    "comments": (
        "<!-- a --> b <!-- <c> -->\n\n<!--\n\nd\n\n-->\n\n<div><!--> e</div>",
        "paragraph 1:12 | b\nparagraph 9:12 | e",
        [],
    ),
    "declarations": (
        "<!DOCTYPE html>\n\n<?php a() ?>",
        "",
        [
            "1:1 raw HTML is left out: <!DOCTYPE html>; nothing stands for it",
            "3:1 raw HTML is left out: <?php a() ?>; nothing stands for it",
        ],
    ),
    "scripts and styles": (
        "<script>\nif (a < b) x('</b>')\n</script>\n\n"
        "<script>alert(*1*)</script> a <style>p > a {}</style>\n\n<script>\nb",
        "paragraph 5:29 | a",
        [
            "1:1 raw HTML is left out: <script>; what is in it goes with it",
            "5:1 raw HTML is left out: <script>; what is in it goes with it",
            "5:31 raw HTML is left out: <style>; what is in it goes with it",
            "7:1 raw HTML is left out: <script>, which nothing closes; its text stays",
        ],
    ),
    "what no book can do": (
        "<iframe src=a></iframe><video src=b>c</video> <form><button>d</button></form> <svg><a>e</a></svg>",
        "paragraph 1:61 | d",
        [
            "1:1 raw HTML is left out: <iframe>; what is in it goes with it",
            "1:24 raw HTML is left out: <video>; what is in it goes with it",
            "1:47 raw HTML is left out: <form>; its text stays",
            "1:53 raw HTML is left out: <button>; its text stays",
            "1:79 raw HTML is left out: <svg>; what is in it goes with it",
        ],
    ),
    "tags that would hide what follows": (
        "<title>a</title>\n\n<textarea>\n\nb\n\n</textarea>\n\n<select>\n\nc\n\n</select>",
        "paragraph 1:8 | a⏎b\nparagraph 11:1 | c",
        [
            "1:1 raw HTML is left out: <title>; its text stays",
            "3:1 raw HTML is left out: <textarea>; its text stays",
            "9:1 raw HTML is left out: <select>; its text stays",
        ],
    ),
    "tags that no browser knows": (
        "<marquee>a</marquee> List<int> b <octavo-node n=0>c</octavo-node>",
        "paragraph 1:10 | a List b c",
        [
            "1:1 raw HTML is left out: <marquee>; its text stays",
            "1:26 raw HTML is left out: <int>, which nothing closes; its text stays",
            "1:34 raw HTML is left out: <octavo-node>; its text stays",
        ],
    ),
    "a tag that no browser knows, many times": (
        '<listing number="1" caption="A">\n\na\n\n</listing>\n\n<listing>b</listing> <u8>c</u8>\n\n'
        "<listing>\n\n    d\n\n</listing>\n",
        "paragraph 3:1 | a\nparagraph 7:10 | b c\ncode block 11:5\n  | d",
        [
            "1:1 raw HTML is left out: <listing>; its text stays (the first of 3)",
            "7:22 raw HTML is left out: <u8>; its text stays",
        ],
    ),
    "tags that nest wrongly": ("a <b>b <i>c</b> d</i> e", "paragraph 1:1 | a strong⟨b emphasis⟨c⟩⟩emphasis⟨ d⟩ e", []),
    "tags that overlap emphasis": (
        "**a <kbd>b** c</kbd>",
        "paragraph 1:1 | strong⟨a b⟩ c",
        [
            "1:5 raw HTML is left out: <kbd>, which nothing closes; its text stays",
            "1:15 raw HTML is left out: </kbd>, which closes nothing; the text stays",
        ],
    ),
    "an identifier that overlaps": (
        "<b id=x>a<p>b</b>c</p>",
        "paragraph 1:1 | span identifier=x⟨strong⟨a⟩⟩\nparagraph 1:13 | strong⟨b⟩c",
        [],
    ),
    "tags that nothing closes": (
        "<div class=a>\n\nb <i>c\n\n</section>",
        "paragraph 3:1 | b c",
        [
            "1:1 raw HTML is left out: <div>, which nothing closes; its text stays",
            "3:3 raw HTML is left out: <i>, which nothing closes; its text stays",
            "5:1 raw HTML is left out: </section>, which closes nothing; the text stays",
        ],
    ),
    "tags out of their place": (
        "<td>a</td>\n\n<li>b</li>",
        "paragraph 1:5 | a\nparagraph 3:5 | b",
        [
            "1:1 raw HTML is left out: <td>, which cannot stand here; its text stays",
            "3:1 raw HTML is left out: <li>; its text stays",
        ],
    ),
    "tags that do not end": (
        '<div class="a\n\nb\n',
        'paragraph 1:1 | <div class="a\nparagraph 3:1 | b',
        ["1:1 raw HTML is text: a tag that does not end"],
    ),
    "entities": ("<p>&lt;b&gt; &amp;amp; &nbsp;&hellip; &#20013;</p>", "paragraph 1:4 | <b> &amp; \u00a0… 中", []),
    "lines of Chinese": ("<p>中文\n后文</p>", "paragraph 1:4 | 中文⏎后文", []),
    "no HTML": ("`<b>` 1 < 2 \\<i>", "paragraph 1:1 | code⟨<b>⟩ 1 < 2 <i>", []),
}


@pytest.mark.parametrize(("source", "tree", "said"), CASES.values(), ids=CASES.keys())
def test_raw_html_becomes_nodes(source: str, tree: str, said: list[str]) -> None:
    made = book(f"{source}\n")
    document = made.after(read_raw_html)
    assert blocks_of(document) == tree
    assert list(words_of(made)) == said


@pytest.mark.parametrize("source", [case[0] for case in CASES.values()], ids=CASES.keys())
def test_what_was_read_is_read_no_more(source: str) -> None:
    made = book(f"{source}\n")
    first = normalise(made.document, made.context())
    assert not [node for node in walk(first) if isinstance(node, RawBlock | RawInline)]
    assert normalise(first, made.context()) == first


def blocks_of(document: Document) -> str:
    """Return the outline of the only chapter."""
    return textwrap.dedent(outline(document).partition("chapter file=1.md\n")[2]).rstrip("\n")


def words_of(made: Book) -> Iterator[str]:
    for found in made.report:
        assert found.rule is Rule.RAW_HTML_LEFT_OUT
        assert found.position
        yield f"{found.position.line}:{found.position.column} {found.message}"


def test_every_identifier_is_given_once() -> None:
    document = book("<a id=x>\n\na\n\n- b\n\nc\n\n</a>\n\n<b id=y><p>d<p>e</b>\n").after(read_raw_html)
    names = [node.identifier for node in walk(document) if isinstance(node, Division | Span | Link) if node.identifier]
    assert sorted(names) == ["x", "y"]


def test_an_image_has_a_text_where_it_says_so() -> None:
    made = book('<img src="img/a.png" alt="It"> <img src="img/a.png" alt=""> <img src="img/a.png">\n')
    document = normalise(made.document, made.context())
    assert [node.file for node in walk(document) if isinstance(node, Image)] == ["img/a.png"] * 3
    assert [
        found.position.column for found in made.report if found.rule is Rule.IMAGE_WITHOUT_TEXT if found.position
    ] == [61]


HOSTILE = {
    "deep": "<div>" * 5_000 + "a" + "</div>" * 5_000,
    "deep in a line": "a" + "<b>" * 2_000 + "b" + "</b>" * 2_000,
    "never closed": "<div>" * 5_000,
    "comments": "<div>" + "<!--" * 50_000,
    "tags that do not end": "<div " + '<a "' * 20_000,
    "quotation marks": "<div>" + "<a '" * 20_000 + ">",
}


@pytest.fixture
def deep() -> Iterator[None]:
    """Allow as many calls as a build does."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 20_000))
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("deep")
@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_html_is_read_in_time(source: str) -> None:
    made = book(f"{source}\n")
    start = time.process_time()
    document = made.after(read_raw_html)
    assert time.process_time() - start < 10
    assert made.rules
    assert not [node for node in walk(document) if isinstance(node, RawBlock | RawInline)]

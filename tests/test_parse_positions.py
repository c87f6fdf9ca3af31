"""Every node knows where its source begins: texts at their first character, all others at their marker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.diagnostics import Position, Report, Rule
from octavo.document import (
    BlockQuote,
    Callout,
    Chapter,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Division,
    Emphasis,
    HardBreak,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Node,
    Note,
    NoteReference,
    Paragraph,
    RawBlock,
    RawInline,
    Reference,
    ReferenceGroup,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    TableCell,
    TableRow,
    Term,
    Text,
    ThematicBreak,
    walk,
)
from octavo.parse import parse_chapter

ARTICLE = Path(__file__).resolve().parent.parent / "source" / "article.md"
FILE = "x.md"

# What stands in the source where a node of this type begins.
MARKERS: dict[type[Node], str] = {
    BlockQuote: ">",
    Callout: ">",
    Code: "`",
    CodeBlock: r"\S",
    Definition: "[:~][ \t]",
    Emphasis: r"[*_](?![ \t\n])",
    HardBreak: r"(\\| *)\n",
    Image: r"!\[",
    Link: r"\[|<",
    List: r"[-+*]|\d+[.)]",
    ListItem: r"[-+*]|\d+[.)]",
    Note: r"\[\^[^\]]+\]:|\^\[",
    NoteReference: r"\[\^[^\]]+\]|\^\[",
    RawBlock: "<",
    RawInline: "<",
    SoftBreak: r" ?\n",
    Division: r"\S",
    Reference: "@|-@",
    ReferenceGroup: r"\[",
    Span: r"\[",
    Strikethrough: "~",
    Subscript: "~",
    Superscript: r"\^",
    Strong: r"\*\*|__",
    ThematicBreak: r"[-*_]",
}
# These have no marker of their own: they begin with what is in them.
BARE = (DefinitionList, Paragraph, Table, TableCell, Term)

ENGLISH = """\
---
title: A *title* that is not Markdown
---
The harbour
===========

It was *late*, and the **harbour *lay* still**: only the `masts` creaked.[^masts] The keeper\\
of the light &mdash; an *old* man &mdash; wrote `a
long` line into his ~~diary~~ book, <span
title="a > b">as</span> he did
  every night.\x20\x20
Nobody read it.^[Nobody *but* the [clerk](clerk.md "He reads").]

[^masts]: They were of *pine*.

    > So it is **said**.

## The *light* ## {#light .bright}

> It burns
> > and *burns*,
and it burns.
>
> 1. oil
>    in *barrels*
> 2. wick
>
>    - of `cotton`
>	- of wool

> [!TIP]
> Trim *it*.

- [ ] clean the ![glass *of* the lamp](lamp.png)
- [x]   wind the **clock**

| What | When \\| why |
|:-----|-------------:|
| *oil* | `a \\| b` and **c** |
| wick || never
gas |

Lamp
: A *light*.
: Another.

Wick

: Of <http://cotton.example> or [wool], or [linen][wool].

[wool]: https://wool.example

***

    indented *code*

```text
fenced *code*
```

<div>
raw
</div>
"""

CASES = {
    "quotations and lists": "> a\n> > b *c*\n> > - d\n> >   1. e\n> >\n> >      f **g**\n",
    "lists in one line": "- 1. - *a*\n       b\n  2. c\n",
    "loose list": "1.  a\n\n    b\n\n    > c\n\n2.  d\n",
    "lazy continuation": "> a a\na *a*\n   a\n\n- > b\nb `b`\n",
    "the same word again": "a *a* a **a** a [a](a) a `a` a\n",
    "the same word as a marker": "> > > >\n\n# # #\n\n- -\n\n1. 1\n",
    "table": "| a | a \\| a | `a \\| a` a |\n|---|---|:-:|\n| a | *a* \\| **a** |\n||a|\n",
    "table without outer bars": "a | b\n--|--\nb | a\\|b *c*\n",
    "table in a quotation": "> - | a | b |\n>   |---|---|\n>   | c | *d* |\n",
    "setext headings": "a a\n===\n\n  b *c*\nd\n---\n",
    "closing #": "# a ##\n## # ##\n###   *a* b   ###   \n#\tb\n",
    "heading attributes": "# a a {#a .a a=a}\n\n# } {#b}\n\n*b* {.c}\n===\n",
    "definition list": "a *a*\n: a `a`\n\n  b\n: c\n\nb\n\n:   > d\n\nc\n~ e\n",
    "notes": "a[^a] b^[c *d* ^[e] f] g[^a]\n\n[^a]: h *i*\n\n    j\n\n    - k\n",
    "notes in quotations": "> a[^a]\n>\n> [^a]: b\n> c\n>\n>     > d\n",
    "alerts": "> [!NOTE]\n> a\n>\n> > [!warning]\n> > b *c*\n",
    "tabs": "-\ta\n\n\tb\n\n\t-\tc\td\n>\te\n>\n>\t\tf\n",
    "tabs in text": "a\tb *c\td*\te\n\tf\n",
    "hard breaks": "a\\\nb  \n*c*   \n   d\n",
    "links": "[a *b*](c 'd') <https://e.f> <g@h.i> [j][k] [k][] [k]\n\n[k]: /l\n",
    "links in brackets": "[[a](b)] [<c>](d) [<https://e.f>] \\[[g](h)\n",
    "images": "![a *b* `c` [d](e)](f) ![](g) [![h **i**](j)](k) ![l ![m](n)](o)\n",
    "code over a line end": "a `b\nc` d ``e ` f``\n> g `h\n> i` j\n",
    "raw tags over a line end": '<b\nc="d"\n  e=f>g</b> h\n\n- i <j\n  k> l\n',
    "raw blocks": "<div>\n\na *b*\n\n</div>\n\n> <p>\n> c\n",
    "entities": "&amp; a &#35;*b* &nbsp;c&copy;\n",
    "escapes": "\\* a \\*b\\* *c\\*d* \\\\`e` \\a\n",
    "markers left over": "***a** b* ***c* d** ****e* f* *** g **h\n",
    "markers that close nothing": "*a **b* c** _d __e_ ~f ~~g~ ~~~h~~~\n",
    "struck": "~a~ ~~b *c*~~ d ~~e\n",
    "low and high": "a~b~ c^d^ *e~f~*\n",
    "spans and references": "> a [b *c*]{.d} 中@e中 [@f; -@g]{.page}\n> [see @h]\n",
    "divisions": "> ::: {.a}\n> *b*\n>\n> - c\n> :::\n\n{.d}\n*e*\n",
    "tasks": "- [ ] a\n- [x]  *b*\n- [ ] `c`\n  d\n\n1. [X] e\n",
    "listings": "> ```a\n> b\n> ```\n\n- \n      c\n\n  ~~~\n  d\n  ~~~\n",
    "rules": "***\n> ---\n\n- * * *\n",
    "definitions of links between": "[a]: b\n[c]:\n  d\n'e'\nf [a] [c]\n",
    "Chinese": "中文**中文：**中文*“中文”*\n中文，`中文`中文\n\n> - 中文[中文](中文.md)\n",
    "Chinese table": "| 中 | 文 |\n|---|---|\n| 中 | *文* |\n",
    "full-width indentation": "　　中文 *中文*\n　　中文\n\n> 　\n> 　中文\n\n# 　中文\n\n| 　中 |\n|---|\n| 　文 |\n",
    "blank to the eye": "a\n\n　\n\nb\n\n　\n===\n\n　\n: c\n\n> 　\n",
    "front matter": "---\na: b\n---\n\n# b\n\na *b*\n",
}


def chapter_of(text: str) -> Chapter:
    report = Report()
    chapter = parse_chapter(text, FILE, report).chapter
    assert {found.rule for found in report} <= {Rule.SYNTAX_LEFT_OVER, Rule.TABLE_IRREGULAR}  # what some show
    return chapter


def rest_at(text: str, position: Position) -> str:
    """Return the source from a position on."""
    assert position.file == FILE
    lines = text.split("\n")
    assert 1 <= position.line <= len(lines)
    assert 1 <= position.column <= len(lines[position.line - 1]) + 1
    return "\n".join([lines[position.line - 1][position.column - 1 :], *lines[position.line :]])


def spelling(text: str) -> str:
    """Return a pattern for the ways to write a text: as it is, with backslashes, with entities."""
    return "".join(rf"(?:\\?{re.escape(character)}|&#?\w+;)" for character in text)


def begins(node: Node, rest: str) -> bool:
    """Tell whether the source at a node's position is where it begins."""
    match node:
        case Chapter():
            return node.position == Position(FILE)
        case Text():
            return re.match(spelling(node.text), rest) is not None
        case Heading() if rest.startswith("#"):
            return re.match(f"#{{{node.level}}}([ \t]|$)", rest) is not None
        case Heading() | Paragraph() | Table() | TableCell() | Term() | DefinitionList():
            first = next(node.children_in_order(), None)
            return first is None or first.position == node.position
        case TableRow():
            return rest.startswith("|") or node.cells[0].position == node.position
    return re.match(MARKERS[type(node)], rest) is not None


def misplaced(text: str) -> Iterator[str]:
    """Yield what is wrong about the positions in a text."""
    chapter = chapter_of(text)
    end = (0, 0)
    for node in walk(chapter):
        rest = rest_at(text, node.position)
        if not begins(node, rest):
            yield f"{node} at {node.position}: {rest[:20]!r}"
        if isinstance(node, Note) and node.label.startswith("^"):
            return  # notes written in place follow the text in which they stand
        if isinstance(node, Text):
            start = (node.position.line, node.position.column)
            if start < end:
                yield f"{node} at {node.position} begins before the end of what stands before it"
            end = (start[0], start[1] + len(node.text))


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_every_node_is_where_it_says(text: str) -> None:
    assert not list(misplaced(text))


def test_every_node_of_an_english_text_is_where_it_says() -> None:
    assert not list(misplaced(ENGLISH))


def test_every_node_of_the_article_is_where_it_says() -> None:
    assert not list(misplaced(ARTICLE.read_text("utf-8")))


def test_every_node_type_is_looked_at() -> None:
    found = {type(node) for text in (*CASES.values(), ENGLISH) for node in walk(chapter_of(text))}
    assert found == {*MARKERS, *BARE, Chapter, Heading, TableRow, Text}


# What the source at a position cannot tell: which of several like markers it was.

EXACT = {
    "> > a\n> b\n": "BlockQuote 1:1, BlockQuote 1:3, Paragraph 1:5, Text 1:5, SoftBreak 1:6, Text 2:3",
    "- - - a\n": "List 1:1, ListItem 1:1, List 1:3, ListItem 1:3, List 1:5, ListItem 1:5, Paragraph 1:7, Text 1:7",
    "* a\n\n  b\n* c\n": (
        "List 1:1, ListItem 1:1, Paragraph 1:3, Text 1:3, Paragraph 3:3, Text 3:3, "
        "ListItem 4:1, Paragraph 4:3, Text 4:3"
    ),
    "## # ##\n": "Heading 1:1, Text 1:4",
    "# } {.x}\n": "Heading 1:1, Text 1:3",
    "***a** b*\n": "Paragraph 1:1, Emphasis 1:1, Strong 1:2, Text 1:4, Text 1:7",
    "***a* b**\n": "Paragraph 1:1, Strong 1:1, Emphasis 1:3, Text 1:4, Text 1:6",
    "****a***\n": "Paragraph 1:1, Text 1:1, Emphasis 1:2, Strong 1:3, Text 1:5",
    "~~~a\n~~~\n": "CodeBlock 1:1",
    "[<http://a.b>]\n": "Paragraph 1:1, Text 1:1, Link 1:2, Text 1:3, Text 1:14",
    "a ^[b ^[c]]\n": (
        "Paragraph 1:1, Text 1:1, NoteReference 1:3, Note 1:7, Paragraph 1:9, Text 1:9, "
        "Note 1:3, Paragraph 1:5, Text 1:5, NoteReference 1:7"
    ),
    "| a \\| b | *c* |\n|-|-|\n": (
        "Table 1:1, TableRow 1:1, TableCell 1:3, Paragraph 1:3, Text 1:3, "
        "TableCell 1:12, Paragraph 1:12, Emphasis 1:12, Text 1:13"
    ),
    "| `\\|` \\| *a* |\n|-|\n": (
        "Table 1:1, TableRow 1:1, TableCell 1:3, Paragraph 1:3, Code 1:3, Text 1:7, Emphasis 1:11, Text 1:12"
    ),
    "a|b\n-|-\nc\n": (
        "Table 1:1, TableRow 1:1, TableCell 1:1, Paragraph 1:1, Text 1:1, TableCell 1:3, Paragraph 1:3, Text 1:3, "
        "TableRow 3:1, TableCell 3:1, Paragraph 3:1, Text 3:1, TableCell 3:2"
    ),
    "a\n: b\n\nc\n\n: d\n": (
        "DefinitionList 1:1, Term 1:1, Text 1:1, Definition 2:1, Paragraph 2:3, Text 2:3, "
        "Term 4:1, Text 4:1, Definition 6:1, Paragraph 6:3, Text 6:3"
    ),
}


@pytest.mark.parametrize(("text", "places"), EXACT.items())
def test_like_markers_are_told_apart(text: str, places: str) -> None:
    nodes = [node for node in walk(chapter_of(text)) if not isinstance(node, Chapter)]
    found = [f"{type(node).__name__} {node.position.line}:{node.position.column}" for node in nodes]
    assert ", ".join(found) == places

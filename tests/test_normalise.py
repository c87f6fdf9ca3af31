"""The passes: what each does on its own, and that all together do nothing to a document that went through them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pytest

from octavo.diagnostics import Position, Report, Rule
from octavo.document import (
    Abbreviation,
    Abstract,
    Answer,
    Author,
    Block,
    BlockQuote,
    Chapter,
    ChapterRole,
    Division,
    Document,
    Figure,
    Heading,
    Image,
    Link,
    Metadata,
    Node,
    Note,
    NoteReference,
    RawBlock,
    RawInline,
    Reference,
    Section,
    Shape,
    SoftBreak,
    plain_text,
    walk,
)
from octavo.normalise import PASSES, Context, normalise
from octavo.normalise.abstract import settle_abstract, split_keywords
from octavo.normalise.citations import place_bibliographies, read_citations, set_in_words
from octavo.normalise.counted import count_things
from octavo.normalise.counterparts import check_counterparts
from octavo.normalise.figures import read_figures
from octavo.normalise.identifiers import RESERVED, settle_identifiers, slug
from octavo.normalise.images import find_images
from octavo.normalise.inner_headings import lower_inner_headings
from octavo.normalise.labels import settle_labels
from octavo.normalise.levels import settle_levels
from octavo.normalise.links import resolve_links
from octavo.normalise.metadata import identify_book
from octavo.normalise.notes import settle_notes
from octavo.normalise.openings import settle_openings
from octavo.normalise.own_passes import run_own_passes
from octavo.normalise.passes import Pass
from octavo.normalise.raw_html import read_raw_html
from octavo.normalise.references import resolve_references
from octavo.normalise.sections import nest_sections
from octavo.normalise.soft_breaks import is_wide, join_lines
from octavo.normalise.title import settle_title
from octavo.normalise.variables import fill_metadata, fill_variables
from octavo.normalise.written_numbers import read_written_numbers
from octavo.parse import parse_chapter

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = (ROOT / "source" / "article.md").read_text("utf-8")
FILES = ("plot.svg", "img/a.png")
CODE = {"x.py": "one\ntwo\nthree\n"}


@dataclass
class Book:
    """Hold a document, and the context that its passes are given."""

    document: Document
    report: Report = field(default_factory=Report)
    notes: Literal["chapter", "book"] = "chapter"
    numbering: Literal["auto", "written", "computed", "none"] = "auto"
    name: str = "my-book"
    single: bool = False

    def after(self, *passes: Pass) -> Document:
        """Return the document after some passes."""
        document = self.document
        for step in passes:
            document = step(document, self.context())
        return document

    def context(self, report: Report | None = None) -> Context:
        return Context(
            report=self.report if report is None else report,
            numbering=self.numbering,
            notes=self.notes,
            name=self.name,
            single=self.single,
            find_image=find_image,
            read_text=lambda name, position: CODE.get(name),
            has_file=lambda name: name in FILES,
            draw=lambda language, source, position: "plot.svg" if language == "dot" else None,
            set_formulas=lambda formulas, language: [Shape(mathml="<math/>", spoken=each.tex) for each in formulas],
            variables={"edition": "3"},
            link_notes=True,
        )

    @property
    def said(self) -> list[tuple[str, int, str | None]]:
        """Return rule, line and hint of each diagnostic."""
        return [(str(found.rule), found.position.line if found.position else 0, found.hint) for found in self.report]

    @property
    def rules(self) -> list[str]:
        return [str(found.rule) for found in self.report]


def find_image(source: str, position: Position) -> str | None:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(position.file), source))
    return path if path in FILES else None


def book(*texts: str, files: Sequence[str] = (), title: str = "Book", language: str = "en") -> Book:
    """Parse a book of one chapter a text; the files are called 1.md, 2.md and so on unless told."""
    report = Report()
    names = files or [f"{number}.md" for number in range(1, len(texts) + 1)]
    chapters = tuple(parse_chapter(text, name, report).chapter for text, name in zip(texts, names, strict=True))
    metadata = Metadata(title=title, language=language, identifier="", date="2026-01-01")
    return Book(Document(metadata=metadata, chapters=chapters, position=Position(names[0])), report)


def every(kind: type[Node], node: Node) -> list[Node]:
    return [below for below in walk(node) if isinstance(below, kind)]


def headings(document: Document) -> list[Heading]:
    return [node for node in walk(document) if isinstance(node, Heading)]


def links(document: Document) -> list[Link]:
    return [node for node in walk(document) if isinstance(node, Link)]


# ── All of them ──

TEXTS = {
    "index": (
        "# 一\n\n[潮]{.index}，[汐]{.index see=潮}，[[港]{.index}]{.x}，[潮]{.term}[^a]\n\n"
        "[^a]: [潮]{.index entry=潮!注}\n\n"
        "::: {.glossary}\n\n潮\n: 海水。\n\n:::\n"
    ),
    "things": (
        "# 1. 一 {#sec-a}\n\n见@fig-b和[@tbl-c; @thm-d]，[](#fig-b)，@nobody。\n\n"
        "![*图*](a.png){#fig-b width=50%}\n\n"
        '| a |\n|---|\n: 表 {#tbl-c}\n\n::: {#thm-d .theorem title="t"}\n'
        "::: {.callout-tip #tip-e}\n# 题\n\ne\n:::\n:::\n\n"
        "::: {#fig-f}\n![g](a.png)\n![h](a.png){#fig-h}\n\n两图\n:::\n\n::: {.list-of-figures}\n:::\n\n"
        "[见 @fig-b](#sec-a)\n"
    ),
    "things by number": (
        "# 第一章 甲\n\n## 1.1 乙\n\n见图 1 和第\n一章，《书》第一章；§1.1，见 1.9 节，*图 1*。\n\n"
        "![见 1.1 节](a.png)\n\n[见第一章](#甲)\n\n# 第二章 丙\n"
    ),
    "formulas": "$a$\n中 @eq-b\n\n$$ b $$ {#eq-b}\n\n见式 (1)\n",
    "abbreviations": "# HTML\n\nHTML与`HTML`，XHTML [HTML](#html) *HTML*\n\n*[HTML]: words\n",
    "readings": '[漢字]{ruby="かん|じ"} [*a* b]{ruby="c d" .e lang=ja data-f=g h=i}\n',
    "tables of lists": "::: {.table #tbl-z}\n- - [a]{colspan=2}\n- - b\n\nc\n:::\n",
    "empty": "",
    "words": "只有一段文字。\n",
    "soft breaks": "第一行\n第二行，\n*强调*\n“引号”\nLatin\n中文[^a]\n后文\n한국어\n한국어\n\n[^a]: 注\n释\n",
    "hard breaks": "中文  \n后文<br>\n又\\\n一行\n",
    "title": "# 标题\n\n## 一\n\n### 甲\n\n## 二\n",
    "title alone": "# Title\n\nText.\n",
    "text above the title": "motto\n\n[^n]: N\n\n# One^[i]\n\n## Two[^n]\n",
    "two tops": "# One\n\n# Two\n\nText.\n",
    "starts deep": "### a\n\n##### b\n\n#### c\n\n## d\n",
    "skips": "# a\n\n#### b\n\n## c\n\n###### d\n",
    "labels": "## 附录：问答\n\n### Q1：问？\n\nA1：答。\n\n1. 甲\n2. 乙\n\n### Q2: ask\n\nNo answer.\n\n### Q3：\n",
    "appendix": "# Appendix: Tables {.appendix}\n\n## 附录：又\n\n# A\n\n# 附录 A：b\n",
    "abstract": "关键词：甲，乙；丙\n\n> 摘要：文字\n> 又一行\n\n前言。\n\n## 一\n\n关键词：不是\n",
    "abstract in English": "Keywords: a, b; c.\n\n> Abstract: words\n\n# A\n\n# B\n",
    "an abstract with notes": "> Abstract: a[^x]^[y] [b](#a)\n>\n> # H\n\n# A\n\nb[^x]\n\n[^x]: X\n",
    "two abstracts": "> 摘要：一\n\n> 摘要：二\n\n## 甲\n",
    "no head": "关键词：甲，乙\n\n文字。\n",
    "numbers": "## 1. 甲\n\n### 1.1 乙\n\n### 1.2 丙\n\n## 2. 丁\n\n## 3. 戊\n",
    "numbers typed twice": "## 1. 1. 甲\n\n## 2. 2. 乙\n\n## 3. 3. 丙\n",
    "Chinese numbers": "# 第一章 甲\n\n## 一、乙\n\n## 二、丙\n\n# 第二章 丁\n\n# 第三章 戊\n",
    "numbers with a gap": "## 1. a\n\n## 2. b\n\n## 4. d\n\n## 附录：e\n",
    "nested headings": "> # in a quotation\n>\n> ## below\n\n- # in a list\n\n# A\n\n## B\n",
    "notes": "a[^x] b[^y] c[^x]\n\n[^x]: X[^z]\n\n[^y]: Y^[inline]\n\n[^z]: Z\n\n[^unused]: U\n",
    "notes that go wrong": "a[^none] b^[in *place*]\n\n[^x]: one\n\n[^x]: two\n\n# H^[in a heading]\n",
    "notes that call each other": "a[^x]\n\n[^x]: X[^y]\n\n[^y]: Y[^x]\n",
    "identifiers": "# A {#own}\n\n# A\n\n# A\n\n# 2024\n\n# !!!\n\n# Octavo note\n\n# own\n\n#\n",
    "identifiers that go wrong": "# A {#x}\n\n# B {#x}\n\n# C {#octavo-c}\n",
    "links": "# Top\n\n[a](#top) [b](#nope) [c](1.md) [d](1.html#top) [e](none.md)\n",
    "links elsewhere": "# Top\n\n[f](https://x.org) [g](plot.svg) [](#top)\n",
    "images": "![a](plot.svg) ![](img/a.png) ![b](none.png) ![c](https://x.org/c.png)\n",
    "raw HTML in blocks": "<div align=center>\n\n# A\n\n<p>b<img src=img/a.png>\n\n</div>\n\n<ul><li>\n\n*c*\n\n</ul>",
    "raw HTML": "<div>text <b>bold</b></div>\n\na <kbd>b</kbd> c<!-- no -->\n\n<script>x()</script>\n\nd<br/>e\n",
    "comment between lines": "中文<!-- c -->\n后文\n\n<!--\n-->\n\n关键词：甲\n\n# B\n",
    "furniture": "> [!NOTE]\n> 中\n> 文\n\n- [ ] a\n- [x] b\n\nterm\n: definition\n",
    "table": "| a | b |\n|---|--:|\n| [x](#t) | c |\n\n# T\n",
    "code": "```python\nx = 1\n```\n\n`a\nb` ~~c~~ **d**\n\n    # no heading\n",
    "diagrams": "~~~dot {#fig-d caption=Drawn width=60%}\na -> b\n~~~\n\n~~~mermaid\nflowchart LR\n~~~\n",
    "listings": "~~~python {file=x.py lines=2-3 mark=3}\n~~~\n\n~~~python {start=4 hl_lines=1}\nx\n~~~\n",
    "front matter": "---\ntitle: T\n---\n\n# A\n\n# B\n",
    "variables": "# A\n\n版本{{< var edition >}}\n的书 **{{< var none >}}** {{< meta date >}} {{< meta none >}}\n",
    "article": ARTICLE,
}
BOOKS = {
    "several": (
        "# A\n\n## 引言\n\n[to B](2.md#引言)\n",
        "# B\n\n## 引言\n\n[to A](1.md) [a](1.md#a)\n",
        "no heading\n",
    ),
    "twins": ("# A\n\n## Same\n", "# A\n\n## Same\n", "# A\n\n# A\n"),
    "tops": ("# A\n\n# B\n", "text\n\n# C\n", "> # D\n\n## E\n\n# F\n"),
    "numbers": ("# 第一章 甲\n\n## 1.1 乙\n", "# 第二章 丙\n\n## 2.1 丁\n", "# 第三章 戊\n\n## 3.1 己\n"),
    "roles": ("# A {.part}\n\nb\n", "# A\n", "# A {.appendix}\n", "# A {.backmatter}\n"),
    "notes": ("a[^1]\n\n[^1]: A\n", "b[^1]^[c]\n\n[^1]: B\n"),
    "definitions": ("# A\n\nHTML and CSS\n", "*[HTML]: words\n\n*[CSS]: sheets\n"),
}
ALL = {**{name: (text,) for name, text in TEXTS.items()}, **{f"{name} files": texts for name, texts in BOOKS.items()}}


def structure(report: Report) -> set[tuple[str, str, str | None]]:
    return {(str(found.rule), found.message, found.hint) for found in report}


@pytest.mark.parametrize("numbering", ["auto", "written", "computed", "none"])
@pytest.mark.parametrize("title", ["", "Book"], ids=["untitled", "titled"])
@pytest.mark.parametrize("texts", ALL.values(), ids=ALL.keys())
def test_a_normalised_document_stays_as_it_is(
    texts: tuple[str, ...], title: str, numbering: Literal["auto", "written", "computed", "none"]
) -> None:
    made = book(*texts, title=title)
    made.numbering = numbering
    once = normalise(made.document, made.context())
    again = Report()
    assert normalise(once, made.context(again)) == once
    assert structure(again) - structure(made.report) == set()


@pytest.mark.parametrize("notes", ["chapter", "book"])
def test_notes_stay_as_they_are(notes: Literal["chapter", "book"]) -> None:
    made = book(*BOOKS["notes"], TEXTS["notes"])
    made.notes = notes
    once = normalise(made.document, made.context())
    assert normalise(once, made.context()) == once


# What needs a file beside the text is tested by itself, in test_citations.py.
CITING = (read_citations, place_bibliographies, set_in_words)


# What passes of a book's own do is tested by itself: no text makes a book have any. And one pass only reports.
@pytest.mark.parametrize(
    "step",
    [step for step in PASSES if step not in (check_counterparts, run_own_passes, *CITING)],
    ids=lambda step: step.__name__,
)
def test_the_texts_above_are_enough_to_make_each_pass_work(step: Pass) -> None:
    before = PASSES[: PASSES.index(step)]
    changed = 0
    for texts in ALL.values():
        made = book(*texts, title="")
        document = made.after(*before)
        changed += step(document, made.context()) != document
    by_hand = divided(book("Text.\n").document)
    assert changed + (step(by_hand, book("").context()) != by_hand)


def divided(document: Document) -> Document:
    """Put the text of each chapter into a division for one format, whatever the parser makes of such."""
    chapters = (
        replace(
            chapter,
            children=(
                Division(
                    classes=("only",),
                    attributes=(("format", "pdf"),),
                    children=chapter.children,
                    position=chapter.position,
                ),
            ),
        )
        for chapter in document.chapters
    )
    return replace(document, chapters=tuple(chapters))


# What a pass may take away: tags, the words that named keywords and abstract, notes that nobody calls, names in
# references.
TAKEN: dict[Pass, str] = {
    resolve_references: "@fig-b@tbl-c@thm-d@fig-b@eq-b",
    read_raw_html: "divbbdivkbdkbdscriptxscriptnobrdivaligncenterdivpimgsrcimgapngulliul",
    settle_abstract: "关键词摘要KeywordsAbstract",
    settle_notes: "Utwoone",
    fill_variables: "varedition",
    fill_metadata: "metadate",
}


@pytest.mark.parametrize("texts", ALL.values(), ids=ALL.keys())
@pytest.mark.parametrize("step", PASSES, ids=lambda step: step.__name__)
def test_a_pass_keeps_every_word(step: Pass, texts: tuple[str, ...]) -> None:
    made = book(*texts)
    before = made.after(*PASSES[: PASSES.index(step)])
    lost = letters(before) - letters(step(before, made.context()))
    assert lost - Counter(TAKEN.get(step, "")) == Counter()


def letters(document: Document) -> Counter[str]:
    """Return how often each letter stands in the text, or in a field that a pass moved it to."""
    words = [*document.metadata.keywords, plain_text(document)]
    for node in walk(document):
        match node:
            case Heading():
                words += [node.label or "", node.written_number or ""]
            case Answer():
                words.append(node.label)
            case RawBlock() | RawInline():
                words.append(node.text)
    return Counter(letter for letter in "".join(words) if letter.isalnum())


# ── Soft breaks ──


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("中文\n后文", "中文后文"),
        ("中文，\n后文", "中文，后文"),
        ("かな\nカナ", "かなカナ"),
        ("中文\nLatin", "中文 Latin"),
        ("Latin\n中文", "Latin 中文"),
        ("two\nwords", "two words"),
        ("中文 \n后文", "中文后文"),
        ("**中文**\n后文", "中文后文"),
        ("中文\n**后文**", "中文后文"),
        ("**中\n文**", "中文"),
        ("[中文](http://x)\n后文", "中文后文"),
        ("中文[^a]\n后文\n\n[^a]: x", "中文后文"),
        ("中文^[x]\n后文", "中文后文"),
        ("中文\n“引号”", "中文“引号”"),
        ("“引号”\n中文", "“引号”中文"),
        ("中文——\n后文", "中文——后文"),
        ("“quoted”\n“quoted”", "“quoted” “quoted”"),
        ("한국어\n한국어", "한국어 한국어"),
        ("中文\n한국어", "中文 한국어"),
        ("中文\n`code`", "中文 code"),
        ("中文\n![图](a.png)", "中文 图"),
        ("中文  \n后文", "中文 后文"),
        ("中文\n２０２６", "中文２０２６"),
        ("中文\n2026", "中文 2026"),
        ("中文🎉\n中文", "中文🎉 中文"),
        ("# 标题\n\n中\n文", "标题中文"),
    ],
)
def test_a_line_break_between_two_chinese_lines_is_no_space(text: str, joined: str) -> None:
    document = book(text).after(join_lines)
    assert plain_text(document.chapters[0].children[0] if "^" in text else document) == joined


def test_lines_are_joined_in_every_block() -> None:
    text = "> 中\n> 文\n\n- 中\n  文\n\n> [!TIP]\n> 中\n> 文\n\n词\n: 中\n  文\n\n[^a]: 中\n    文\n\n标\n题\n===\n"
    assert every(SoftBreak, book(text).after(join_lines)) == []


@pytest.mark.parametrize(
    ("character", "wide"),
    [("中", True), ("，", True), ("ア", True), ("ㄅ", True), ("가", False), ("a", False), ("…", False)],
)
def test_wide_characters(character: str, wide: bool) -> None:
    assert is_wide(character) is wide


# ── Levels ──


@pytest.mark.parametrize(
    ("written", "settled", "skips"),
    [
        ([1, 2, 3], [1, 2, 3], 0),
        ([2, 3, 2], [1, 2, 1], 0),
        ([4, 4], [1, 1], 0),
        ([1, 3, 3, 2], [1, 2, 2, 2], 2),
        ([2, 4, 6, 3], [1, 2, 3, 2], 2),
        ([3, 2, 1], [1, 1, 1], 2),
        ([1, 3, 2, 3], [1, 2, 2, 3], 1),
        ([], [], 0),
    ],
)
def test_levels_begin_at_one_and_leave_none_out(written: list[int], settled: list[int], skips: int) -> None:
    made = book("\n\n".join(f"{'#' * level} {number}" for number, level in enumerate(written)))
    assert [heading.level for heading in headings(made.after(settle_levels))] == settled
    assert made.rules == ["heading-level-skipped"] * skips


def test_a_skipped_level_is_told_at_its_line() -> None:
    made = book("# a\n\n### b\n")
    made.after(settle_levels)
    assert made.said == [("heading-level-skipped", 3, "write ##")]


def test_each_chapter_has_its_own_levels() -> None:
    document = book("# a\n\n## b\n", "## c\n\n### d\n").after(settle_levels)
    assert [heading.level for heading in headings(document)] == [1, 2, 1, 2]


def test_headings_inside_blocks_have_no_say_in_the_levels_of_a_chapter() -> None:
    made = book("> # quoted\n\n## a\n\n- #### listed\n\n### b\n")
    assert [heading.level for heading in headings(made.after(settle_levels))] == [1, 1, 4, 2]
    assert made.rules == []


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n> # q\n", {"A": 1, "q": 2}),
        ("# A\n\n## B\n\n> ### q\n>\n> ##### r\n>\n> # s\n", {"A": 1, "B": 2, "q": 3, "r": 4, "s": 3}),
        ("# A\n\n- # l\n- ## m\n\n## B\n\n> [!NOTE]\n> # c\n", {"A": 1, "l": 2, "m": 3, "B": 2, "c": 3}),
        ("> # q\n\ntext\n", {"q": 1}),
        ("> # q\n\n# A\n\n## B\n", {"q": 2, "A": 1, "B": 2}),  # it stands under A, see below
        ("# A\n\n## B\n\nx[^n]\n\n[^n]: y\n\n    # n\n", {"A": 1, "B": 2, "n": 2}),
    ],
)
def test_headings_inside_blocks_stand_below_their_section(text: str, levels: dict[str, int]) -> None:
    passes = (settle_levels, nest_sections, settle_openings, settle_notes, lower_inner_headings)
    found = headings(book(text).after(*passes))
    assert {plain_text(heading.children): heading.level for heading in found} == levels


def test_a_quoted_heading_is_no_second_title() -> None:
    chapters = book("# One\n\n> # quoted\n", "# Two\n").after(settle_title).chapters
    assert [block.level for block in chapters[0].children if isinstance(block, Heading)] == [1]


# ── Title ──


@pytest.mark.parametrize(
    ("text", "stated", "title", "left"),
    [
        ("# A *b*\n\n## c", "", "A b", ["c"]),
        ("# A\n\ntext", "", "A", []),
        ("# A\n\n## c", "B", "B", ["A", "c"]),
        ("# A\n\n## c", "A", "A", ["c"]),
        ("# A\n\n# B", "", "my-book", ["A", "B"]),
        ("## A\n\n### B", "", "my-book", ["A", "B"]),
        ("text\n\n# A", "", "my-book", ["A"]),
        ("text", "", "my-book", []),
        ("", "T", "T", []),
    ],
)
def test_the_title_is_stated_or_the_one_leading_heading(text: str, stated: str, title: str, left: list[str]) -> None:
    made = book(text, title=stated)
    document = made.after(settle_title)
    assert document.metadata.title == title
    assert [plain_text(heading) for heading in headings(document)] == left
    assert made.rules == (["title-assumed"] if title == "my-book" else [])


def test_a_book_of_several_files_takes_no_title_from_a_chapter() -> None:
    made = book("# A\n\n## a\n", "# B\n", title="")
    assert made.after(settle_title).metadata.title == "my-book"


def test_chapters_without_one_heading_at_their_top_get_one() -> None:
    made = book("# A\n", "text\n", "# One\n\n# Two\n", "text\n\n## Sub\n", title="T")
    titled = tuple(
        replace(chapter, title=title)
        for chapter, title in zip(made.document.chapters, (None, None, "Both", "Sup"), strict=True)
    )
    made.document = replace(made.document, chapters=titled)
    found = [(heading.level, plain_text(heading)) for heading in headings(made.after(settle_title))]
    assert found == [(1, "A"), (1, "2"), (1, "Both"), (2, "One"), (2, "Two"), (1, "Sup"), (3, "Sub")]
    assert [(rule, hint) for rule, _, hint in made.said] == [("title-assumed", "begin it with # and a title")]


def test_the_identifier_of_the_book_is_kept_by_its_next_edition() -> None:
    made = book("text", title="T")
    first = made.document.metadata

    def identifier(metadata: Metadata) -> str:
        return identify_book(replace(made.document, metadata=metadata), made.context()).metadata.identifier

    assert identifier(first).startswith("urn:uuid:")
    assert identifier(first) == identifier(replace(first, date="2030-01-01", version="9"))
    assert identifier(first) != identifier(replace(first, title="U"))
    assert identifier(first) != identifier(replace(first, authors=(Author(name="A"),)))
    assert identifier(replace(first, identifier="urn:isbn:9780000000002")) == "urn:isbn:9780000000002"


# ── Labels, answers, appendices ──


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("附录：常见问题", "附录", "常见问题"),
        ("附錄：問題", "附錄", "問題"),
        ("Appendix: Tables", "Appendix", "Tables"),
        ("Q1：什么？", "Q1", "什么？"),
        ("Q12: why?", "Q12", "why?"),
        ("问：什么？", "问", "什么？"),
        ("问3：什么？", "问3", "什么？"),
        ("Q1：*什么*？", "Q1", "什么？"),
        ("Q1：", None, "Q1："),
        ("Q：什么", None, "Q：什么"),
        ("FAQ1：什么", None, "FAQ1：什么"),
        ("附录一览", None, "附录一览"),
        ("见附录：甲", None, "见附录：甲"),
        ("注：甲", None, "注：甲"),
    ],
)
def test_labels_are_taken_off_headings(text: str, label: str | None, rest: str) -> None:
    (heading,) = headings(book(f"## {text}\n").after(settle_labels))
    assert (heading.label, plain_text(heading)) == (label, rest)
    assert heading.number is None


def test_what_follows_a_label_keeps_its_place() -> None:
    (heading,) = headings(book("## Q1：什么\n").after(settle_labels))
    assert heading.children[0].position == Position("1.md", 1, 7)


def sections_of(text: str) -> list[Section]:
    document = book(text).after(settle_levels, settle_labels, read_written_numbers, nest_sections)
    return [node for node in walk(document) if isinstance(node, Section)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("## 附录：甲", "appendix"),
        ("## 附录 A 甲\n\n## 附录 B 乙\n\n## 附录 C 丙", "appendix"),
        ("## Tables {.appendix}", "appendix"),
        ("## Q1：甲？", "question"),
        ("## 问：甲？", "question"),
        ("## 甲", "section"),
    ],
)
def test_the_role_of_a_section(text: str, role: str) -> None:
    assert {section.role for section in sections_of(text)} == {role}


def test_an_answer_holds_all_up_to_the_next_section() -> None:
    question, follow_up, other = sections_of("# Q1：甲\n\nA1：答\n1. 一\n\n又\n\n## 乙\n\n丙\n\n# Q2：丁\n\n无\n")
    answer = question.children[0]
    assert isinstance(answer, Answer)
    assert answer.label == "A1"
    assert [type(block).__name__ for block in answer.children] == ["Paragraph", "List", "Paragraph"]
    assert plain_text(answer).startswith("答")
    assert question.children[1:] == (follow_up,)
    assert every(Answer, other) == []


@pytest.mark.parametrize("answer", ["A1：答", "A1: 答", "答：答", "答1：答"])
def test_forms_of_answers(answer: str) -> None:
    assert len(every(Answer, sections_of(f"# Q1：问\n\n{answer}\n")[0])) == 1


def test_an_answer_stands_only_under_a_question() -> None:
    assert every(Answer, book("# 甲\n\nA1：答\n").after(settle_labels, nest_sections)) == []


# ── Abstract and keywords ──


@pytest.mark.parametrize(
    ("line", "keywords"),
    [
        ("关键词：甲，乙、丙；丁", ("甲", "乙", "丙", "丁")),
        ("关键字：甲", ("甲",)),
        ("Keywords: a b, c; d.", ("a b", "c", "d")),
        ("Key words: a", ("a",)),
        ("關鍵詞：甲。", ("甲",)),
        ("关键词是：甲", ()),
    ],
)
def test_keywords_before_the_first_heading(line: str, keywords: tuple[str, ...]) -> None:
    document = book(f"{line}\n\n# A\n").after(settle_abstract)
    assert document.metadata.keywords == keywords
    assert len(document.chapters[0].children) == (1 if keywords else 2)


@pytest.mark.parametrize("word", ["摘要", "摘 要", "内容摘要", "Abstract", "abstract", "Summary"])
def test_the_abstract_before_the_first_heading(word: str) -> None:
    document = book(f"> {word}：文字。\n>\n> 又一段。\n\n前言\n\n# A\n").after(settle_abstract)
    assert document.abstract
    assert [plain_text(block) for block in document.abstract.children] == ["文字。", "又一段。"]
    assert [type(block).__name__ for block in document.chapters[0].children] == ["Paragraph", "Heading"]


@pytest.mark.parametrize(
    "text",
    ["# A\n\n关键词：甲\n\n> 摘要：乙\n", "关键词：甲\n\n> 摘要：乙\n", "# A\n\n# B\n", "> 引用\n\n# A\n"],
    ids=["behind a heading", "no heading", "none", "another quotation"],
)
def test_text_that_is_no_abstract_stays(text: str) -> None:
    made = book(text)
    assert made.after(settle_abstract) is made.document


def test_the_second_abstract_is_a_quotation() -> None:
    document = book("> 摘要：一\n\n> 摘要：二\n\n# A\n").after(settle_abstract)
    assert document.abstract and plain_text(document.abstract) == "一"
    assert len(every(BlockQuote, document)) == 1


def test_a_stated_abstract_and_keywords_come_first() -> None:
    made = book("关键词：乙，甲\n\n> 摘要：二\n\n# A\n")
    stated = replace(made.document, metadata=replace(made.document.metadata, keywords=("甲",)))
    assert settle_abstract(stated, made.context()).metadata.keywords == ("甲", "乙")


def test_the_abstract_is_looked_for_in_the_first_chapter_of_the_body() -> None:
    made = book("关键词：前\n\n# P\n", "关键词：甲\n\n# A\n")
    roles: tuple[ChapterRole, ...] = ("front", "body")
    chapters = tuple(replace(chapter, role=role) for chapter, role in zip(made.document.chapters, roles, strict=True))
    made.document = replace(made.document, chapters=chapters)
    assert made.after(settle_abstract).metadata.keywords == ("甲",)


def stated(text: str, file: str, *chapters: str, files: Sequence[str] = ()) -> Book:
    """Return a book whose abstract is stated by a file."""
    made = book(*chapters, files=files)
    children = parse_chapter(text, file, made.report).chapter.children
    made.document = replace(made.document, abstract=Abstract(file=file, children=children, position=Position(file)))
    return made


def test_links_of_the_abstract_lead_into_the_book() -> None:
    text = "[a](#one) [b](a.md) [c](../x/a.md#one) [d](#1-one) [e](https://example.org) [f](#tow)\n"
    made = stated(text, "octavo.toml", "# 1. One\n\n# 2. Two\n\n# 3. Three\n", files=["a.md"])
    document = made.after(*PASSES)
    assert [link.target for link in links(document)] == ["one", "octavo-chapter-1", None, "one", None, None]
    assert made.said == [("link-not-found", 1, "did you mean “a.md”?"), ("link-not-found", 1, "did you mean “two”?")]


def test_links_of_an_abstract_in_the_text_are_those_of_its_file() -> None:
    chapters = ("> Abstract: [a](#same) [b](2.md#same)\n\n# A\n\n## Same\n", "# B\n\n## Same\n")
    document = book(*chapters).after(*PASSES)
    assert [link.target for link in links(document)] == ["a-same", "b-same"]


def test_notes_of_the_abstract_are_its_own() -> None:
    made = stated("a[^x]^[in place]\n\n[^x]: X\n\n[^u]: U\n", "octavo.toml", "b[^x]\n\n[^x]: Y\n")
    document = made.after(settle_notes)
    assert document.abstract
    found = [(note.number, plain_text(note), note.identifier) for note in document.abstract.notes]
    assert found == [(1, "X", "octavo-note-0-1"), (2, "in place", "octavo-note-0-2")]
    assert settled_notes(document) == [[(1, "Y", 1)]]
    assert made.said == [("note-unused", 5, None)]


def test_an_abstract_in_the_text_calls_the_notes_of_its_file() -> None:
    made = book("> Abstract: a[^x]^[in place]\n\n# A\n\nb[^y] c[^x]\n\n[^x]: X\n\n[^y]: Y\n")
    document = made.after(settle_abstract, settle_notes)
    assert document.abstract
    assert [(note.number, plain_text(note), note.calls) for note in document.abstract.notes] == [
        (1, "X", 1),
        (2, "in place", 1),
    ]
    assert settled_notes(document) == [[(1, "Y", 1), (2, "X", 1)]]
    assert made.said == []


def test_the_notes_of_a_book_count_on_from_the_abstract() -> None:
    made = stated("a^[one]", "octavo.toml", "b^[two]", "c^[three]")
    made.notes = "book"
    numbers = [note.number for note in walk(made.after(settle_notes)) if isinstance(note, Note)]
    assert numbers == [1, 2, 3]


def test_a_heading_in_the_abstract_is_a_paragraph_there() -> None:
    document = book("> Abstract: words\n>\n> ## Method\n>\n> more\n\n# A\n").after(*PASSES)
    assert document.abstract
    assert [plain_text(block) for block in document.abstract.children] == ["words", "Method", "more"]
    assert [plain_text(heading) for heading in headings(document)] == ["A"]


@pytest.mark.parametrize(
    ("texts", "tops"),
    [
        (["![x](x.png)\n\n# A\n\n## B\n"], ["Section"]),
        (["motto\n\n# A\n\na\n"], ["Paragraph", "Section"]),
        (["motto\n\n# A\n\n# B\n\n## C\n"], ["Paragraph", "Section", "Section"]),
        (["motto\n\n> two\n\n# A\n\na\n", "# B\n"], ["Section"]),
        (["motto\n", "# B\n"], ["Section"]),
    ],
    ids=["over a title", "over a section", "over several", "over the title of a chapter", "of a chapter without one"],
)
def test_what_stands_above_the_title_of_a_chapter_stands_under_it(texts: list[str], tops: list[str]) -> None:
    made = book(*texts)
    document = made.after(*PASSES)
    first = document.chapters[0].children
    assert [type(block).__name__ for block in first] == tops
    assert document.chapters[0].children == made.after(*PASSES, settle_openings).chapters[0].children


def test_keywords_are_split_at_commas_of_both_scripts() -> None:
    assert split_keywords(" 甲 , 乙，丙;丁；戊、己。") == ("甲", "乙", "丙", "丁", "戊", "己")


# ── Sections ──


def outline(blocks: Iterable[Block]) -> list[object]:
    """Return sections as lists that begin with their heading, and the names of other blocks."""
    return [
        [plain_text(block.heading), *outline(block.children)] if isinstance(block, Section) else type(block).__name__
        for block in blocks
    ]


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("a\n\n# A\n\nb\n\n## B\n\n# C", ["Paragraph", ["A", "Paragraph", ["B"]], ["C"]]),
        ("### A\n\n## B\n\n### C", [["A"], ["B", ["C"]]]),
        ("> # Q\n\n# A\n\n- # L", ["BlockQuote", ["A", "List"]]),
        ("a\n\nb", ["Paragraph", "Paragraph"]),
    ],
)
def test_sections_nest_by_level(text: str, nested: list[object]) -> None:
    assert outline(book(text).after(nest_sections).chapters[0].children) == nested


def test_an_empty_heading_is_told() -> None:
    made = book("# A\n\n##\n")
    made.after(nest_sections)
    assert made.said == [("heading-empty", 3, None)]


# ── Notes ──


def settled_notes(document: Document) -> list[list[tuple[int | None, str, int]]]:
    return [[(note.number, plain_text(note), note.calls) for note in chapter.notes] for chapter in document.chapters]


def calls(node: Node) -> list[tuple[str, int | None, int]]:
    return [(found.label, found.number, found.call) for found in walk(node) if isinstance(found, NoteReference)]


def test_notes_are_numbered_by_their_first_call() -> None:
    document = book("a[^y] b[^x] c[^y]\n\n[^x]: X\n\n[^y]: Y\n").after(settle_notes)
    assert settled_notes(document) == [[(1, "Y", 2), (2, "X", 1)]]
    assert calls(document) == [("y", 1, 1), ("x", 2, 1), ("y", 1, 2)]
    assert every(Note, Chapter(file="", children=document.chapters[0].children, position=Position(""))) == []


def test_notes_that_only_notes_call_come_last_and_count_their_calls() -> None:
    document = book("a[^x] b[^z]\n\n[^x]: X[^y]\n\n[^y]: Y[^x]\n\n[^z]: Z\n").after(settle_notes)
    assert settled_notes(document) == [[(1, "X", 2), (2, "Z", 1), (3, "Y", 1)]]
    assert calls(document) == [("x", 1, 1), ("z", 2, 1), ("y", 3, 1), ("x", 1, 2)]


def test_each_call_bears_the_identifier_of_its_note() -> None:
    document = book("a[^x]^[in place]\n\n[^x]: X\n", "b[^x]\n\n[^x]: Y\n").after(settle_notes)
    names = [note.identifier for chapter in document.chapters for note in chapter.notes]
    assert names == ["octavo-note-1-1", "octavo-note-1-2", "octavo-note-2-1"]
    assert [found.note for found in walk(document) if isinstance(found, NoteReference)] == names


@pytest.mark.parametrize(("scope", "numbers"), [("chapter", [1, 2, 1]), ("book", [1, 2, 3])])
def test_numbers_begin_again_or_go_on(scope: Literal["chapter", "book"], numbers: list[int]) -> None:
    made = book("a[^x] b[^y]\n\n[^x]: X\n\n[^y]: Y\n", "c[^x]\n\n[^x]: Z\n")
    made.notes = scope
    found = [note.number for chapter in made.after(settle_notes).chapters for note in chapter.notes]
    assert found == numbers


def test_what_is_wrong_with_notes_is_told() -> None:
    made = book("a[^first] b[^frist] c[^nothing]\n\n[^first]: X\n\n[^first]: again\n\n[^unused]: U\n")
    document = made.after(settle_notes)
    assert settled_notes(document) == [[(1, "X", 1)]]
    assert made.said == [
        ("note-not-found", 1, "did you mean “first”?"),
        ("note-not-found", 1, "write [^nothing]: and its text on a line of its own"),
        ("note-duplicate", 5, "it is defined first in line 3"),
        ("note-unused", 7, None),
    ]


# ── Identifiers ──


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("背景介绍", "背景介绍"),
        ("LLM 的核心技术原理", "llm-的核心技术原理"),
        ("What's new?", "whats-new"),
        ("a_b - c", "a_b---c"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("影响：新机遇", "影响新机遇"),
    ],
)
def test_slugs_are_those_of_github(text: str, name: str) -> None:
    assert slug(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("背景", "背景"),
        ("2024 in review", "section-2024-in-review"),
        ("２０２４", "section-２０２４"),
        ("- dash", "section---dash"),
        ("!!!", "section"),
        ("", "section"),
        ("Octavo note 1 1", "section-octavo-note-1-1"),
        ("Octavo", "octavo"),
        ("*Em* `code` [link](http://x)", "em-code-link"),
        ("A^[note]", "a"),
        ("附录：甲", "附录甲"),
        ("Own {#mine}", "mine"),
    ],
)
def test_a_heading_gets_a_name(text: str, name: str) -> None:
    (heading,) = headings(book(f"# {text}\n").after(settle_labels, settle_identifiers))
    assert heading.anchor == name


def names(*texts: str, files: Sequence[str] = ()) -> list[list[str | None]]:
    document = book(*texts, files=files).after(settle_identifiers)
    return [[node.anchor for node in walk(chapter) if isinstance(node, Heading)] for chapter in document.chapters]


def test_the_name_does_not_come_from_the_number() -> None:
    document = book("# 1. 甲\n\n# 2. 乙\n\n# 3. 丙\n").after(read_written_numbers, settle_identifiers)
    assert [heading.anchor for heading in headings(document)] == ["甲", "乙", "丙"]


def test_a_double_inside_a_chapter_is_counted() -> None:
    assert names("# A\n\n# A\n\n# A 1\n\n# A\n") == [["a", "a-1", "a-1-1", "a-2"]]


def test_the_author_comes_first() -> None:
    assert names("# A\n\n# B {#a}\n\n# A\n") == [["a-1", "a", "a-2"]]


def test_a_double_across_chapters_is_qualified_in_all_of_them() -> None:
    assert names("# X\n\n## 引言\n", "# Y\n\n## 引言\n", "# Z\n\n## 结语\n") == [
        ["x", "x-引言"],
        ["y", "y-引言"],
        ["z", "结语"],
    ]


def test_a_double_of_an_authors_identifier_is_qualified() -> None:
    assert names("# X\n\n## a\n", "# Y {#a}\n") == [["x", "x-a"], ["a"]]


CHAPTERS = {
    "x.md": "# X\n\n## 引言\n\n## X 甲\n",
    "y.md": "# Y\n\n## 引言\n\n## 引言\n\n## 2024\n",
    "z.md": "# X\n\n## 引言\n\n## 甲\n",
    "sub/z.md": "# X\n\n## 甲\n",
    "v.md": "# V {#v}\n\n## X-引言\n",
    "w.md": "text\n",
}


def by_file(files: Sequence[str], texts: dict[str, str]) -> dict[str, list[str | None]]:
    return dict(zip(files, names(*(texts[file] for file in files), files=files), strict=True))


def test_the_order_of_chapters_does_not_matter() -> None:
    files = list(CHAPTERS)
    expected = by_file(files, CHAPTERS)
    for turn in range(len(files)):
        assert by_file([*files[turn:], *files[:turn]], CHAPTERS) == expected
    assert by_file(files[::-1], CHAPTERS) == expected
    every_name = [name for row in expected.values() for name in row]
    assert len(set(every_name)) == len(every_name)


def test_chapters_of_one_title_are_told_apart_by_their_files() -> None:
    assert by_file(["a.md", "sub/b.md"], {"a.md": "# X\n\n## Y\n", "sub/b.md": "# X\n\n## Y\n"}) == {
        "a.md": ["a-x", "a-y"],
        "sub/b.md": ["sub-b-x", "sub-b-y"],
    }


def test_even_qualified_names_that_collide_do_not_depend_on_the_order() -> None:
    texts = {"q.md": "# X\n\n## 甲\n", "x.md": "# Y\n\n## 甲\n", "z.md": "# Y\n\n## 甲\n"}
    found = by_file(["q.md", "x.md", "z.md"], texts)
    assert (found["q.md"][1], found["x.md"][1]) == ("x-甲", "x-甲-1")
    assert by_file(["x.md", "z.md", "q.md"], texts) == found


@pytest.mark.parametrize(
    "edit", ["# New\n\n## Other\n", "# Y\n\n## 2024\n", "text\n", "# Y\n\n## 引言\n\n## 引言\n\n## 引言\n\n## 2024\n"]
)
def test_an_edit_elsewhere_changes_no_name(edit: str) -> None:
    files = list(CHAPTERS)
    before, after = by_file(files, CHAPTERS), by_file(files, {**CHAPTERS, "y.md": edit})
    assert {file: row for file, row in after.items() if file != "y.md"} == {
        file: row for file, row in before.items() if file != "y.md"
    }


def test_wrong_identifiers_are_told() -> None:
    made = book("# A {#x}\n\n# B {#octavo-b}\n", "# C {#x}\n")
    made.after(settle_identifiers)
    assert made.said == [
        ("identifier-reserved", 3, f"choose one that does not begin with “{RESERVED}”"),
        ("identifier-duplicate", 1, "it is given first at 1.md:1:1"),
    ]


def test_chapters_get_an_identifier_of_the_tool() -> None:
    document = book("# A\n", "# B\n").after(settle_identifiers)
    assert [chapter.identifier for chapter in document.chapters] == ["octavo-chapter-1", "octavo-chapter-2"]


# ── Links ──


def resolved(destination: str) -> tuple[str | None, Book]:
    """Return where a link in the first of three files leads."""
    made = book(
        f"# First\n\n## 1.1 Deep down\n\n## 1.2 b\n\n## 1.3 c\n\n[x](<{destination}>)\n",
        "# Second {#two}\n\n## Twice\n\n## Twice\n\n## First\n",
        "# Third\n\n## 引言\n",
        files=("a.md", "sub/b.md", "sub/README.md"),
    )
    made.document = made.after(settle_levels, read_written_numbers, nest_sections, settle_identifiers)
    return links(made.after(resolve_links))[0].target, made


@pytest.mark.parametrize(
    ("destination", "target"),
    [
        ("#first-first", "first-first"),
        ("#first", "first-first"),
        ("#deep-down", "deep-down"),
        ("#11-deep-down", "deep-down"),
        ("#two", "two"),
        ("#引言", "引言"),
        ("#%E5%BC%95%E8%A8%80", "引言"),
        ("a.md", "octavo-chapter-1"),
        ("./a.md#deep-down", "deep-down"),
        ("sub/b.md", "octavo-chapter-2"),
        ("sub/b.md#", "octavo-chapter-2"),
        ("sub/b.md#first", "two-first"),
        ("sub/b.md#twice-1", "twice-1"),
        ("sub/b.md#second", "two"),
        ("sub/b.md#Second", "two"),
        ("#DEEP-down", "deep-down"),
        ("sub/b.html#two", "two"),
        ("sub/b.htm", "octavo-chapter-2"),
        ("sub/b.xhtml", "octavo-chapter-2"),
        ("sub/b.markdown", "octavo-chapter-2"),
        ("sub/B.MD", "octavo-chapter-2"),
        ("sub/", "octavo-chapter-3"),
        ("sub", "octavo-chapter-3"),
        ("sub/../a.md", "octavo-chapter-1"),
        ("/sub/b.html#two", "two"),
        ("sub/README.md#引言", "引言"),
    ],
)
def test_links_inside_the_book(destination: str, target: str) -> None:
    found, made = resolved(destination)
    assert found == target
    assert made.rules == []


@pytest.mark.parametrize("destination", ["https://x.org/a.md#b", "mailto:a@b.org", "//x.org", "tel:1", "HTTP://x"])
def test_links_out_of_the_book_stay(destination: str) -> None:
    found, made = resolved(destination)
    assert found is None
    assert made.rules == []


@pytest.mark.parametrize(
    ("destination", "rule", "hint"),
    [
        ("#deep-dwon", "link-not-found", "did you mean “deep-down”?"),
        ("#zzzzzz", "link-not-found", None),
        ("sub/b.md#deep-down", "link-not-found", None),
        ("sub/b.md#twicee", "link-not-found", "did you mean “twice”?"),
        ("sub/c.md", "link-not-found", "did you mean “sub/b.md”?"),
        ("../a.md", "link-not-found", "did you mean “a.md”?"),
        ("zzzzzz.md", "link-not-found", None),
        ("/sub/c.md", "link-not-found", "did you mean “sub/b.md”?"),
        (
            "plot.svg",
            "link-not-allowed",
            "list it among the chapters, or give the address that it has on the web",
        ),
    ],
)
def test_links_that_lead_nowhere_are_told(destination: str, rule: str, hint: str | None) -> None:
    found, made = resolved(destination)
    assert found is None
    assert made.said == [(rule, 9, hint)]


def test_links_are_resolved_from_the_folder_of_their_file() -> None:
    made = book("# A\n", "# B\n\n[up](../a.md) [beside](c.md)\n", "# C\n", files=("a.md", "sub/b.md", "sub/c.md"))
    document = made.after(settle_identifiers, resolve_links)
    assert [link.target for link in links(document)] == ["octavo-chapter-1", "octavo-chapter-3"]


def test_a_link_out_of_the_book_without_a_text_reads_its_address() -> None:
    document = book("# A\n\n[](https://a.example/b)\n").after(resolve_links, resolve_references)
    assert [plain_text(link) for link in links(document)] == ["https://a.example/b"]


# ── What references read ──


@pytest.mark.parametrize(
    ("target", "reads"),
    [
        ("[some words]{#x}", "“some words”"),
        ("::: {#x .proof}\nLong.\n:::", "Proof"),
        ("::: {#x .proof title=Short}\nLong.\n:::", "“Short”"),
        ("::: {#x}\nA whole paragraph.\n:::", None),
        ("{#x}\n- a list", None),
        ("~~~ {#x}\ncode\n~~~", None),
    ],
)
def test_what_has_no_number_is_called_by_its_title(target: str, reads: str | None) -> None:
    made = book(f"# A\n\n@x [](#x) [words](#x)\n\n{target}\n")
    document = normalise(made.document, made.context())
    texts = [node.text for node in walk(document, Reference)]
    assert [*texts, *(plain_text(link) for link in links(document))] == [reads, reads or "", "words"]
    wanted = [] if reads else [("reference-unnamed", 3, "say what it is in a link: [these words](#x)")] * 2
    assert [found for found in made.said if found[0] == "reference-unnamed"] == wanted


def test_references_speak_the_language_of_their_chapter() -> None:
    figure = "![c](a.png){#fig-%s}\n"
    made = book(
        f"# 一\n\n见@fig-b和@sec-b\n\n{figure % 'a'}", f"# Two {{#sec-b}}\n\n@fig-a\n\n{figure % 'b'}", language="zh-CN"
    )
    first, second = made.document.chapters
    made = replace(made, document=replace(made.document, chapters=(first, replace(second, language="en"))))
    document = made.after(read_figures, nest_sections, settle_identifiers, count_things, resolve_references)
    assert [node.text for node in walk(document, Reference)] == [
        "图 2",
        "“Two”",
        "Figure 1",
    ]
    assert [node.label for node in walk(document, Figure)] == ["图 1", "Figure 2"]


# ── Files of definitions ──


def test_a_file_of_abbreviations_is_no_chapter() -> None:
    made = book("# A\n\nHTML\n", "*[HTML]: Language\n", "<!-- none -->\n\n*[CSS]: Sheets\n", "# B\n\nCSS\n")
    document = normalise(made.document, made.context())
    assert [chapter.file for chapter in document.chapters] == ["1.md", "4.md"]
    assert [(node.text, node.expansion) for node in walk(document, Abbreviation)] == [
        ("HTML", "Language"),
        ("CSS", "Sheets"),
    ]
    assert document.definitions == ()
    assert made.rules == []


# ── Images ──


@pytest.mark.parametrize(
    ("source", "file", "rules"),
    [
        ("![a](img/a.png)", "img/a.png", []),
        ("![a](./plot.svg)", "plot.svg", []),
        ("![](plot.svg)", "plot.svg", ["image-without-text"]),
        ("![ ](plot.svg)", "plot.svg", ["image-without-text"]),
        ("![a](none.png)", None, []),
    ],
)
def test_images_are_found(source: str, file: str | None, rules: list[str]) -> None:
    made = book(f"{source}\n")
    (image,) = every(Image, made.after(find_images))
    assert isinstance(image, Image)
    assert image.file == file
    assert made.rules == rules


def test_images_are_looked_for_beside_their_file() -> None:
    made = book("![a](../plot.svg)\n", files=("text/a.md",))
    assert [image.file for image in every(Image, made.after(find_images)) if isinstance(image, Image)] == ["plot.svg"]


# ── Raw HTML ──


@pytest.mark.parametrize(
    ("text", "left", "said"),
    [
        ("a<br>b", "a b", []),
        ("a<BR />b", "a b", []),
        ("a <!-- c --> b", "a  b", []),
        ("<!-- c -->", "", []),
        ("<!--\nc\n-->", "", []),
        ("a <kbd>b</kbd> c", "a b c", []),
        ("a <no>b</no> c", "a b c", ["raw-html-left-out"]),
        ("<div>\na <b>b</b> &amp; c\n</div>", "a b & c", []),
        ("<script>\nalert(1)\n</script>", "", ["raw-html-left-out"]),
        ("<style>a{}</style>", "", ["raw-html-left-out"]),
        ("<div><script>x</script>y</div>", "y", ["raw-html-left-out"]),
        ("<hr>", "", []),
        ("<div><!-- c --></div>", "", []),
        ("`<br>`", "<br>", []),
        ("1 < 2", "1 < 2", []),
    ],
)
def test_raw_html_becomes_nodes_or_is_told(text: str, left: str, said: list[str]) -> None:
    made = book(f"{text}\n")
    document = made.after(read_raw_html)
    assert plain_text(document) == left
    assert every(RawBlock, document) + every(RawInline, document) == []
    assert made.rules == said


def test_a_tag_that_is_left_out_is_named_at_its_place() -> None:
    made = book("text\n\nand <blink>key</blink>\n")
    made.after(read_raw_html)
    (found,) = made.report
    assert (found.rule, found.position) == (Rule.RAW_HTML_LEFT_OUT, Position("1.md", 3, 5))
    assert "<blink>" in found.message


# ── Written numbers and the rest, in the place they have among the passes ──


def test_the_article_keeps_its_numbers_apart_from_its_text() -> None:
    made = book(ARTICLE, language="zh-CN")
    found = headings(normalise(made.document, made.context()))
    assert len(found) == 39
    assert sum(heading.written_number is not None for heading in found) == 33
    assert [heading.label for heading in found if heading.label] == ["附录", "Q1", "Q2", "Q3", "Q4", "Q5"]
    assert made.rules == []

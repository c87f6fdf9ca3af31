"""Hand-written numbers of headings: which are read, which stay text, and what is said about them.

A case is a book in a few lines: what the author wrote, then `=>` with the number read and the text that remains, then
`!` with the number that was expected where a warning is due. A line without `=>` has to stay as it is. `---` begins
another file, with its role where that is not the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

import pytest

from octavo.diagnostics import Position, Report, Rule
from octavo.document import (
    Block,
    BlockQuote,
    Chapter,
    ChapterRole,
    Code,
    Document,
    Heading,
    Inline,
    Metadata,
    Section,
    Strong,
    Text,
    plain_text,
    walk,
)
from octavo.normalise.context import Context
from octavo.normalise.numbers.facts import chapter_facts
from octavo.normalise.numbers.found import find_numbers
from octavo.normalise.numbers.numerals import (
    read_letter,
    read_numeral,
    write_han,
    write_letter,
    write_like,
    write_roman,
)
from octavo.normalise.numbers.styles import Strength, find_candidate, read_printed
from octavo.normalise.written_numbers import read_written_numbers

Numbering: TypeAlias = Literal["auto", "written", "computed", "none"]
NUMBERINGS: tuple[Numbering, ...] = ("auto", "written", "computed", "none")
ARTICLE = Path(__file__).resolve().parent.parent / "source" / "article.md"

# ── Books in a few lines ──────────────────────────────────────────────────────────────────────────

_HEADING = re.compile(r"(?P<marks>#+) (?P<text>.*?)(?P<classes> \{\.unnumbered\})?$")
_LABEL = re.compile(r"(附录|Q\d+)：")


def heading(line: str, position: Position) -> Heading:
    """Make a heading of one line as the parser and the pass for labels would."""
    found = _HEADING.fullmatch(line)
    assert found, line
    label = _LABEL.match(found["text"])
    return Heading(
        level=len(found["marks"]),
        children=inlines(found["text"][label.end() if label else 0 :], position),
        classes=("unnumbered",) if found["classes"] else (),
        label=label[1] if label else None,
        position=position,
    )


def inlines(text: str, position: Position) -> tuple[Inline, ...]:
    """Read `code` and one Strong around the whole."""
    if len(text) > 4 and text.startswith("**") and text.endswith("**"):
        return (Strong(children=inlines(text[2:-2], position), position=position),)
    parts = re.split(r"`([^`]*)`", text)
    return tuple(
        Code(text=part, position=position) if index % 2 else Text(text=part, position=position)
        for index, part in enumerate(parts)
        if part
    )


def chapter(lines: list[str], file: str, role: ChapterRole = "body") -> Chapter:
    """Make a chapter of its heading lines."""
    headings = tuple(heading(line, Position(file, number)) for number, line in enumerate(lines, 1))
    return Chapter(file=file, children=headings, role=role, position=Position(file))


def book(*chapters: Chapter) -> Document:
    """Make a book of chapters."""
    metadata = Metadata(title="书", language="zh", identifier="urn:x", date="2026-01-01")
    return Document(metadata=metadata, chapters=chapters, position=Position("octavo.toml"))


def read(document: Document, numbering: Numbering = "auto") -> tuple[Document, Report]:
    """Run the pass."""
    report = Report()
    context = Context(
        report=report,
        numbering=numbering,
        find_image=lambda source, place: None,
        read_text=lambda name, place: None,
        has_file=lambda path: False,
    )
    return read_written_numbers(document, context), report


def headings(document: Document) -> list[Heading]:
    """Return all headings in reading order."""
    return [node for node in walk(document) if isinstance(node, Heading)]


def _level(block: Block) -> int:
    assert isinstance(block, Heading)
    return block.level


def nested(document: Document) -> Document:
    """Put the headings into sections, as a later pass does."""

    def nest(blocks: tuple[Block, ...]) -> Iterator[Block]:
        while blocks:
            head, *others = blocks
            assert isinstance(head, Heading)
            inner = 0
            while inner < len(others) and _level(others[inner]) > head.level:
                inner += 1
            yield Section(heading=head, children=tuple(nest(tuple(others[:inner]))), position=head.position)
            blocks = tuple(others[inner:])

    chapters = tuple(replace(one, children=tuple(nest(one.children))) for one in document.chapters)
    return replace(document, chapters=chapters)


def parse(case: str) -> tuple[Document, list[str], list[str]]:
    """Return the book of a case, what its headings should read afterwards, and the warnings due."""
    chapters, wanted, warned = [], [], []
    for number, part in enumerate(re.split(r"^\s*---", "body\n" + case.strip(), flags=re.MULTILINE)):
        role, *rows = [row.strip() for row in part.splitlines()]
        rows = [row for row in rows if row]
        file = f"{number}.md"
        lines = []
        for place, row in enumerate(rows, 1):
            line, arrow, result = (piece.strip() for piece in row.partition("=>"))
            result, _, expected = (piece.strip() for piece in result.partition("!"))
            lines.append(line)
            plain = _LABEL.sub("", line.lstrip("# ").removesuffix(" {.unnumbered}")).replace("`", "").replace("**", "")
            wanted.append(result if arrow else f"| {plain}")
            warned += [f"{file}:{place} {expected}"] if expected else []
        chapters.append(chapter(lines, file, role or "body"))  # type: ignore[arg-type]  # the cases name real roles
    return book(*chapters), wanted, warned


def shown(document: Document) -> list[str]:
    """Return every heading as its number, a bar and its text."""
    return [f"{one.number or ''} | {plain_text(one.children)}".strip() for one in headings(document)]


def warnings(report: Report) -> list[str]:
    """Return the warnings as their place and the number expected."""
    found = list(report)
    assert all(one.rule is Rule.NUMBER_UNEXPECTED for one in found)
    return [
        f"{one.position.file}:{one.position.line} {match[1]}"
        for one in found
        if one.position and (match := re.search(r"where “(.*)” was expected", one.message))
    ]


# ── Numbers that are read ─────────────────────────────────────────────────────────────────────────

READ = {
    "digits with a full stop": """
        # 1. 背景    => 1 | 背景
        # 2. 方法    => 2 | 方法
        # 3. 结论    => 3 | 结论
    """,
    "dotted, six deep": """
        # 1. a                  => 1 | a
        ## 1.1 b                => 1.1 | b
        ### 1.1.1 c             => 1.1.1 | c
        #### 1.1.1.1 d          => 1.1.1.1 | d
        ##### 1.1.1.1.1 e       => 1.1.1.1.1 | e
        ###### 1.1.1.1.1.1 f    => 1.1.1.1.1.1 | f
        ###### 1.1.1.1.1.2 g    => 1.1.1.1.1.2 | g
        ##### 1.1.1.1.2 e       => 1.1.1.1.2 | e
        #### 1.1.1.2 d          => 1.1.1.2 | d
        ### 1.1.2 c             => 1.1.2 | c
        ## 1.2 b                => 1.2 | b
    """,
    "dotted with a last stop": """
        # 1. Start     => 1 | Start
        ## 1.1. One    => 1.1 | One
        ## 1.2. Two    => 1.2 | Two
    """,
    "dotted under unnumbered headings": """
        # Setup
        ## 1.1 安装    => 1.1 | 安装
        ## 1.2 配置    => 1.2 | 配置
        # Use
        ## 2.1 运行    => 2.1 | 运行
    """,
    "glued": """
        # 1.准备      => 1 | 准备
        ## 1.1安装    => 1.1 | 安装
        ## 1.2训练    => 1.2 | 训练
        ## 1.3《论语》 => 1.3 | 《论语》
    """,
    "glued, two digits": """
        # 第十三章 模型   => 第十三章 | 模型
        ## 13.1数据     => 13.1 | 数据
        ## 13.2清洗     => 13.2 | 清洗
        ## 13.3训练     => 13.3 | 训练
    """,
    "glued to Latin, where it is expected": """
        # 1. 概述       => 1 | 概述
        ## 1.1LLM 原理  => 1.1 | LLM 原理
        ## 1.2LLM 历史  => 1.2 | LLM 历史
    """,
    "a comma": """
        # 1、甲    => 1 | 甲
        # 2、乙    => 2 | 乙
        # 3、 丙   => 3 | 丙
    """,
    "one style, several separators": """
        # 1. 甲    => 1 | 甲
        # 2、乙    => 2 | 乙
        # ３．丙   => 3 | 丙
        # ⒋丁     => 4 | 丁
    """,
    "full-width digits": """
        # １．甲      => 1 | 甲
        ## １．１　乙  => 1.1 | 乙
        ## １．２　丙  => 1.2 | 丙
    """,
    "bare numbers in full sequence": """
        # 1 Introduction   => 1 | Introduction
        # 2 Methods        => 2 | Methods
        # 3 Results        => 3 | Results
    """,
    "a bare number that the level below continues": """
        # 1 Introduction    => 1 | Introduction
        ## 1.1 Background   => 1.1 | Background
        ## 1.2 Aim          => 1.2 | Aim
    """,
    "from nought": """
        # 0. 前言   => 0 | 前言
        # 1. 甲    => 1 | 甲
        # 2. 乙    => 2 | 乙
    """,
    "two digits, the first nought": """
        # 01. 甲    => 01 | 甲
        # 02. 乙    => 02 | 乙
        # 03. 丙    => 03 | 丙
    """,
    "Chinese with a comma": """
        # 一、一般规定   => 一、 | 一般规定
        # 二、乙       => 二、 | 乙
        # 三、丙       => 三、 | 丙
    """,
    "Chinese over ten": """
        # 一、a        => 一、 | a
        # 二、a        => 二、 | a
        # 三、a        => 三、 | a
        # 四、a        => 四、 | a
        # 五、a        => 五、 | a
        # 六、a        => 六、 | a
        # 七、a        => 七、 | a
        # 八、a        => 八、 | a
        # 九、a        => 九、 | a
        # 十、a        => 十、 | a
        # 十一、a      => 十一、 | a
    """,
    "in parentheses": """
        # 一、甲      => 一、 | 甲
        ## （一）子    => （一） | 子
        ### 1、x      => 1 | x
        #### （1）y   => （1） | y
        #### (2) y   => (2) | y
        #### ⑶ y     => ⑶ | y
        ### 2、x      => 2 | x
        ## （二）丑    => （二） | 丑
        ### 1、x      => 1 | x
        # 二、乙      => 二、 | 乙
        ## （一）子    => （一） | 子
        # 三、丙      => 三、 | 丙
    """,
    "one parenthesis, circled": """
        # 1）甲     => 1） | 甲
        ## ① 子    => ① | 子
        ## ②丑     => ② | 丑
        ## ③、寅    => ③ | 寅
        # 2) 乙    => 2) | 乙
        # 3）丙     => 3） | 丙
    """,
    "characters with their own marks": """
        # ⒈甲     => 1 | 甲
        # ⒉乙     => 2 | 乙
        # ⒊丙     => 3 | 丙
        ## ㈠子    => ㈠ | 子
        ## ㈡丑    => ㈡ | 丑
        ## ㈢寅    => ㈢ | 寅
    """,
    "Roman": """
        # I. One      => I | One
        # II. Two     => II | Two
        # III.三      => III | 三
        # IV、四      => IV | 四
        # Ⅴ. Five    => Ⅴ | Five
    """,
    "chapters and sections": """
        # 第一章 甲     => 第一章 | 甲
        ## 第一节 子    => 第一节 | 子
        ### 1.1.1 x   => 1.1.1 | x
        ### 1.1.2 x   => 1.1.2 | x
        ## 第 2 节：丑   => 第 2 节 | 丑
        # 第２章　乙     => 第2章 | 乙
        ## 第一节 子    => 第一节 | 子
    """,
    "parts over chapters that count through the book": """
        # 第一部分 上      => 第一部分 | 上
        ## 第一章 甲      => 第一章 | 甲
        ## 第二章 乙      => 第二章 | 乙
        # 第二部分 下      => 第二部分 | 下
        ## 第三章 丙      => 第三章 | 丙
        ### 3.1 子       => 3.1 | 子
        ### 3.2 丑       => 3.2 | 丑
    """,
    "chapters alone on their line": """
        # 第一章   => 第一章 |
        # 第二章   => 第二章 |
    """,
    "one chapter with a clear separator": """
        # 第四章：训练   => 第四章 | 训练
    """,
    "one chapter with a space": """
        # 第四章 训练   => 第四章 | 训练
    """,
    "two glued chapters": """
        # 第一章绪论   => 第一章 | 绪论
        # 第二章方法   => 第二章 | 方法
    """,
    "English words": """
        # Part I          => Part I |
        ## Chapter 1: A   => Chapter 1 | A
        ## Chapter 2. B   => Chapter 2 | B
        # Part II — Late  => Part II | Late
        ## Chapter 3 C    => Chapter 3 | C
        ## CHAPTER IV D   => CHAPTER IV | D
    """,
    "English words before lower case, two in sequence": """
        # Chapter 1 the beginning   => Chapter 1 | the beginning
        # Chapter 2 the end         => Chapter 2 | the end
    """,
    "one English chapter": """
        # Chapter 4   => Chapter 4 |
    """,
    "appendices": """
        # 第一章 甲     => 第一章 | 甲
        --- appendix
        # 附录 A 名词   => 附录 A | 名词
        ## A.1 子      => A.1 | 子
        ## A.2 丑      => A.2 | 丑
        --- appendix
        # 附录B：符号   => 附录B | 符号
        ## B.1 子      => B.1 | 子
    """,
    "English appendices": """
        # Appendix A         => Appendix A |
        # Appendix B: Data   => Appendix B | Data
        # Appendix C the end => Appendix C | the end
    """,
    "a paragraph sign": """
        # §1 甲       => §1 | 甲
        ## §1.1 子    => §1.1 | 子
        ## § 1.2丑    => § 1.2 | 丑
    """,
    "one paragraph sign": """
        # §2.1 甲   => §2.1 | 甲
    """,
    "sequences that restart under each heading": """
        # 春
        ## 1. 甲   => 1 | 甲
        ## 2. 乙   => 2 | 乙
        # 秋
        ## 1. 丙   => 1 | 丙
        ## 2. 丁   => 2 | 丁
    """,
    "sequences that count through": """
        # 春
        ## 1. 甲   => 1 | 甲
        ## 2. 乙   => 2 | 乙
        # 秋
        ## 3. 丙   => 3 | 丙
        ## 4. 丁   => 4 | 丁
    """,
    "chapters in files": """
        # 1. 甲      => 1 | 甲
        ---
        # 2. 乙      => 2 | 乙
        ## 2.1 子    => 2.1 | 子
        ---
        # 3. 丙      => 3 | 丙
        ## 3.1 子    => 3.1 | 子
    """,
    "articles in files, each from 1": """
        # 1. 甲      => 1 | 甲
        # 2. 乙      => 2 | 乙
        ---
        # 1. 甲      => 1 | 甲
        # 2. 乙      => 2 | 乙
    """,
    "a number before code": """
        # 1. `make`       => 1 | make
        # 2. Use `make`   => 2 | Use make
        # 3.`make` all    => 3 | make all
    """,
    "a number inside Strong": """
        # **1. 甲**       => 1 | 甲
        # **2. `make`**   => 2 | make
        # **3. 丙**       => 3 | 丙
    """,
    "headings without a number stay": """
        # 前言
        # 1. 甲    => 1 | 甲
        ## 小结
        # 2. 乙    => 2 | 乙
        # 插曲
        # 3. 丙    => 3 | 丙
        # 后记
    """,
    "labels do not break a sequence": """
        # 1. 甲         => 1 | 甲
        # 附录：问答
        ## Q1：什么？
        # 2. 乙         => 2 | 乙
        # 3. 丙         => 3 | 丙
    """,
    "unnumbered headings are left alone": """
        # 1. 甲   => 1 | 甲
        # 2. 乙   => 2 | 乙
        # 7. 题外 {.unnumbered}
        # 3. 丙   => 3 | 丙
    """,
    "an excerpt, from the fourth": """
        # 4. 甲   => 4 | 甲
        # 5. 乙   => 5 | 乙
        # 6. 丙   => 6 | 丙
    """,
    "one chapter of a book, its sections continue it": """
        # 12. 甲      => 12 | 甲
        ## 12.1 子    => 12.1 | 子
        ## 12.2 丑    => 12.2 | 丑
    """,
}

# ── Numbers that do not follow ────────────────────────────────────────────────────────────────────

WARNED = {
    "a gap": """
        # 1. 甲   => 1 | 甲
        # 2. 乙   => 2 | 乙
        # 3. 丙   => 3 | 丙
        # 5. 丁   => 5 | 丁 ! 4
        # 6. 戊   => 6 | 戊
    """,
    "a double": """
        # 1. 甲   => 1 | 甲
        # 2. 乙   => 2 | 乙
        # 3. 丙   => 3 | 丙
        # 3. 丁   => 3 | 丁 ! 4
        # 4. 戊   => 4 | 戊
    """,
    "a double that was only a slip": """
        # 1. 甲   => 1 | 甲
        # 2. 乙   => 2 | 乙
        # 3. 丙   => 3 | 丙
        # 3. 丁   => 3 | 丁 ! 4
        # 5. 戊   => 5 | 戊
    """,
    "back to an earlier number": """
        # 1. 甲   => 1 | 甲
        # 2. 乙   => 2 | 乙
        # 3. 丙   => 3 | 丙
        # 2. 丁   => 2 | 丁 ! 4
        # 5. 戊   => 5 | 戊
    """,
    "a wrong parent": """
        # 1. 甲      => 1 | 甲
        ## 1.1 子    => 1.1 | 子
        ## 1.2 丑    => 1.2 | 丑
        ## 1.3 寅    => 1.3 | 寅
        # 2. 乙      => 2 | 乙
        ## 1.1 子    => 1.1 | 子 ! 2.1
        ## 2.2 丑    => 2.2 | 丑
        # 3. 丙      => 3 | 丙
        ## 3.1 子    => 3.1 | 子
    """,
    "sections that go on past their chapter": """
        # 1. 甲      => 1 | 甲
        ## 1.1 子    => 1.1 | 子
        ## 1.2 丑    => 1.2 | 丑
        # 2. 乙      => 2 | 乙
        ## 1.3 寅    => 1.3 | 寅 ! 2.1
        ## 2.2 卯    => 2.2 | 卯
        # 3. 丙      => 3 | 丙
    """,
    "a section that starts late": """
        # 1. 甲      => 1 | 甲
        ## 1.1 子    => 1.1 | 子
        ## 1.2 丑    => 1.2 | 丑
        # 2. 乙      => 2 | 乙
        ## 2.2 子    => 2.2 | 子 ! 2.1
        ## 2.3 丑    => 2.3 | 丑
        # 3. 丙      => 3 | 丙
    """,
    "a gap in Chinese": """
        # 一、甲   => 一、 | 甲
        # 二、乙   => 二、 | 乙
        # 三、丙   => 三、 | 丙
        # 五、丁   => 五、 | 丁 ! 四、
    """,
    "a gap of words": """
        # 第一章 甲    => 第一章 | 甲
        # 第二章 乙    => 第二章 | 乙
        # 第十二章 丙  => 第十二章 | 丙 ! 第三章
    """,
    "a gap of English words": """
        # Part I: A     => Part I | A
        # Part II: B    => Part II | B
        # Part IV: D    => Part IV | D ! Part III
    """,
    "a gap of appendices": """
        # 附录 A 甲    => 附录 A | 甲
        # 附录 C：丙   => 附录 C | 丙 ! 附录 B
    """,
    "a gap of circles": """
        # ① 甲   => ① | 甲
        # ② 乙   => ② | 乙
        # ③ 丙   => ③ | 丙
        # ⑤ 戊   => ⑤ | 戊 ! ④
    """,
    "a double over files": """
        # 1. 甲   => 1 | 甲
        ---
        # 2. 乙   => 2 | 乙
        ---
        # 3. 丙   => 3 | 丙
        ---
        # 3. 丁   => 3 | 丁 ! 4
    """,
    "back to 1 in a book that counts through its files": """
        # 1. 甲   => 1 | 甲
        ---
        # 2. 乙   => 2 | 乙
        ---
        # 3. 丙   => 3 | 丙
        ---
        # 1. 丁   => 1 | 丁 ! 4
    """,
    "a weak one that the next confirms": """
        # 1 A   => 1 | A
        # 2 B   => 2 | B
        # 3 C   => 3 | C
        # 5 D   => 5 | D ! 4
        # 6 E   => 6 | E
    """,
    "a far one that its sections confirm": """
        # 1. 甲       => 1 | 甲
        # 2. 乙       => 2 | 乙
        # 3. 丙       => 3 | 丙
        # 10. 丁      => 10 | 丁 ! 4
        ## 10.1 子    => 10.1 | 子
        ## 10.2 丑    => 10.2 | 丑
    """,
}

# ── Text that only looks like numbers ─────────────────────────────────────────────────────────────

TEXT = {
    "two are no sequence": """
        # 1. 甲
        # 2. 乙
    """,
    "one alone": """
        # 1. 甲
        ## 乙
    """,
    "one with one below": """
        # 1. 甲
        ## 1.1 乙
    """,
    "three at random": """
        # 3. 甲
        # 7. 乙
        # 12. 丙
    """,
    "three ones": """
        # 春
        ## 1. 甲
        # 夏
        ## 1. 乙
        # 秋
        ## 1. 丙
    """,
    "a list of problems": """
        # 595. Big Countries
        # 596. Classes
        # 597. Requests
        # 601. Stadium
    """,
    "a change log": """
        # Changes
        ## 9.7.6 (March 19)
        ## 9.7.5 (March 3)
        ## 9.7.4 (February 20)
    """,
    "a change log without dates": """
        # 9.7.6 fixes
        # 9.7.5 fixes
        # 9.7.4 fixes
    """,
    "a change log that goes up": """
        # Changes
        ## 9.7.4 fixes
        ## 9.7.5 fixes
        ## 9.7.6 fixes
    """,
    "a change log of two parts that goes up, with dates": """
        # 1.1 (2024-01-05)
        # 1.2 - 2024-02-01
        # 1.3 2024-03-01
        # 1.4 (unreleased)
    """,
    "a change log that goes down to 1": """
        # 3. c
        # 2. b
        # 1. a
    """,
    "versions of two parts": """
        # 2.1 c
        # 2.0 b
        # 1.9 a
    """,
    "addresses": """
        # 192.168.1.1 路由
        # 192.168.1.2 主机
        # 192.168.1.3 主机
    """,
    "books of the Bible": """
        # 1 Samuel
        # 2 Samuel
        # 1 Kings
        # 2 Kings
    """,
    "years": """
        # 1984
        # 1985
        # 1986 年
    """,
    "names": """
        # 1Password
        # 2PC
        # 3D 打印
        # 4K 视频
    """,
    "ordinals": """
        # 第一次世界大战
        # 第二次世界大战
        # 第三方库
        # 第一节课
        # 第二节课
        # 第一部手机
        # 第二部手机
    """,
    "one glued chapter": """
        # 第一章的写法
    """,
    "a part of a sentence": """
        # Part I of the story
        # Part II of the story
        # Chapter 11 in practice
    """,
    "a language, not an appendix": """
        # 附录 C 语言速查
    """,
    "interfaces, not appendices": """
        # 附录 API
        # 附录一览
    """,
    "Roman that is a name": """
        # I. M. Pei
        # I. Newton
        # V. Woolf
    """,
    "letters": """
        # A. Foo
        # B. Foo
        # C. Foo
    """,
    "letters without an appendix": """
        # 1. 甲   => 1 | 甲
        ## A.1 子
        ## A.2 丑
        ## A.3 寅
        # 2. 乙   => 2 | 乙
        # 3. 丙   => 3 | 丙
    """,
    "measures": """
        # 0-1 背包
        # 1.5% 的人
        # 2 × 2 矩阵
        # 3-4 人
    """,
    "seven parts": """
        # 1.1.1.1.1.1.1 甲
        # 1.1.1.1.1.1.2 乙
        # 1.1.1.1.1.1.3 丙
    """,
    "a number alone": """
        # 1.
        # 2.
        # 3.
    """,
    "a section of another chapter, alone": """
        # 1. 甲      => 1 | 甲
        # 2. 乙      => 2 | 乙
        # 3. 丙      => 3 | 丙
        ## 1.3 子
    """,
    "a title after numbers with marks": """
        # 1. 甲      => 1 | 甲
        # 2. 乙      => 2 | 乙
        # 3. 丙      => 3 | 丙
        # 4 Ways to Fail
    """,
    "labels": """
        # 附录：问答
        ## Q1：甲
        ## Q2：乙
        ## Q3：丙
    """,
}

LOOKALIKES = (
    "2PC",
    "3D 打印",
    "9.7.6 (March 19)",
    "9.7.6 patch",
    "595. Big Countries",
    "0-1 背包",
    "第三方库",
    "第一次世界大战",
    "404 Not Found",
    "1984",
    "1Password",
    "v1.2.3",
    "3.14 圆周率",
    "2024. 回顾",
    "24/7 服务",
    "10:30 会议",
    "1.x 版本",
    "5 Ways to Fail",
    "第三章节的写法",
)

FORMS = (
    "{}. a",
    "{}.{} b",
    "{}.{}.1 c",
    "{} D",
    "{}、e",
    "{}.{}LLM",
    "第{}章绪论",
    "第{}章 绪论",
    "§{}.{} f",
    "A.{} g",
    "h",
)

CASES = {**READ, **WARNED, **TEXT}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_reads(case: str) -> None:
    document, wanted, warned = parse(case)
    result, report = read(document)
    assert shown(result) == wanted
    assert warnings(report) == warned


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_written_number_is_what_is_printed(case: str) -> None:
    result, _ = read(parse(case)[0])
    assert all(one.number == one.written_number for one in headings(result))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_sections_make_no_difference(case: str) -> None:
    document, wanted, warned = parse(case)
    result, report = read(nested(document))
    assert shown(result) == wanted
    assert warnings(report) == warned


@pytest.mark.parametrize("numbering", NUMBERINGS)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_reading_twice_changes_nothing(case: str, numbering: Numbering) -> None:
    for document in (parse(case)[0], nested(parse(case)[0])):
        once, first = read(document, numbering)
        twice, second = read(once, numbering)
        assert twice is once
        assert list(second) == list(first)


@pytest.mark.parametrize("numbering", NUMBERINGS)
@pytest.mark.parametrize("seed", range(50))
def test_reading_any_book_twice_changes_nothing(seed: int, numbering: Numbering) -> None:
    chance = Random(seed)
    forms = chance.sample(FORMS, 4)
    lines = [
        "#" * chance.choice((1, 1, 2, 2, 3))
        + " "
        + chance.choice(forms).format(chance.randint(0, 4), chance.randint(1, 3))
        for _ in range(24)
    ]
    once, first = read(book(chapter(lines[:14], "a.md"), chapter(lines[14:], "b.md")), numbering)
    twice, second = read(once, numbering)
    assert twice is once
    assert list(second) == list(first)


@pytest.mark.parametrize("case", TEXT.values(), ids=TEXT)
def test_nothing_changes_where_nothing_is_read(case: str) -> None:
    document, wanted, _ = parse(case)
    if all(line.startswith("|") for line in wanted):
        assert read(document)[0] is document


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("lookalike", LOOKALIKES)
def test_lookalikes_stay_text_among_numbers(lookalike: str, place: int, count: int) -> None:
    numbered = ["# 1. a", "# 2. b", "# 3. c", "# 4. d"]
    lines = numbered[:place] + [f"# {lookalike}"] * count + numbered[place:]
    result, report = read(book(chapter(lines, "a.md")))
    assert shown(result)[place : place + count] == [f"| {lookalike}"] * count
    assert [one.number for one in headings(result) if one.number] == ["1", "2", "3", "4"]
    assert not list(report)


@pytest.mark.parametrize("lookalike", LOOKALIKES)
def test_lookalikes_stay_text_below_numbers(lookalike: str) -> None:
    lines = [f"# {number}. a\n## {number}.1 b\n## {lookalike}\n### {number}.1.1 c" for number in (1, 2, 3)]
    result, report = read(book(chapter("\n".join(lines).splitlines(), "a.md")))
    assert [line for line in shown(result) if lookalike in line] == [f"| {lookalike}"] * 3
    assert not list(report)


@pytest.mark.parametrize("lookalike", LOOKALIKES)
def test_lookalikes_stay_text_alone(lookalike: str) -> None:
    document = book(chapter([f"# {lookalike}"] * 3, "a.md"))
    assert read(document)[0] is document


def test_a_log_below_its_chapter_stays_text() -> None:
    lines = ["# 1. a", "## 1.1 b", "## 1.2 b", "# 2. a", "## 2.1 b", "# 3. Changes", "## 3.2 c", "## 3.1 c", "## 3.0 c"]
    assert shown(read(book(chapter(lines, "a.md")))[0])[6:] == ["| 3.2 c", "| 3.1 c", "| 3.0 c"]


# ── The article ───────────────────────────────────────────────────────────────────────────────────


def article() -> Document:
    """Read the headings of the real article; its shallowest level is `##`."""
    lines = [line[1:] for line in ARTICLE.read_text(encoding="utf-8").splitlines() if re.match(r"##+ ", line)]
    return book(chapter(lines, "article.md"))


def test_the_article_has_33_numbers() -> None:
    result, report = read(article())
    found = [one for one in headings(result) if one.written_number]
    assert (len(headings(result)), len(found), list(report)) == (39, 33, [])
    assert not any(re.match(r"\d", plain_text(one.children)) for one in found)
    assert [one.label for one in headings(result) if not one.number] == ["附录", "Q1", "Q2", "Q3", "Q4", "Q5"]
    assert shown(result)[4] == "1.3.1 | 提高生产效率"


def test_the_article_counts_itself_the_same() -> None:
    read_numbers, computed = (headings(read(article(), numbering)[0]) for numbering in ("auto", "computed"))
    assert [one.number for one in read_numbers] == [one.number for one in computed]


# ── The four ways to number ───────────────────────────────────────────────────────────────────────

STRUCTURE = """
    # 前言
    --- body
    # 1. 甲
    ## 1.1 子
    ## 1.2 丑
    # 题外 {.unnumbered}
    ## 题中
    --- body
    # 附录：问答
    ## 问
    # 5. 乙
    ### 深
    ## 浅
    --- appendix
    # 附录 A 名词
    ## A.1 甲
    --- appendix
    # 表
    --- back
    # 后记
"""


def structure() -> Document:
    """Make a book of all roles; the first part of the text becomes front matter."""
    document = parse(STRUCTURE)[0]
    return replace(document, chapters=(replace(document.chapters[0], role="front"), *document.chapters[1:]))


def test_computed_numbers_follow_the_structure() -> None:
    result, report = read(structure(), "computed")
    assert shown(result) == [
        "| 前言",
        "1 | 甲",
        "1.1 | 子",
        "1.2 | 丑",
        "| 题外",
        "| 题中",
        "| 问答",
        "| 问",
        "2 | 乙",
        "2.1 | 深",
        "2.2 | 浅",
        "附录 A | 名词",
        "A.1 | A.1 甲",
        "附录 B | 表",
        "| 后记",
    ]
    assert [one.written_number for one in headings(result)][1:4] == ["1", "1.1", "1.2"]
    assert not list(report)


def test_computed_numbers_need_no_warning() -> None:
    result, report = read(parse(WARNED["a gap"])[0], "computed")
    assert [(one.written_number, one.number) for one in headings(result)][3] == ("5", "4")
    assert not list(report)


def test_none_keeps_what_was_written_and_prints_nothing() -> None:
    result, report = read(parse(WARNED["a gap"])[0], "none")
    assert [one.written_number for one in headings(result)] == ["1", "2", "3", "5", "6"]
    assert [one.number for one in headings(result)] == [None] * 5
    assert not list(report)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("7. 甲", "7 | 甲"),
        ("1.2.3 甲", "1.2.3 | 甲"),
        ("三、甲", "三、 | 甲"),
        ("第三章的", "第三章 | 的"),
        ("附录 C 甲", "附录 C | 甲"),
        ("IV. A", "IV | A"),
        ("404 Not Found", "| 404 Not Found"),
        ("5 Ways", "| 5 Ways"),
        ("9.7.6 (March 19)", "| 9.7.6 (March 19)"),
        ("第三方库", "| 第三方库"),
    ],
)
def test_written_needs_no_evidence(line: str, wanted: str) -> None:
    result, report = read(book(chapter([f"# {line}"], "a.md")), "written")
    assert shown(result) == [wanted]
    assert not list(report)


def test_written_never_warns() -> None:
    for case in WARNED.values():
        document, wanted, _ = parse(case)
        result, report = read(document, "written")
        assert shown(result) == wanted
        assert not list(report)


# ── Evidence, data, and what stays the same ───────────────────────────────────────────────────────


def with_data(document: Document, *numbers: str | None) -> Document:
    """Set the written numbers of a book of one flat chapter."""
    (one,) = document.chapters
    pairs = zip(headings(document), numbers, strict=True)
    children = tuple(replace(head, written_number=number, number=number) for head, number in pairs)
    return replace(document, chapters=(replace(one, children=children),))


def test_numbers_taken_out_before_are_evidence() -> None:
    lines = ["# 甲", "# 乙", "# 3. 丙"]
    assert shown(read(with_data(book(chapter(lines, "a.md")), "1", "2", None))[0])[2] == "3 | 丙"
    assert shown(read(book(chapter(lines, "a.md")))[0])[2] == "| 3. 丙"


def test_numbers_taken_out_before_are_not_taken_twice() -> None:
    lines = ["# 1. 甲", "# 2. 乙", "# 3. 丙"]
    document = with_data(book(chapter(lines, "a.md")), "1", "2", "3")
    assert read(document)[0] is document


def test_data_in_no_known_form_is_kept() -> None:
    document = with_data(book(chapter(["# 甲"], "a.md")), "Ω-1")
    assert read(document)[0] is document


def test_data_out_of_sequence_is_reported() -> None:
    document = with_data(book(chapter(["# 甲", "# 乙", "# 丙", "# 丁"], "a.md")), "1", "2", "3", "50")
    result, report = read(document)
    assert result is document
    assert warnings(report) == ["a.md:4 4"]


def test_labels_and_unnumbered_headings_lose_a_number() -> None:
    lines = ["# 附录：甲", "# 乙 {.unnumbered}"]
    result, _ = read(with_data(book(chapter(lines, "a.md")), "1", "2"))
    assert [one.number for one in headings(result)] == [None, None]


def test_the_warning_says_what_is_written_and_expected() -> None:
    (found,) = read(parse(WARNED["a gap"])[0])[1]
    assert (found.rule, found.position) == (Rule.NUMBER_UNEXPECTED, Position("0.md", 4))
    assert found.message == "the heading is numbered “5” where “4” was expected"
    assert found.hint == "write 4, or set numbering to computed"


def test_headings_in_quotations_are_text() -> None:
    place = Position("a.md")
    inner = tuple(heading(line, place) for line in ("# 1. 甲", "# 2. 乙", "# 3. 丙"))
    quoted = Chapter(file="a.md", children=(BlockQuote(children=inner, position=place),), position=place)
    for numbering in NUMBERINGS:
        assert read(book(quoted), numbering)[0].chapters[0] is quoted


def test_an_unchanged_chapter_is_the_same_object() -> None:
    document = book(chapter(["# 前言"], "a.md"), chapter(["# 1. 甲", "# 2. 乙", "# 3. 丙"], "b.md"))
    result, _ = read(document)
    assert result.chapters[0] is document.chapters[0]
    assert result.chapters[1] is not document.chapters[1]


def test_facts_do_not_depend_on_lines() -> None:
    lines = ["# 1. 甲", "# 2. 乙", "# 3. 丙"]
    assert chapter_facts(chapter(lines, "a.md")) == chapter_facts(chapter(lines, "b.md"))
    assert [[bool(found) for found in row] for row in find_numbers([chapter_facts(chapter(lines, "a.md"))])] == [
        [True, True, True]
    ]


def test_what_remains_keeps_its_place_and_its_space() -> None:
    first = headings(read(book(chapter(["# 1.  Use `x` now", "# 2. b", "# 3. c"], "a.md")))[0])[0]
    text, *others = first.children
    assert isinstance(text, Text)
    assert (text.text, text.position.column, len(others)) == ("Use ", 5, 2)


# ── Styles and numerals ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "printed", "rest", "strength"),
    [
        ("1. 甲", "1", "甲", Strength.MARKED),
        ("1.2.3. 甲", "1.2.3", "甲", Strength.MARKED),
        ("1.1：甲", "1.1", "甲", Strength.MARKED),
        ("1.1LLM", "1.1", "LLM", Strength.WEAK),
        ("1.5倍", "1.5", "倍", Strength.WEAK),
        ("3 Foo", "3", "Foo", Strength.BARE),
        ("一、二线城市", "一、", "二线城市", Strength.WEAK),
        ("第 3 节 甲", "第 3 节", "甲", Strength.CLEAR),
        ("第　３　节　甲", "第 3 节", "甲", Strength.CLEAR),
        ("第三章甲", "第三章", "甲", Strength.WORD),
        ("第三節甲", "第三節", "甲", Strength.WORD),
        ("附錄 A", "附錄 A", "", Strength.CLEAR),
        ("附录 B 甲", "附录 B", "甲", Strength.WORD),
        ("Appendix I", "Appendix I", "", Strength.WORD),
        ("Chapter 4 - Foo", "Chapter 4", "Foo", Strength.CLEAR),
        ("IV. Foo", "IV", "Foo", Strength.MARKED),
        ("一）甲", "一）", "甲", Strength.MARKED),
        ("❷ 甲", "❷", "甲", Strength.MARKED),
    ],
)
def test_styles(text: str, printed: str, rest: str, strength: Strength) -> None:
    found = find_candidate(text)
    assert found
    assert (found.printed, text[found.length :], found.strength) == (printed, rest, strength)


@pytest.mark.parametrize(
    "text",
    ["", "甲", "1.", "1.1", "1.5%", "1.1-1.3 甲", "2.4x", "Chapter 4.1 A", "Part 2–3", "IIII. A", "I.e. A", "A. B"],
)
def test_no_style(text: str) -> None:
    assert find_candidate(text) is None


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_printed_forms_are_read_as_what_they_were(case: str) -> None:
    for one in headings(parse(case)[0]):
        if found := find_candidate(plain_text(one.children)):
            again = read_printed(found.printed)
            assert again
            assert (again.style, again.values, again.printed) == (found.style, found.values, found.printed)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("07", 7),
        ("〇", 0),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("百", None),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百一十五", 115),
        ("两百", 200),
        ("一百一", None),
        ("二〇", 20),
        ("一〇一", 101),
        ("一二", None),
        ("二〇二四", None),
        ("十十", None),
        ("IV", 4),
        ("XXXIX", 39),
        ("IIII", None),
        ("①", 1),
        ("㊿", 50),
        ("⑴", 1),
        ("⒈", 1),
        ("㈩", 10),
        ("Ⅻ", 12),
        ("½", None),
        ("x", None),
        ("", None),
    ],
)
def test_numerals(text: str, value: int | None) -> None:
    assert read_numeral(text) == value


def test_numerals_are_written_as_they_are_read() -> None:
    assert all(read_numeral(write_han(value)) == value for value in range(1000))
    assert all(read_numeral(write_roman(value)) == value for value in range(1, 90))
    assert all(read_letter(write_letter(value)) == value for value in range(1, 27))
    assert [write_letter(value) for value in (26, 27, 52, 53)] == ["Z", "AA", "AZ", "BA"]


@pytest.mark.parametrize(
    ("sample", "value", "wanted"),
    [
        ("3", 4, "4"),
        ("03", 4, "04"),
        ("三", 12, "十二"),
        ("①", 21, "㉑"),
        ("⑳", 99, "99"),
        ("II", 4, "IV"),
        ("I", 0, "0"),
    ],
)
def test_numbers_are_written_in_the_same_kind(sample: str, value: int, wanted: str) -> None:
    assert write_like(sample, value) == wanted

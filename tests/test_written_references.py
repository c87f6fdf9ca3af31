"""References that authors typed by hand: what is linked, what is reported, and what is left alone."""

from __future__ import annotations

import re
from dataclasses import replace
from time import process_time

import pytest

from octavo.diagnostics import Report
from octavo.document import Document, Metadata, Reference, plain_text, walk
from octavo.normalise import Context, OwnKind, normalise
from octavo.normalise.numbers.mention_forms import HEADED, forms_of
from octavo.normalise.numbers.mentions import find_mentions
from octavo.parse import parse_chapter
from octavo.words import all_patterns

CHINESE = """# 第一章 甲

## 1.1 乙

## 1.2 丙

### 1.2.1 丁

### 1.2.2 戊

{}

![A](a.png)

![B](a.png)

| a |
|---|
: 表

# 第二章 己

::: {{#fig-g}}
![A](a.png)
![B](a.png)

两图
:::

::: {{#thm-a}}
甲
:::

::: {{.algorithm}}
乙
:::

# 第三章 庚

## 附录 A：辛
"""
ENGLISH = """# Chapter 1: A

## 1.1 B

## 1.2 C

{}

![A](a.png)

| a |
|---|
: T

# Chapter 2: D

## 2.1 E

# Chapter 3: F

# Appendix B: G
"""


def normalised(text: str, language: str = "zh-CN") -> tuple[Document, Report]:
    report = Report()
    chapter = replace(parse_chapter(text, "a.md", report).chapter)
    metadata = Metadata(title="T", language=language, identifier="urn:x", date="2025-01-01")
    context = Context(
        report=report,
        by_chapter=True,
        kinds={"algorithm": OwnKind({"zh": "算法"})},
        find_image=lambda source, position: source,
        read_text=lambda *_: None,
        has_file=lambda name: False,
    )
    return normalise(Document(metadata=metadata, chapters=(chapter,), position=chapter.position), context), report


def linked(text: str, language: str = "zh-CN") -> dict[str, str | None]:
    """Return the words that are linked, each with what it leads to."""
    document, _ = normalised((CHINESE if language.startswith("zh") else ENGLISH).format(text), language)
    words = re.sub(r"[\s*`\[\]]|\(h.*?\)", "", text)
    assert words in re.sub(r"\s", "", plain_text(document))  # nothing is lost
    return {
        node.written: node.target for node in walk(document) if isinstance(node, Reference) and node.form == "written"
    }


def said(text: str, language: str = "zh-CN") -> list[str]:
    _, report = normalised((CHINESE if language.startswith("zh") else ENGLISH).format(text), language)
    return [str(found.message) for found in report if str(found.rule) == "reference-number-not-found"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("见图 1-1 所示", {"图 1-1": "a"}),
        ("见图1-1、1-2和图 1.2", {"图1-1": "a", "1-2": "b", "图 1.2": "b"}),
        ("如图１-１所示", {"图１-１": "a"}),
        ("图 2-1(b) 与图 2-1a", {"图 2-1(b)": "chapter-b", "图 2-1a": "chapter-a"}),
        ("见 1.2.1 节，第 1.2.2 节", {"1.2.1 节": "丁", "第 1.2.2 节": "戊"}),
        ("见 1.2.1。参见1.2.2，", {"1.2.1": "丁", "1.2.2": "戊"}),
        ("§1.2.1、§ 1.1", {"§1.2.1": "丁", "§ 1.1": "乙"}),
        ("第二章、第 3 章和第3章", {"第二章": "己", "第 3 章": "庚", "第3章": "庚"}),
        ("本书第二章讲水", {"第二章": "己"}),
        ("参考附录 A", {"附录 A": "辛"}),
        ("（表 1-1）", {"表 1-1": "表"}),
        ("由定理 2-1 得，照算法 2-1 做", {"定理 2-1": "thm-a"}),
        ("Figure 1.1, Section 1.2.1", {"Figure 1.1": "a", "Section 1.2.1": "丁"}),
        ("第\n二章", {"第二章": "己"}),
    ],
)
def test_what_is_linked_in_chinese(text: str, wanted: dict[str, str]) -> None:
    found = linked(f"{text}。")
    assert found.keys() == wanted.keys()
    assert {name for name in found.values() if name and len(name) == 1} <= set("abcdef甲乙丙丁戊己庚辛表")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See Figure 1.1 and Fig. 1.1", {"Figure 1.1": "a-1", "Fig. 1.1": "a-1"}),
        ("In section 1.2, and in Sections 1.1 and 2.1", {"section 1.2": "c", "Sections 1.1": "b", "2.1": "e"}),
        ("Chapter 2, Section 2.1 tells", {"Chapter 2": "d", "Section 2.1": "e"}),
        ("However, Chapter 3 does.", {"Chapter 3": "f"}),
        ("It is so. Table 1.1 tells", {"Table 1.1": "t"}),
        ("Appendix B", {"Appendix B": "g"}),
        ("see 1.2.", {"1.2": "c"}),
        ("Section\n1.2", {"Section\n1.2": "c"}),
        ("Chapter 2 of this book", {"Chapter 2": "d"}),
        ("siehe Kapitel 2 und Abbildung 1.1", {"Kapitel 2": "d", "Abbildung 1.1": "a-1"}),
        ("voir le chapitre 2 et la figure 1.1", {"chapitre 2": "d", "figure 1.1": "a-1"}),
        ("図1.1を参照、第2章、1.2節", {"図1.1": "a-1", "第2章": "d", "1.2節": "c"}),
        ("그림 1.1, 제2장, 1.2절", {"그림 1.1": "a-1", "제2장": "d", "1.2절": "c"}),
    ],
)
def test_what_is_linked_in_other_languages(text: str, wanted: dict[str, str]) -> None:
    assert linked(f"Well. {text}", "en") == wanted


@pytest.mark.parametrize(
    "text",
    [
        *("第三方", "第三次", "第二节课", "地图 1-1", "示意图1-1", "代表 1-1", "列表 1-1", "图 1-1.5", "图 1-1 张"),
        *("RFC 793 §1.1", "RFC 793，§1.1", "RFC 793 第 1.1 节", "《红楼梦》第二章", "《红楼梦》的图 1-1", "该书第二章"),
        *("*红楼梦* 第二章", "[书](https://example.org)的第二章", "论文 1.1 节", "`图 1-1`", "1.1", "1.1.1", "v1.1 节"),
        *("图", "第 章", "图 1", "表 9", "算法 2-1 步"[:2], "Chapter 2 of the handbook", "Section 1.1 in Knuth"),
        *("Chapter 2, Section 2.1 of the handbook", "in the last chapter I wrote", "ISO 32000, Section 1.1"),
        *("configure 1.1", "“见图 1-1”", "“see Section 1.1”"),
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert linked(f"说{text}") | {"": None} == {"": None}
    assert said(f"说{text}") == []


def test_a_number_that_two_things_have_is_not_linked() -> None:
    document, report = normalised("# 第一章 A\n\n见第三章。\n\n# 第三章 F\n\n# 第三章 G\n")
    assert not any(isinstance(node, Reference) for node in walk(document))
    assert "reference-number-not-found" not in [str(found.rule) for found in report]


def test_a_number_may_be_the_typed_one_or_the_printed_one() -> None:
    report = Report()
    text = "# 1. A\n\n# 2. B\n\n# 3. C\n\n# 5. D\n\n见第 4 章和第 5 章。\n"
    chapter = parse_chapter(text, "a.md", report).chapter
    metadata = Metadata(title="T", language="zh", identifier="urn:x", date="2025-01-01")
    context = Context(
        report=report,
        numbering="computed",
        find_image=lambda *_: None,
        read_text=lambda *_: None,
        has_file=lambda _: False,
    )
    document = normalise(Document(metadata=metadata, chapters=(chapter,), position=chapter.position), context)
    assert [node.target for node in walk(document) if isinstance(node, Reference)] == ["d", "d"]


def test_headings_links_and_pictures_stay_as_they_are() -> None:
    text = "## 1.3 见第二章 {#x}\n\n[见第二章](#x)[见第九章](#x) ![图 1-1](a.png) 词"
    assert linked_of(text) == []
    assert said(text) == []


def linked_of(text: str) -> list[str]:
    document, _ = normalised(CHINESE.format(text))
    return [node.written for node in walk(document) if isinstance(node, Reference) and node.form == "written"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(
            (f"说：{text}", "zh-CN")
            for text in ("图 1-9", "见图 1-9", "见 1.2.7 节", "见第 12 章", "（见 §1.9）", "表 1-2")
        ),
        *((f"word {text}", "en") for text in ("see Figure 1.9", "in Section 1.9", "see Chapter 12", "(cf. Table 1.2)")),
    ],
)
def test_what_leads_nowhere_is_reported(text: str, language: str) -> None:
    assert len(said(text, language)) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("图 9-1 表", "§9.9", "见 9.9 节", "第 12 章", "见第三方", "1.9", "图 9", "见图 9", "见定理 9", "第九部分"),
        *("图 1-9 的人", "《书》图 1-9", "RFC 793, 见 §1.9 BGB", "§ 823 BGB", "Figure 1.9 of the report"),
    ],
)
def test_where_the_evidence_is_weak_nothing_is_said(text: str) -> None:
    # A picture's number at the beginning of a paragraph may be its caption, typed too.
    assert said(text) == []


def test_each_word_names_one_kind_in_all_languages() -> None:
    kinds: dict[str, set[str]] = {}
    for kind, pattern in all_patterns():
        if kind in HEADED or kind in ("figure", "table", "equation", "listing"):
            kinds.setdefault(pattern.replace(" ", ""), set()).add(kind)
    assert {word: found for word, found in kinds.items() if len(found) > 1} == {}


def test_the_search_is_linear() -> None:
    forms_of(())

    def seconds(count: int) -> float:
        text = "见图 1-1，in Section 1.2 and 1.3，第第第 §§ Figure Figure (((1.1.1.1.1.1.1 " * count
        start = process_time()
        assert sum(1 for _ in find_mentions(text)) >= count
        return process_time() - start

    # The fastest of three: another program may have the processor's cache at the time.
    assert min(seconds(8_000) for _ in range(3)) < min(seconds(1_000) for _ in range(3)) * 16

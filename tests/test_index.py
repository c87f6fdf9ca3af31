"""The index: what marks say, the order of its entries, and where they lead to in each format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from octavo.diagnostics import Position, Report
from octavo.document import (
    FORMATS,
    Document,
    Index,
    IndexEntry,
    IndexMark,
    Locator,
    Metadata,
    Span,
    plain_text,
    walk,
)
from octavo.normalise import Context, normalise
from octavo.normalise.index.initials import letter_of, row_of
from octavo.normalise.index.order import Scheme, places_of
from octavo.normalise.index.pinyin import syllables
from octavo.parse import parse_chapter
from octavo.recipe import Timings, build
from octavo.render.index import Page, by_page, by_section

AT = Position("a.md")


def normalised(*texts: str, scheme: Scheme = "auto", language: str = "zh-CN") -> Document:
    """Return a book of chapters that has nothing wrong."""
    report = Report()
    chapters = tuple(parse_chapter(text, f"{order}.md", report).chapter for order, text in enumerate(texts, 1))
    metadata = Metadata(title="T", language=language, identifier="urn:x", date="2025-01-01")
    context = Context(
        report=report,
        numbering="computed",
        find_image=lambda source, _: source,
        has_file=lambda _: False,
        read_text=lambda *_: None,
        index_order=scheme,
    )
    document = normalise(Document(metadata=metadata, chapters=chapters, position=AT), context)
    assert not list(report)
    assert normalise(document, context) == document
    return document


def index_of(document: Document) -> dict[str, IndexEntry]:
    """Return the entries of the index, those below others by all their words."""
    (index,) = walk(document, Index)
    found: dict[str, IndexEntry] = {}

    def take(entry: IndexEntry, above: str) -> None:
        found[f"{above}{entry.text}"] = entry
        for below in entry.children:
            take(below, f"{above}{entry.text}!")

    for group in index.groups:
        for entry in group.entries:
            take(entry, "")
    return found


def sections(entry: IndexEntry) -> list[str]:
    return [locator.text for locator in entry.locators]


# ── Marks ──


def test_a_mark_names_an_entry_by_its_text_or_by_its_attribute() -> None:
    text = '# 一\n\n[潮 *水*]{.index}与[大潮]{.index entry="潮水!大潮"}，[]{.index entry=港}。\n'
    assert [mark.path for mark in walk(normalised(text), IndexMark)] == [("潮 水",), ("潮水", "大潮"), ("港",)]


def test_other_marks_of_a_span_stay_around_it() -> None:
    document = normalised("# 一\n\n[tide]{#tide .index .term-of-art lang=en}\n")
    (span,) = walk(document, Span)
    assert (span.identifier, span.classes, span.attributes) == ("tide", ("term-of-art",), (("lang", "en"),))
    assert [type(child) for child in span.children] == [IndexMark]


def test_the_text_of_a_book_is_that_without_marks() -> None:
    (chapter,) = normalised("# 一[潮]{.index}\n\n见[港口]{.index}[]{.index entry=湾}。\n::: {.index}\n:::\n").chapters
    assert plain_text(chapter.children) == "一潮见港口。"


# ── The table ──


def test_an_entry_leads_to_the_sections_of_its_marks() -> None:
    found = index_of(
        normalised("# 甲\n\n[潮]{.index}\n\n## 乙\n\n[潮]{.index}，[潮]{.index}\n", "# 丙\n\n[潮]{.index}\n")
    )
    assert sections(found["潮"]) == ["1", "1.1", "1.1", "2"]
    assert [place.text for place in by_section(found["潮"].locators)] == ["1", "1.1", "2"]


def test_a_section_without_a_number_is_named() -> None:
    assert sections(index_of(normalised("# 甲 {-}\n\n[潮]{.index}\n", "# 乙\n"))["潮"]) == ["甲"]


def test_a_mark_in_a_note_is_where_the_note_is_called() -> None:
    text = "# 甲\n\n## 乙\n\n字[^a]\n\n## 丙\n\n[^a]: [潮]{.index}\n"
    assert sections(index_of(normalised(text))["潮"]) == ["1.1"]


def test_a_passage_goes_from_its_beginning_to_its_end() -> None:
    document = normalised("# 甲\n\n[潮]{.index range=start}\n\n# 乙\n\n[]{.index entry=潮 range=end}[潮]{.index}\n")
    marks = [mark.identifier for mark in walk(document, IndexMark)]
    first, second = index_of(document)["潮"].locators
    assert (first.target, first.end, first.text) == (marks[0], marks[1], "1–2")
    assert (second.target, second.end, second.text) == (marks[2], None, "2")


def test_see_leads_elsewhere_and_see_also_leads_elsewhere_too() -> None:
    text = '# 甲\n\n[潮]{.index see=海!大}，[汐]{.index seealso="潮; 海!大"}，[]{.index entry=海!大}\n'
    found = index_of(normalised(text))
    assert (found["潮"].locators, [other.target for other in found["潮"].see]) == ((), [found["海!大"].identifier])
    assert sections(found["汐"]) == ["1"]
    assert [other.text for other in found["汐"].see_also] == ["潮", "海，大"]


def test_entries_are_shown_by_the_formats_that_show_their_marks() -> None:
    found = index_of(normalised('# 甲\n\n[潮]{.index}，[[潮]{.index}]{.only format="pdf"}\n'))
    assert [locator.formats for locator in found["潮"].locators] == [FORMATS, {"pdf"}]


def test_an_index_stands_where_it_is_wanted_else_at_the_end() -> None:
    wanted = normalised("# 甲\n\n::: {.index}\n:::\n", "# 乙\n\n[潮]{.index}\n")
    assert [any(walk(chapter, Index)) for chapter in wanted.chapters] == [True, False]
    several = normalised("# 甲\n\n[潮]{.index}\n", "# 乙\n")
    assert [(chapter.role, any(walk(chapter, Index))) for chapter in several.chapters][-1] == ("back", True)
    one = normalised("# 甲\n\n[潮]{.index}\n")
    assert len(one.chapters) == 1
    assert any(walk(one, Index))
    assert not any(walk(normalised("# 甲\n"), Index))


# ── The order ──


def ordered(terms: str, language: str = "zh-CN", scheme: Scheme = "auto") -> str:
    """Return labels and terms as they stand; a term may have what it is put in order by behind an equals sign."""
    pairs = [term.partition("=") for term in terms.split()]
    places = places_of({term: sort or None for term, _, sort in pairs}, language, scheme)
    result: list[str] = []
    for term in sorted(places, key=lambda term: places[term].key):
        if (label := f"{places[term].label}:") not in result:
            result.append(label)
        result.append(term)
    return " ".join(result)


def test_chinese_is_read_by_whole_words_and_stands_among_latin_letters() -> None:
    terms = "重庆 重要 行业 行走 阿尔法 API 长城 长大 音乐 快乐 α 3D Zoo 张 中文"
    assert ordered(terms) == (
        "符号: 3D A: API 阿尔法 C: 长城 重庆 H: 行业 K: 快乐 X: 行走 Y: 音乐 Z: Zoo 张 长大 中文 重要 Α: α"
    )


def test_one_character_stands_together_and_the_tone_counts() -> None:
    terms = "实际 时间 实践 时刻 妈 麻 马 骂 吗"
    assert ordered(terms) == "M: 妈 麻 马 骂 吗 S: 时间 时刻 实际 实践"


def test_an_author_says_how_a_word_is_read() -> None:
    assert ordered("单于=chányú 单位 朴=piáo") == "C: 单于 D: 单位 P: 朴"
    assert syllables("zhòng yào") == syllables("zhong4 yao4") == (("zhong", 4), ("yao", 4))


def test_strokes_are_counted() -> None:
    assert ordered("一 乙 中文 北京 API 龜", "zh-TW") == "A: API 1 劃: 一 乙 4 劃: 中文 5 劃: 北京 16 劃: 龜"


def test_zhuyin_has_signs_of_its_own() -> None:
    assert ordered("北京 中文 API", "zh-TW", "zhuyin") == "A: API ㄅ: 北京 ㄓ: 中文"


@pytest.mark.parametrize(
    ("language", "terms", "expected"),
    [
        ("de", "Zug Äpfel Apfel Öl Ofen", "A: Apfel Äpfel O: Ofen Öl Z: Zug"),
        ("sv", "Ål Zebra Apa", "A: Apa Z: Zebra Å: Ål"),
        ("fr", "été etage Été", "E: etage été Été"),
        ("ja", "がく かき さくら 学=がく ひょう アイ", "あ: アイ か: かき がく 学 さ: さくら は: ひょう"),
        ("ko", "나비 가방 까치", "ㄱ: 가방 ㄲ: 까치 ㄴ: 나비"),
    ],
)
def test_each_language_has_its_order(language: str, terms: str, expected: str) -> None:
    assert ordered(terms, language) == expected


def test_what_a_term_begins_with() -> None:
    assert [letter_of(text) for text in ("éa", "ß", "ж", "3", "", "中")] == ["E", "S", "Ж", "", "", ""]
    assert [row_of(text) for text in ("パン", "ん", "하", "a", "")] == [(5, "は"), (9, "わ"), (18, "ㅎ"), None, None]


# ── Pages ──


def pages(*labels: str) -> dict[str, Page]:
    return {f"m{index}": Page(index, label) for index, label in enumerate(labels)}


def locators(*targets: str) -> list[Locator]:
    """Return locators of marks, “m1” or “m1-m4” where a passage is meant."""
    pairs = [target.partition("-") for target in targets]
    return [Locator(target=first, end=end or None, text="", formats=FORMATS) for first, _, end in pairs]


BOOK = pages("i", "ii", "iii", "1", "2", "3", "4", "5", "6")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("m3 m3 m8", "1 6"),
        ("m3 m4", "1 2"),
        ("m3 m4 m5 m8", "1–3 6"),
        ("m5 m3 m4", "1–3"),
        ("m1 m2 m3 m4", "ii iii 1 2"),  # roman and arabic numbers are no row
        ("m0 m1 m2 m3", "i–iii 1"),
        ("m3-m5", "1–3"),
        ("m3-m3 m4", "1 2"),
        ("m3-m5 m4 m6", "1–3 4"),
        ("m3-m5 m5-m7", "1–5"),
        ("m3 m3-m5", "1–3"),
        ("gone m3", "1"),
    ],
)
def test_pages_are_told_once_and_three_in_a_row_as_a_range(marks: str, expected: str) -> None:
    assert [place.text for place in by_page(locators(*marks.split()), BOOK)] == expected.split()


def test_the_pdf_tells_the_pages_that_are_printed(tmp_path: Path) -> None:
    import pypdfium2  # noqa: PLC0415

    source = tmp_path / "book"
    source.mkdir()
    settings = '[book]\ntitle = "T"\nlanguage = "en"\ndate = 2025-01-01\nkind = "book"\nfrontmatter = ["0.md"]\n'
    (source / "octavo.toml").write_text(settings)
    # The index stands first, and is so long that it moves what it leads to.
    terms = " ".join(f"[term {number}]{{.index}}" for number in range(200))
    (source / "0.md").write_text("# Index\n\n::: {.index}\n:::\n\n# Preface\n\n[tide]{.index}\n")
    (source / "1.md").write_text(f"# One\n\n[tide]{{.index}} {terms}\n")
    (source / "2.md").write_text("# Two\n\n[tide]{.index}\n")
    (source / "3.md").write_text("# Three\n\n[tide]{.index}\n")
    report = Report()
    build(source, tmp_path / "out", ["pdf"], report, Timings())
    assert not list(report)
    with pypdfium2.PdfDocument(tmp_path / "out" / "book.pdf") as document:
        labels = [document.get_page_label(index) for index in range(len(document))]
        texts = [page.get_textpage().get_text_bounded() for page in document]
    (entry,) = [line for text in texts for line in text.splitlines() if re.match("tide [ivx]+, ", line)]
    (preface,) = [label for label, text in zip(labels, texts, strict=True) if "Preface" in text and "tide" in text]
    assert not preface.isdigit()
    one, two, three = [
        label
        for title in ("One", "Two", "Three")
        for label, text in zip(labels, texts, strict=True)
        if text.splitlines()[:1] == [title]
    ]
    assert int(three) - int(two) == 1
    assert entry == f"tide {preface}, {one}" + (f", {two}, {three}" if int(two) > int(one) + 1 else f"–{three}")

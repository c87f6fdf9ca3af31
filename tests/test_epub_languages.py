"""What language each run of the e-book is in, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from golden import BOOKS, Books

from octavo.epub.languages import with_languages

XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
XHTML = "{http://www.w3.org/1999/xhtml}"
# Told apart by the names of characters, and not by the ranges that the program has.
EAST = re.compile("[\u2e80-\u2fdf\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
KANA = re.compile("[\u3041-\u30ff]")
HANGUL = re.compile("[\uac00-\ud7a3]")


def page(body: str, language: str = "en") -> str:
    return f'<html lang="{language}" xml:lang="{language}"><head><title>词</title></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "The word 《词》。 is", 'The word <span lang="zh" xml:lang="zh">《词》。</span> is'),
        ("en", "第11期 (2012)", '<span lang="zh" xml:lang="zh">第11期</span> (2012)'),
        (
            "en",
            "漢字 and かんじ",
            '<span lang="zh" xml:lang="zh">漢字</span> and <span lang="ja" xml:lang="ja">かんじ</span>',
        ),
        ("en", "食べる", '<span lang="ja" xml:lang="ja">食べる</span>'),
        ("en", "한국 말", '<span lang="ko" xml:lang="ko">한국 말</span>'),
        ("en", "мир, the angle ω", '<span lang="und-Cyrl" xml:lang="und-Cyrl">мир</span>, the angle ω'),
        ("ru", "мир", "мир"),
        ("zh-CN", "用 Python 写的词", "用 Python 写的词"),
        ("zh-TW", "日本語のこと", '日本語<span lang="ja" xml:lang="ja">のこと</span>'),
        ("ja", "日本語のこと", "日本語のこと"),
        ("en", "<i lang='de'/>", "<i lang='de'/>"),
    ],
)
def test_a_run_of_another_script_is_told(language: str, text: str, told: str) -> None:
    assert with_languages(page(text, language)) == page(told, language)


@pytest.mark.parametrize(
    ("language", "reading", "told"),
    [("en", "なわ", "ja"), ("en", "shéng", "zh"), ("zh", "なわ", "ja"), ("zh", "shéng", None), ("ja", "なわ", None)],
)
def test_a_word_with_a_reading_is_in_the_language_of_that(language: str, reading: str, told: str | None) -> None:
    attributes = f' lang="{told}" xml:lang="{told}"' if told else ""
    ruby = f"<b>縄</b><rt>{reading}</rt></ruby>"
    assert with_languages(page(f"<ruby>{ruby}", language)) == page(f"<ruby{attributes}>{ruby}", language)


def test_what_its_author_marked_keeps_its_language() -> None:
    before, behind = page('<p lang="ja">字<b>字</b></p>字'), '<p lang="ja" xml:lang="ja">字<b>字</b></p>'
    assert with_languages(before) == page(f'{behind}<span lang="zh" xml:lang="zh">字</span>')


@pytest.mark.parametrize(
    "markup", ["<math><mi>词</mi></math>", "<svg><text>词</text></svg>", "<!-- 词 -->", '<img alt="a > 词" />']
)
def test_where_no_element_of_text_may_stand_there_is_none(markup: str) -> None:
    assert with_languages(page(markup)) == page(markup)


@pytest.mark.parametrize("book", BOOKS)
def test_every_run_of_a_book_is_in_its_language(book: str, books: Books) -> None:
    built = books(book)
    if built.edition is None:
        return
    with ZipFile(built.output / f"{built.edition.slug}.epub") as archive:
        pages = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")}
    assert len(pages) > 1
    assert [f"{name}: {fault}" for name, content in pages.items() for fault in _faults(content)] == []


def _faults(content: bytes) -> Iterator[str]:
    root = ElementTree.fromstring(content)
    for element in root.iter():
        if element.tag.startswith(XHTML) and element.get("lang") != element.get(XML_LANGUAGE):
            yield f"lang is not xml:lang: {element.attrib}"
    yield from _misfits(root, "")


def _misfits(element: ElementTree.Element, around: str) -> Iterator[str]:
    if not element.tag.startswith(XHTML) or element.tag == f"{XHTML}head":
        return
    language = element.get(XML_LANGUAGE, around)
    names = [element.get(name, "") for name in ("aria-label", "title", "alt")]
    for text in (element.text or "", *names, *(child.tail or "" for child in element)):
        if not fits(text, language):
            yield f"{text.strip()[:40]} in {language}"
    for child in element:
        if isinstance(child.tag, str):
            yield from _misfits(child, language)


def fits(text: str, language: str) -> bool:
    """Tell whether a text has no signs that its language is not written in."""
    primary = language.partition("-")[0]
    return not (
        (EAST.search(text) and primary not in ("zh", "ja", "ko"))
        or (KANA.search(text) and primary != "ja")
        or (HANGUL.search(text) and primary != "ko")
    )

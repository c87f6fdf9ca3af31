"""Emphasis beside Chinese, Japanese and Korean text, where CommonMark leaves the asterisks (commonmark-spec issue 650).

In what is expected, `<b>` stands for strong text, `<i>` for emphasis and `<a>` for a link.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from octavo.diagnostics import Report, Rule
from octavo.document import Code, Emphasis, Inline, Link, Paragraph, Strikethrough, Strong, Text
from octavo.parse import Dialect, parse_chapter

TAGS: dict[type[Inline], str] = {Strong: "b", Emphasis: "i", Strikethrough: "s", Link: "a"}


def shown(text: str, dialect: Dialect = Dialect.OCTAVO) -> str:
    """Return the inlines of a paragraph with tags in place of markers."""
    report = Report()
    (paragraph,) = parse_chapter(text, "x.md", report, dialect=dialect).chapter.children
    assert isinstance(paragraph, Paragraph)
    assert {found.rule for found in report} <= {Rule.SYNTAX_LEFT_OVER}  # asterisks that stay are said to
    return tagged(paragraph.children)


def tagged(nodes: Sequence[Inline]) -> str:
    parts = []
    for node in nodes:
        match node:
            case Text():
                parts.append(node.text)
            case Code():
                parts.append(f"`{node.text}`")
            case Strong() | Emphasis() | Strikethrough() | Link():
                tag = TAGS[type(node)]
                parts.append(f"<{tag}>{tagged(node.children)}</{tag}>")
            case _:
                raise AssertionError(node)
    return "".join(parts)


# With punctuation before the closing marker, or behind the opening one, and no space outside.
DEVIATIONS = {
    # The cases of issue 650
    "**该星号不会被识别，而是直接显示。**这是因为它没有被识别为强调符号。": (
        "<b>该星号不会被识别，而是直接显示。</b>这是因为它没有被识别为强调符号。"
    ),
    "这是**强调（括号）**的文字": "这是<b>强调（括号）</b>的文字",
    "これは**私のやりたかったこと。**だからするの。": "これは<b>私のやりたかったこと。</b>だからするの。",
    "**テスト（test）。**テスト": "<b>テスト（test）。</b>テスト",
    "**マークダウン（Markdown）**は便利": "<b>マークダウン（Markdown）</b>は便利",
    "**スクリプト(script)**は": "<b>スクリプト(script)</b>は",
    "**마크다운(Markdown)**은 문법이다": "<b>마크다운(Markdown)</b>은 문법이다",
    "**이 [링크](https://example.kr/)**만을 강조": "<b>이 <a>링크</a></b>만을 강조",
    "**[链接](a.md)**的文字": "<b><a>链接</a></b>的文字",
    "文字**[链接](a.md)**": "文字<b><a>链接</a></b>",
    "文字**`代码`**文字": "文字<b>`代码`</b>文字",
    # A label before its text
    "**中文：**后文": "<b>中文：</b>后文",
    "**中文:**后文": "<b>中文:</b>后文",
    "*中文：*后文": "<i>中文：</i>后文",
    "***中文：***后文": "<i><b>中文：</b></i>后文",
    "前文**，中文**后文": "前文<b>，中文</b>后文",
    "前文*“中文”*后文": "前文<i>“中文”</i>后文",
    # Quotation marks of both kinds
    "**“引号”**的": "<b>“引号”</b>的",
    "他说**“引号”**的": "他说<b>“引号”</b>的",
    "他说**‘引号’**的": "他说<b>‘引号’</b>的",
    '他说**"引号"**的': '他说<b>"引号"</b>的',
    "他说**「引号」**的": "他说<b>「引号」</b>的",
    "他说**『引号』**的": "他说<b>『引号』</b>的",
    "他说“**引号**”的": "他说“<b>引号</b>”的",
    # Brackets, titles, dashes, full-width forms
    "前**(括号)**后": "前<b>(括号)</b>后",
    "前**《书名》**后": "前<b>《书名》</b>后",
    "前**【标题】**后": "前<b>【标题】</b>后",
    "前**破折号——**后": "前<b>破折号——</b>后",
    "前**省略号……**后": "前<b>省略号……</b>后",
    "前**１００％**后": "前<b>１００％</b>后",
    "前**100%**后": "前<b>100%</b>后",
    "前**~~删~~**后": "前<b><s>删</s></b>后",
    "前~~“删”~~后": "前<s>“删”</s>后",
    # Ideographs outside the basic plane, half-width Katakana, jamo
    "**“𠮷”**𠮷": "<b>“𠮷”</b>𠮷",
    "**ﾃｽﾄ。**ﾃｽﾄ": "<b>ﾃｽﾄ。</b>ﾃｽﾄ",
    "**(ㄱ)**ㄴ": "<b>(ㄱ)</b>ㄴ",
    # Emoji are punctuation, and no ideographs
    "中**😀**中": "中<b>😀</b>中",
    "**完成✅**了": "<b>完成✅</b>了",
    "**重要！**😀": "<b>重要！</b>😀",
    # The wrong words are not made bold
    "**甲：**乙**丙：**丁": "<b>甲：</b>乙<b>丙：</b>丁",
}

# As in CommonMark.
UNCHANGED = {
    "中文**中文**中文": "中文<b>中文</b>中文",
    "中文*中文*中文": "中文<i>中文</i>中文",
    "中文 ** 中文 ** 中文": "中文 ** 中文 ** 中文",
    "**中文 **中文": "**中文 **中文",
    "中文_中文_中文": "中文_中文_中文",
    "中文__中文：__中文": "中文__中文：__中文",
    "_中文_": "<i>中文</i>",
    "__中文：__": "<b>中文：</b>",
    "，_中文_。": "，<i>中文</i>。",
    "（__中文：__）": "（<b>中文：</b>）",
    "中文 _中文：_ 中文": "中文 <i>中文：</i> 中文",
    'a**"b"**c': 'a**"b"**c',
    "a**😀**b": "a**😀**b",
    "a**✅**b": "a**✅**b",
    "a*(b)*c": "a*(b)*c",
    "2*3*4": "2<i>3</i>4",
    "snake_case_name": "snake_case_name",
    "\\*\\*中文：\\*\\*后文": "**中文：**后文",
}


@pytest.mark.parametrize(("text", "expected"), DEVIATIONS.items())
def test_punctuation_beside_east_asian_text_is_no_edge(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(("text", "expected"), UNCHANGED.items())
def test_the_rest_is_as_in_commonmark(text: str, expected: str) -> None:
    assert shown(text) == expected
    assert shown(text, Dialect.COMMONMARK) == expected


def test_commonmark_alone_leaves_the_asterisks() -> None:
    assert shown("**中文：**后文", Dialect.COMMONMARK) == "**中文：**后文"
    assert shown("**甲：**乙**丙：**丁", Dialect.COMMONMARK) != shown("**甲：**乙**丙：**丁")

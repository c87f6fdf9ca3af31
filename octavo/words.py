"""The words that Octavo itself puts into a book, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Hold the words of one language, and the marks that part a label from its text and one keyword from the next."""

    language: str
    abstract: str
    accessible: str
    back_to_text: str
    caution: str
    colon: str
    comma: str
    contents: str
    cover: str
    done: str
    important: str
    keywords: str
    next_page: str
    note: str
    notes: str
    previous_page: str
    skip: str
    start: str
    table: str
    tip: str
    title_page: str
    to_do: str
    version: str
    warning: str
    download: str


_ENGLISH = Words(
    language="en",
    abstract="Abstract",
    accessible="Headings, contents and reading order are marked up; the text adapts to the reader’s settings.",
    back_to_text="Back to the text",
    caution="Caution",
    colon=": ",
    comma=", ",
    contents="Contents",
    cover="Cover",
    done="Done",
    important="Important",
    keywords="Keywords",
    next_page="Next",
    note="Note",
    notes="Notes",
    previous_page="Previous",
    skip="Skip to the text",
    start="Start of the text",
    table="Table",
    tip="Tip",
    title_page="Title page",
    to_do="To do",
    version="Version",
    warning="Warning",
    download="Download",
)

_SIMPLIFIED = Words(
    language="zh-CN",
    abstract="摘要",
    accessible="本出版物带有结构化的标题、目录和阅读顺序，文字可按读者的设置调整。",
    back_to_text="返回正文",
    caution="小心",
    colon="：",
    comma="，",
    contents="目录",
    cover="封面",
    done="已完成",
    important="重要",
    keywords="关键词",
    next_page="下一页",
    note="说明",
    notes="注释",
    previous_page="上一页",
    skip="跳到正文",
    start="正文",
    table="表格",
    tip="提示",
    title_page="书名页",
    to_do="待办",
    version="版本",
    warning="警告",
    download="下载",
)

_TRADITIONAL = Words(
    language="zh-TW",
    abstract="摘要",
    accessible="本出版物帶有結構化的標題、目錄和閱讀順序，文字可按讀者的設定調整。",
    back_to_text="返回內文",
    caution="小心",
    colon="：",
    comma="，",
    contents="目錄",
    cover="封面",
    done="已完成",
    important="重要",
    keywords="關鍵詞",
    next_page="下一頁",
    note="說明",
    notes="註釋",
    previous_page="上一頁",
    skip="跳到內文",
    start="內文",
    table="表格",
    tip="提示",
    title_page="書名頁",
    to_do="待辦",
    version="版本",
    warning="警告",
    download="下載",
)

_BY_LANGUAGE = {
    "en": _ENGLISH,
    "zh": _SIMPLIFIED,
    "zh-tw": _TRADITIONAL,
    "zh-hk": _TRADITIONAL,
    "zh-hant": _TRADITIONAL,
}


def words_of(language: str) -> Words:
    """Return the words for a BCP 47 tag: of the whole tag, of its language, or the English ones."""
    tag = language.lower()
    for known in sorted(_BY_LANGUAGE, key=len, reverse=True):
        if tag == known or tag.startswith(f"{known}-"):
            return _BY_LANGUAGE[known]
    return _ENGLISH


def is_chinese(language: str) -> bool:
    """Tell whether a BCP 47 tag names Chinese."""
    return language.lower().split("-")[0] in ("zh", "cmn", "yue")

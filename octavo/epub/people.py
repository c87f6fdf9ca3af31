"""Who made the book, as an EPUB says it: creators and contributors, their roles and their ORCIDs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from octavo.document import Author

# Codes for relators of the Library of Congress (MARC), with the words that authors write for them.
_RELATORS = {
    "aut": "author writer 作者 著 著者 撰 作",
    "edt": "editor 编者 編者 编辑 編輯 编 編 主编 主編",
    "com": "compiler 汇编 彙編 选编 選編 辑 輯",
    "trl": "translator 译者 譯者 翻译 翻譯 译 譯 訳",
    "ill": "illustrator 插图 插圖 插画 插畫 绘 繪 绘图 繪圖",
    "pht": "photographer photography 摄影 攝影",
    "ann": "annotator 注释 註釋 校注 校註",
    "aui": "foreword introduction preface 序 作序",
    "aft": "afterword 跋",
    "bkd": "designer design 设计 設計 书籍设计 書籍設計",
    "cov": "cover 封面 封面设计 封面設計",
    "pfr": "proofreader proofreading 校对 校對",
    "rev": "reviewer 审校 審校 审阅 審閱",
    "ths": "advisor adviser supervisor 导师 導師 指导教师 指導教師",
    "res": "researcher research 研究",
    "tyg": "typographer typesetter 排版",
    "nrt": "narrator 朗读 朗讀",
    "ctb": "contributor 贡献者 貢獻者 参与 參與",
}
_CODES = {word: code for code, words in _RELATORS.items() for word in (code, *words.split())}
_CREATE = ("aut", "edt", "com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Name one person; `code` is the role as a MARC relator, `role` in the words of the author where there is none."""

    kind: Literal["creator", "contributor"]
    name: str
    code: str | None = None
    role: str | None = None
    orcid: str | None = None


def people(authors: Sequence[Author]) -> tuple[Person, ...]:
    """Return those who wrote or edited the book as creators, the others as contributors (EPUB 3.3, 5.5.3).

    Where nobody did, all are creators: readers look there for whom to list the book under.
    """
    codes = [_code(author) for author in authors]
    creators = [code in _CREATE for code in codes]
    return tuple(
        Person(
            kind="creator" if creates or not any(creators) else "contributor",
            name=author.name,
            code=code,
            role=None if code else author.role,
            orcid=author.orcid,
        )
        for author, code, creates in zip(authors, codes, creators, strict=True)
    )


def _code(author: Author) -> str | None:
    return _CODES.get(author.role.strip().lower()) if author.role else "aut"

"""What each page is a part of, and which part: by its place in the book, and by what its heading is called.

The words are those of EPUB's structural vocabulary; most have a role of the same name in DPUB-ARIA.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from octavo.document import Bibliography, ChapterRole, Section, plain_text, walk
from octavo.render.pages import Page

_MATTER: dict[ChapterRole, str] = {
    "front": "frontmatter",
    "part": "bodymatter",
    "body": "bodymatter",
    "appendix": "backmatter",
    "back": "backmatter",
}
_CALLED = {
    "acknowledgments": "acknowledgments acknowledgements thanks 致谢 致謝 鸣谢 鳴謝 谢辞 謝辭 danksagung remerciements",
    "bibliography": "bibliography 参考文献 參考文獻 literatur bibliographie 참고문헌",
    "afterword": "afterword 后记 後記 跋 nachwort postface あとがき",
    "colophon": "colophon 版权页 版權頁 impressum 奥付",
    "conclusion": "conclusion conclusions 结论 結論 结语 結語 schluss fazit 결론",
    "dedication": "dedication 献词 獻詞 题献 題獻 widmung dédicace 献辞",
    "epilogue": "epilogue epilog 尾声 尾聲 épilogue",
    "errata": "errata 勘误 勘誤 正誤表",
    "foreword": "foreword 代序 geleitwort",
    "glossary": "glossary 术语表 術語表 glossar glossaire 用語集 용어집",
    "index": "index 索引 register sachregister stichwortverzeichnis 색인 찾아보기",
    "introduction": "introduction 引言 导言 導言 导论 導論 绪论 緒論 einleitung はじめに 序論 서론",
    "preface": "preface 序 序言 自序 前言 vorwort préface avant-propos まえがき 머리말",
    "prologue": "prologue prolog 引子 楔子",
}
_KINDS = {word: kind for kind, words in _CALLED.items() for word in words.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Say what a page is: `kind` in EPUB's vocabulary where that has a word for it, `role` for screen readers, and the
    `matter` of the book that it belongs to.
    """

    kind: str | None
    role: str | None
    matter: str


def part_of(page: Page) -> Part:
    """Return what a page is."""
    if page.chapter.role == "part":
        return Part(kind="part", role="doc-part", matter="bodymatter")
    matter = _MATTER[page.chapter.role]
    if page.continues:
        return Part(kind=None, role=None, matter=matter)  # that of which it goes on has said it
    first = page.blocks[0] if page.blocks else None
    if page.chapter.role == "appendix" or (isinstance(first, Section) and first.role == "appendix"):
        return Part(kind="appendix", role="doc-appendix", matter="backmatter")
    if page.heading is None:
        return Part(kind=None, role=None, matter=matter)
    if _lists_works(page):
        return Part(kind=None, role=None, matter=matter)  # the list says itself what it is
    if kind := _KINDS.get(plain_text(page.heading.children).strip().casefold()):
        return Part(kind=kind, role=f"doc-{kind}", matter=matter)
    if matter != "bodymatter" or page.heading.level > 1:
        return Part(kind=None, role=None, matter=matter)  # of a part of a chapter EPUB does not say what it is
    return Part(kind="chapter", role="doc-chapter", matter=matter)


def _lists_works(page: Page) -> bool:
    return any(node.entries for block in page.blocks for node in walk(block, Bibliography))


def landmarks(pages: Sequence[Page]) -> Iterator[tuple[str, Page]]:
    """Yield what readers offer to turn to, with the page: where the text begins, and each part of a kind of its own.

    Parts and chapters are not among them: those are in the contents.
    """
    begins = next((page for page in pages if page.chapter.role in ("part", "body")), None)
    for page in pages:
        kind = "bibliography" if _lists_works(page) else part_of(page).kind
        if kind and kind not in ("part", "chapter"):
            yield kind, page
        if page is begins:
            yield "bodymatter", page

"""What the words around a number in a text say of it.

One wrong link is worse than one that is missing: what may speak of another work is taken to do so.
"""

from __future__ import annotations

import re

# What may stand before a single Han character that names a kind; behind any other it ends a word (地图, 代表, 方式).
_BEFORE_HAN = frozenset("见見如看在由与與和及或从從的按照依是到至对對以将將把于於参參阅閱据據读讀请請过過查")

_FAR = 40  # characters before a mention that are looked at

_POINTS_BEFORE = re.compile(
    r"(?:[见見如看参參阅閱照（(]|参考|參考|回顾|回顧|根据|根據|由"
    r"|\b(?:[Ss]ee|[Ss]ee also|[Cc]f\.|[Ii]n|[Oo]f|[Bb]y|[Ff]rom|[Tt]o|[Ss]iehe|[Vv]gl\.|[Vv]oir|[Dd]ans))\s*(?:the )?$"
)
_POINTS_BEHIND = re.compile(r"\s?(?:所示|所列|を?参照|を見|를? ?참조|을 ?참조)")

# A work of others right before: 《…》第三章, 该书第三章, RFC 793 第 3 节; 本书 and 下文 are ours.
_WORK_BEFORE = re.compile(
    r"(?:[》”」』〉\]］\"*]|(?<![本全正上下前后後])[书書文著]|论文|論文|原文|文献|文獻|教材|手册|手冊|规范|規範|标准|標準|[法典经經]"
    r"|条例|條例|协议|協議|教程|小说|小說)(?:一书|一文|里|裡|中|之)?的?[,，]?\s?$"
)
_OURS_BEFORE = re.compile(
    r"(?:[正上下前后後本全]文|[本全此]书|[本全此]書)[里裡中]?的?\s?$|(?:办法|方法|用法|做法|说法|算法|語法|语法|写法)\s?$"
)
# A name or a number right before: RFC 793 §3, Knuth, Chapter 3, [3] Section 2.
_NAME_BEFORE = re.compile(
    r"(?P<word>[A-Z][A-Za-z\u00c0-\u024f.&-]*|[A-Za-z0-9.-]*\d[A-Za-z0-9.-]*|\S*[)\]”\"»’])[,:，：]?\s*$"
)
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?:;…。！？；：（(“\"—–-]|\n\n)\s*$")
_OF_WORK_BEHIND = re.compile(
    r"\s+(?:of (?!this\b|our\b|the (?:present|same)\b|[Pp]art\b|[Cc]hapter\b|[Ss]ection\b|[Aa]ppendix\b|[Ff]igure\b)"
    r"|in (?=[\[“\"*]|RFC|(?!Chapter|Section|Part|Appendix|Figure|Table)[A-Z][a-z])"
    r"|(?:des|der|von|aus) (?!dies|vorliegend)|(?:de|du|des) (?!ce\b|cet|la présente)|d’|BGB|StGB|GG\b|U\.S\.)"
)
_BETWEEN_MENTIONS = re.compile(r"\s?(?:[,，、;；]|和|与|與|及|或|and|or|und|et)?\s?")


def ends_another_word(text: str, start: int, word: str) -> bool:
    """Tell whether what looks like the word for a kind, or like a number, is only the end of something else."""
    if not start:
        return False
    before = text[start - 1]
    if text[start] in "第제§":
        return False
    if before in "_-./" or (before.isascii() and before.isalnum()):
        return True
    if "가" <= text[start] <= "힣":
        return "가" <= before <= "힣"
    if len(word) > 1 or not word or not text.startswith(word, start):
        return False
    return before.isalpha() and not ("\u3040" <= before <= "\u30ff" or before in _BEFORE_HAN)


def points(text: str, start: int, end: int) -> bool:
    """Tell whether the words around a mention send the reader there: “see”, “见”, “所示”."""
    return bool(_POINTS_BEFORE.search(text, max(start - _FAR, 0), start) or _POINTS_BEHIND.match(text, end))


def speaks_of_another_work(text: str, start: int, end: int, before: int) -> bool:
    """Tell whether a mention may be one of another work; `before` is where the mention ends that came before it."""
    near = text[max(start - _FAR, 0) : start]
    if _OF_WORK_BEHIND.match(text, end) or _is_quoted(near):
        return True
    if 0 <= before <= start and _BETWEEN_MENTIONS.fullmatch(text, before, start):
        return False
    if _WORK_BEFORE.search(near) and not _OURS_BEFORE.search(near):
        return True
    found = _NAME_BEFORE.search(near)
    if not found or found["word"].endswith("."):  # the end of a sentence
        return False
    # “In Section 2”, “However, Section 2”: a capital that only begins a sentence is no name.
    return not (found["word"].isalpha() and _BEGINS_SENTENCE.search(near[: found.start()]))


def _is_quoted(near: str) -> bool:
    """Tell whether a quotation mark is open: the words are those of somebody else."""
    return any(near.rfind(opening) > near.rfind(closing) for opening, closing in ("“”", "「」", "《》", "«»"))

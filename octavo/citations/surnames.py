"""Chinese surnames that are read otherwise than their characters: works → what to put them in order by.

The order of CLDR knows one reading of a character, and 单 (dān) is Shàn where it is a surname. Surnames of which people
read some one way and some another (覃, 盖, 乐, 牟, 纪, 隗, 谌) are left at the usual reading of their characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octavo.citations.works import Work

# Each with characters that are read so and in no other way. Not yet held against a dictionary of surnames.
_READ_AS = {
    "万俟": "末齐", "尉迟": "玉迟", "长孙": "掌孙", "令狐": "灵狐", "澹台": "谈台", "单于": "蝉于", "宰父": "宰甫",
    "单": "善", "解": "谢", "仇": "求", "查": "渣", "曾": "增", "区": "欧", "任": "仁", "朴": "瓢", "葛": "舸",
    "华": "化", "翟": "宅", "燕": "烟", "应": "英", "缪": "妙", "秘": "必", "召": "绍", "种": "崇", "过": "郭",
    "员": "运", "贲": "奔", "祭": "债", "薄": "伯", "撒": "洒", "要": "腰", "繁": "婆", "乜": "聂", "粘": "年",
    "褚": "楚", "盛": "胜", "瞿": "渠", "臧": "脏", "卜": "补", "贾": "甲", "宿": "素", "叶": "夜", "冼": "显",
    "單": "善", "區": "欧", "樸": "瓢", "華": "化", "應": "英", "葉": "夜", "賈": "甲", "繆": "妙",
    "過": "郭", "員": "运", "尉遲": "玉迟", "長孫": "掌孙", "單于": "蝉于", "種": "崇",
}  # fmt: skip
_PEOPLE = ("author", "editor", "translator", "container-author", "director")


def sounds(works: Iterable[Work]) -> dict[str, str]:
    """Return names of people in Chinese works whose surname is read in a way of its own, each as it sounds."""
    names = {name for work in works if work.language in ("", "zh-CN", "zh-TW") for name in _names(work)}
    return {name: sound for name in sorted(names) if (sound := _sound(name)) != name}


def _names(work: Work) -> Iterator[str]:
    for role in _PEOPLE:
        for person in work.variables.get(role) or ():
            yield str(person.get("family") or "")


def _sound(name: str) -> str:
    surname = next((known for known in (name[:2], name[:1]) if known in _READ_AS and len(name) > len(known)), "")
    return _READ_AS[surname] + name[len(surname) :] if surname else name

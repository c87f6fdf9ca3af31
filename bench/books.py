"""Make books for the benchmarks: of any length, in Chinese or English, the same for the same length in every run.

A chapter is some eight pages of prose, with sections, lists, code, tables, figures, notes, and references to them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PAGES = 8  # of a chapter, about, as in the books that were measured
_SECTIONS = 3

_ENGLISH = """
account act air answer area art back bank bird board boat body book border bridge building case cause center
chance change child circle city class cloud coast color company condition copy corner country course cover cup
current day degree depth desk detail direction distance door doubt dream drop earth edge effect end engine
error event example experience eye face fact family farm field figure fire floor form frame friend front fruit
garden glass gold grain ground group growth guide hand harbor head heart heat help history hole home hour
house idea image income industry interest island journey judgement key kind knowledge lake land language law
leaf letter level library light line list machine map mark market material measure meeting metal method mind
minute mirror moment month morning motion mountain name nation nature night noise note number object ocean
office opinion order page paper part path pattern people person picture place plan plant point position power
present pressure price problem process product profit purpose quality question rain range rate reason record
relation report result rhythm river road rule sand scale school science sea season sense shade shape ship side
sign silence size sky slope song sound space spring star statement station step stone story street structure
substance summer system table tendency theory thing thought thread time town trade train tree trouble turn
unit valley value view village voice walk wall water wave weather week weight wheel wind window winter wood
word work world writing year
""".split()  # noqa: SIM905 (a list of words, and no list of strings)
_VERBS = """
bears brings changes crosses fills follows gives holds keeps leads leaves makes meets moves needs opens shows
takes turns wants
""".split()  # noqa: SIM905 (a list of words, and no list of strings)
_JOINS = ("and", "but", "while", "where", "because", "although")
_HAN = """
时间 空间 城市 河流 山谷 道路 桥梁 房屋 窗户 灯光 声音 语言 文字 书籍 纸张 历史 记忆 经验 知识
问题 方法 过程 结果 原因 条件 关系 结构 系统 模型 数据 图像 形式 内容 意义 价值 作用 影响 变化
发展 方向 距离 速度 力量 材料 工具 机器 市场 价格 成本 收入 社会 国家 制度 法律 教育 艺术 科学
技术 自然 气候 海洋 岛屿 森林 田野 村庄 街道 学校 图书馆 研究者 工程师 读者 作者 编辑
""".split()  # noqa: SIM905 (a list of words, and no list of strings)
_HAN_VERBS = """
改变 影响 决定 形成 产生 需要 说明 表示 连接 包含 支持 限制 推动 经过 依赖 来自 属于 超过 接近
反映
""".split()  # noqa: SIM905 (a list of words, and no list of strings)
_HAN_JOINS = ("因此", "但是", "同时", "而且", "所以", "然而", "其实", "于是")


@dataclass(frozen=True)
class Tongue:
    """Hold how a language makes a sentence, and what its words for parts of a book are."""

    code: str
    title: str
    chapter: str
    section: str
    see: str
    characters: int  # on a page of prose, about


_TONGUES = {
    "zh": Tongue("zh-CN", "基准之书", "论{0}与{1}", "{0}的{1}", "参见[](#{0})。", 620),
    "en": Tongue("en", "The book of measures", "Of {0} and {1}", "The {0} of the {1}", "See [](#{0}).", 1900),
}


def write_book(folder: Path, language: str, pages: int) -> None:
    """Write a book of about so many pages."""
    tongue, chance = _TONGUES[language], random.Random(f"{language}{pages}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "octavo.toml").write_text(
        f'[book]\ntitle = "{tongue.title}"\nlanguage = "{tongue.code}"\ndate = 2026-01-01\nkind = "book"\n', "utf-8"
    )
    (folder / "drawing.svg").write_text(_DRAWING, "utf-8")
    chapters = max(1, round(pages / _PAGES))
    for number in range(1, chapters + 1):
        text = "\n\n".join(_chapter(tongue, chance, number, chapters))
        (folder / f"{number:03}.md").write_text(text + "\n", "utf-8")


def _chapter(tongue: Tongue, chance: random.Random, number: int, chapters: int) -> Iterator[str]:
    yield f"# {_phrase(tongue, chance, tongue.chapter)} {{#c{number}}}"
    yield _paragraph(tongue, chance)
    for section in range(1, _SECTIONS + 1):
        yield f"## {_phrase(tongue, chance, tongue.section)} {{#c{number}-{section}}}"
        for index in range(9):
            yield _paragraph(tongue, chance)
            if index == 4:
                yield _block(tongue, chance, number, section)
        other = chance.randint(1, chapters)
        yield f"{_paragraph(tongue, chance)}[^n{section}] " + tongue.see.format(
            f"c{other}-{chance.randint(1, _SECTIONS)}"
        )
        yield f"[^n{section}]: {_paragraph(tongue, chance, 0.3)}"


def _block(tongue: Tongue, chance: random.Random, number: int, section: int) -> str:
    match (number + section) % 4:
        case 0:
            rows = [
                f"| {_word(tongue, chance)} | {chance.randint(1, 999)} | {_word(tongue, chance)} |" for _ in range(8)
            ]
            head = f"| {_word(tongue, chance)} | {_word(tongue, chance)} | {_word(tongue, chance)} |"
            caption = f"Table: {_phrase(tongue, chance, tongue.section)} {{#t{number}-{section}}}"
            return "\n".join([head, "| --- | ---: | --- |", *rows]) + "\n\n" + caption
        case 1:
            return "```python\n" + "\n".join(_code(chance)) + "\n```"
        case 2:
            return f"![{_phrase(tongue, chance, tongue.section)}](drawing.svg){{#f{number}-{section} width=60%}}"
        case _:
            return "\n".join(f"- {_paragraph(tongue, chance, 0.2)}" for _ in range(4))


def _code(chance: random.Random) -> Iterator[str]:
    for _ in range(4):
        name, other = chance.choice(_ENGLISH), chance.choice(_ENGLISH)
        yield f"def {name}_{other}({other}: int, limit: float = {chance.random():.3f}) -> str:"
        yield f'    """Return the {name} of an {other}."""'
        yield f"    for index in range({other}):  # {chance.choice(_ENGLISH)}"
        yield f"        if index % {chance.randint(2, 9)} == 0 and limit > {chance.randint(1, 99)}:"
        yield f'            return f"{name} {{index}}"'
        yield f"    return str({other} * {chance.randint(2, 99)})"


def _paragraph(tongue: Tongue, chance: random.Random, share: float = 1.0) -> str:
    length, sentences = int(tongue.characters * 0.21 * share * chance.uniform(0.6, 1.4)), list[str]()
    while sum(map(len, sentences)) < length:
        sentences.append(_sentence(tongue, chance))
    if share == 1 and chance.random() < 0.2:
        sentences[0] += "".join(chance.choice(("**{}**", "*{}*", "`{}`")).format(_word(tongue, chance)))
    return ("" if tongue.code.startswith("zh") else " ").join(sentences)


def _sentence(tongue: Tongue, chance: random.Random) -> str:
    count = chance.randint(1, 3)
    if tongue.code.startswith("zh"):
        clauses = ["".join(_han_clause(chance)) for _ in range(count)]
        latin = f" {chance.choice(_ENGLISH).title()} " if chance.random() < 0.15 else ""
        return chance.choice(_HAN_JOINS) + latin + "，".join(clauses) + chance.choice("。。。；？")
    clauses = [" ".join(_clause(chance)) for _ in range(count)]
    text = clauses[0] + "".join(f", {chance.choice(_JOINS)} {clause}" for clause in clauses[1:])
    return text[0].upper() + text[1:] + "."


def _han_clause(chance: random.Random) -> Iterator[str]:
    yield from (*chance.sample(_HAN, 2), chance.choice(_HAN_VERBS), "了", chance.choice(_HAN))


def _clause(chance: random.Random) -> Iterator[str]:
    yield from ("the", chance.choice(_ENGLISH), "of", chance.choice(_ENGLISH))
    yield from (chance.choice(_VERBS), "a", chance.choice(_ENGLISH))


def _word(tongue: Tongue, chance: random.Random) -> str:
    return chance.choice(_HAN if tongue.code.startswith("zh") else _ENGLISH)


def _phrase(tongue: Tongue, chance: random.Random, pattern: str) -> str:
    return pattern.format(_word(tongue, chance), _word(tongue, chance))


_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 120" width="240" height="120">
<rect x="1" y="1" width="238" height="118" fill="none" stroke="#555"/>
<path d="M10 100 L60 40 L110 70 L160 20 L230 60" fill="none" stroke="#a33" stroke-width="3"/>
<circle cx="160" cy="20" r="5" fill="#a33"/>
</svg>
"""

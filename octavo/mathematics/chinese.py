"""MathML → Chinese words, which no tool at hand speaks.

It says what stands there, part by part, and where a long part ends; it does not guess at what is meant. What it has no
word for it reads out as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from octavo.mathematics.chinese_words import ACCENTS, BIG, GREEK, OPERATORS, STYLES

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_POWERS = {"2": "平方", "3": "立方"}
_PRIMES = frozenset("′″‴'")
_SIGNS = {"−": "负", "-": "负", "+": "正", "±": "正负", "∓": "负正"}
_LEAVES = frozenset({"mi", "mn", "mtext", "mo", "ms"})


def spoken_chinese(mathml: str) -> str:
    """Return a formula in Chinese words."""
    root = ElementTree.fromstring(mathml)
    return " ".join(_row(list(root)).split())


def _say(element: Element) -> str:
    tag = element.tag.removeprefix(_NAMESPACE)
    kids = list(element)
    if tag in _LEAVES:
        return _leaf(tag, "".join(element.itertext()))
    if tag == "mtable" and "tml-jot" in element.get("class", ""):
        return _aligned(kids)
    if (say := _SAYERS.get(tag)) and len(kids) >= _LEAST.get(tag, 1):
        return say(kids)
    return "" if tag in ("annotation", "annotation-xml", "mspace", "mphantom") else _row(kids)


def _row(kids: Sequence[Element]) -> str:
    """Say parts one after the other; a sign before anything else is no operation."""
    words, first = [], True
    for kid in kids:
        text = "".join(kid.itertext())
        words.append(_SIGNS[text] if first and _is(kid, "mo") and text in _SIGNS else _say(kid))
        first = _is(kid, "mo") and text in OPERATORS and text not in ")]}"
    return " ".join(words)


def _leaf(tag: str, text: str) -> str:
    text = text.strip()
    if tag == "mo" or len(text) == 1:
        return OPERATORS.get(text) or BIG.get(text) or _letters(text)
    return _letters(text) if tag == "mi" else text


def _letters(text: str) -> str:
    """Name Greek letters, and letters that have another style."""
    if len(text) != 1:
        return unicodedata.normalize("NFKC", text)
    plain = unicodedata.normalize("NFKC", text)
    style = (
        next((word for key, word in STYLES.items() if key in unicodedata.name(text, "")), "") if plain != text else ""
    )
    name = GREEK.get(plain) or (f"大写 {GREEK[plain.lower()]}" if plain.lower() in GREEK else plain)
    return f"{style} {name}".strip()


def _is(element: Element, tag: str) -> bool:
    return element.tag == _NAMESPACE + tag


def _simple(element: Element) -> bool:
    """Tell whether a part is one thing, whose end need not be said."""
    kids = list(element)
    if _is(element, "mrow") and len(kids) == 1:
        return _simple(kids[0])
    return element.tag.removeprefix(_NAMESPACE) in _LEAVES


def _fraction(kids: list[Element]) -> str:
    above, below = _say(kids[0]), _say(kids[1])
    if _simple(kids[0]) and _simple(kids[1]):
        return f"{below} 分之 {above}"
    return f"分式 分子 {above} 分母 {below} 分式结束"


def _root(kids: list[Element], degree: str = "") -> str:
    inside = _row(kids)
    name = f"{degree} 次根号" if degree else "根号"
    return f"{name} {inside}" if len(kids) == 1 and _simple(kids[0]) else f"{name} {inside} 根号结束"


def _power(kids: list[Element]) -> str:
    base, text = _say(kids[0]), "".join(kids[1].itertext()).strip()
    if text in _POWERS:
        return f"{base} {_POWERS[text]}"
    if text and set(text) <= _PRIMES:
        return f"{base} {' '.join('撇' for _ in text)}"
    if _is(kids[1], "mo") or _is(kids[0], "mo"):
        return f"{base} 上标 {_say(kids[1])}"
    return f"{base} 的 {_say(kids[1])} 次方"


def _below(kids: list[Element]) -> str:
    base = "".join(kids[0].itertext()).strip()
    if base in BIG:
        return f"对 {_say(kids[1])} {BIG[base]}"
    if base.startswith(("lim", "max", "min", "sup", "inf", "arg")):
        return f"{_say(kids[0])} 下方 {_say(kids[1])}"
    return f"{_say(kids[0])} 下标 {_say(kids[1])}"


def _both(kids: list[Element]) -> str:
    base = "".join(kids[0].itertext()).strip()
    if base in BIG:
        return f"从 {_say(kids[1])} 到 {_say(kids[2])} {BIG[base]}"
    return _power([_Said(_below(kids[:2])), kids[2]])


def _above(kids: list[Element]) -> str:
    mark = "".join(kids[1].itertext()).strip()
    if mark in ACCENTS:
        return ACCENTS[mark].format(_say(kids[0]))
    return f"{_say(kids[0])} 上方 {_say(kids[1])}"


def _table(rows: list[Element]) -> str:
    columns = max(len(list(row)) for row in rows)
    lines = " ".join(f"第 {number} 行 {' 逗号 '.join(map(_say, row))}" for number, row in enumerate(rows, 1))
    return f"{len(rows)} 行 {columns} 列 {lines} 表结束"


def _aligned(rows: list[Element]) -> str:
    """Say lines that are aligned, whose cells are parts of one formula."""
    lines = " ".join(f"第 {number} 行 {_row(list(row))}" for number, row in enumerate(rows, 1))
    return f"{len(rows)} 行 {lines}"


class _Said(Element):
    """Stand for a part that was said already."""

    def __init__(self, words: str) -> None:
        super().__init__(_NAMESPACE + "mtext")
        self.text = words


_SAYERS: dict[str, Callable[[list[Element]], str]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": lambda kids: _root(kids[:1], _say(kids[1])),
    "msup": _power,
    "msub": _below,
    "msubsup": _both,
    "munder": _below,
    "mover": _above,
    "munderover": _both,
    "mtable": _table,
    "menclose": lambda kids: f"加框或划去 {_row(kids)}",
}
_LEAST = {"mfrac": 2, "mroot": 2, "msup": 2, "msub": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}

"""The markup of a page → the same with the language of every run: for voices, and for the fonts of readers.

What its author marked keeps that language, said in XML's way too. What nobody marked is known by its script: Han in an
English book is Chinese, beside Kana it is Japanese. Latin letters within Chinese stay as they are, for names, terms and
abbreviations belong to the text that they stand in, and of a passage they do not tell which language it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

# Scripts by their codes, as what stands between the brackets of a regular expression.
_SCRIPTS = {
    "Hani": "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af",
    "Kana": "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "Hang": "\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e",
    "Grek": "\u0370-\u03ff\u1f00-\u1ffe",
    "Cyrl": "\u0400-\u052f",
    "Hebr": "\u05d0-\u05ea",
    "Arab": "\u0620-\u06ff",
    "Deva": "\u0900-\u097f",
    "Thai": "\u0e01-\u0e5b",
}
_LANGUAGES = {"Hani": "zh", "Kana": "ja", "Hang": "ko", "Grek": "el", "Thai": "th"}  # of others see _language_of
# What a language is written in where that is not Latin letters, which are at home everywhere.
_WRITTEN_IN = {
    **{"zh": "Hani", "yue": "Hani", "ja": "Hani Kana", "ko": "Hani Hang", "el": "Grek", "th": "Thai"},
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "mn", "ky", "tg"), "Cyrl"),
    **dict.fromkeys(("he", "yi"), "Hebr"),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug"), "Arab"),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), "Deva"),
}
# What may stand within a run; single letters of an alphabet are signs, such as those of angles and constants.
_BETWEEN = "[\\s0-9、。，：；！？·《》〈〉「」『』（）]*"
_BEFORE, _BEHIND = "[《〈「『（]*", "[、。，：；！？》〉」』）]*"
_FOREIGN = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_PIECE = re.compile(r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?:"[^"]*"|'[^']*'|[^"'>])*>|[^<]+""", re.DOTALL)
_TAG, _RUBY = re.compile(r"<[^>]*>"), re.compile(r"<ruby[\s>]")
_LANGUAGE = re.compile(r'(?<![\w:-])lang="([^"]*)"')
_OF_THE_ROOT = 2  # `lang` and `xml:lang`: most pages of most books have no more, and are not taken to pieces
# Where no element of text may stand, or where it would say nothing.
_CLOSED = frozenset({"head", "math", "svg"})


def with_languages(markup: str) -> str:
    """Return a page, which is well-formed XML, with the language of each run that is not in the language around it."""
    root = _LANGUAGE.search(markup)
    is_plain = root and markup.count('lang="') == _OF_THE_ROOT and not _foreign(_primary(root[1])).search(markup)
    return markup if is_plain else "".join(_pieces(markup))


def _pieces(markup: str) -> Iterator[str]:
    names, languages = [""], [""]
    pieces = _PIECE.findall(markup)
    for number, piece in enumerate(pieces):
        if not piece.startswith("<"):
            yield piece if _CLOSED.intersection(names) else _told(piece, languages[-1])
        elif piece.startswith(("<!", "<?")):
            yield piece
        elif piece.startswith("</"):
            names.pop()
            languages.pop()
            yield piece
        else:
            tag = _said_twice(_with_ruby(piece, pieces[number:], languages[-1]))
            if not piece.endswith("/>"):
                found = _LANGUAGE.search(tag)
                names.append(piece[1:-1].split(maxsplit=1)[0])
                languages.append(found[1] if found else languages[-1])
            yield tag


def _with_ruby(tag: str, pieces: Sequence[str], around: str) -> str:
    """Return a tag; one of ruby with the language of its word, which the reading tells."""
    if not _RUBY.match(tag) or _LANGUAGE.search(tag):
        return tag
    word = "".join(takewhile(lambda piece: piece != "</ruby>", pieces))
    runs = _runs(_primary(around)).finditer(_TAG.sub(" ", word))
    languages = {_language_of(run.lastgroup or "", run[0]) for run in runs}
    language = next((each for each in ("ja", "ko", "zh") if each in languages), None)
    return f'<ruby lang="{language}"{tag[5:]}' if language else tag


def _said_twice(tag: str) -> str:
    found = _LANGUAGE.search(tag)
    if found is None or "xml:lang=" in tag:
        return tag
    return f'{tag[: found.end()]} xml:lang="{found[1]}"{tag[found.end() :]}'


def _told(text: str, around: str) -> str:
    return _runs(_primary(around)).sub(_with_language, text) if _FOREIGN.search(text) else text


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _foreign_scripts(around: str) -> dict[str, str]:
    at_home = _WRITTEN_IN.get(around, "").split()
    return {script: letters for script, letters in _SCRIPTS.items() if script not in at_home}


@cache
def _foreign(around: str) -> re.Pattern[str]:
    """Return what finds a letter that is in no script of a language."""
    return re.compile(f"[{''.join(_foreign_scripts(around).values())}]")


@cache
def _runs(around: str) -> re.Pattern[str]:
    """Return what finds the runs that are in no script of a language; the name of the group is the script."""
    foreign = _foreign_scripts(around)
    if "Hani" in foreign:
        foreign["Hani"] += foreign.pop("Kana")  # a run that has both is one
    return re.compile("|".join(_run(script, letters) for script, letters in foreign.items()))


def _run(script: str, letters: str) -> str:
    if script in ("Hani", "Kana"):
        return f"(?P<{script}>{_BEFORE}[{letters}](?:{_BETWEEN}[{letters}])*{_BEHIND})"
    return f"(?P<{script}>[{letters}](?:[\\s,.]*[{letters}])+)"


def _with_language(run: re.Match[str]) -> str:
    language = _language_of(run.lastgroup or "", run[0])
    return f'<span lang="{language}" xml:lang="{language}">{run[0]}</span>'


def _language_of(script: str, run: str) -> str:
    """Return the language of a run: that it is undetermined, and the script, where several are written in that."""
    if script == "Hani" and re.search(f"[{_SCRIPTS['Kana']}]", run):
        return "ja"
    return _LANGUAGES.get(script, f"und-{script}")

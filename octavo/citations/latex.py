"""TeX in the fields of BibTeX → text, with the tags that CSL knows: i, b, sup, sub, and nocase for words in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_TAGS = {"emph": "i", "textit": "i", "textsl": "i", "textbf": "b", "textsuperscript": "sup", "textsubscript": "sub"}
# Commands that stand for a word, and that the library does not know.
_LOGOS = {"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX"}
# These say how something is set and not what: nothing is lost without them.
_SILENT = frozenset(
    {"relax", "allowbreak", "noopsort", "protect", "newblock", "it", "em", "bf", "sl", "rm", "sc", "tt"}
)
_PLAIN = re.compile(r"[^\\{}$~`'\-&%#_^<>\"]*")
_NO_CASE = '<span class="nocase">{}</span>'
_WORD = re.compile(r'([^\s“”‘"]*)<span class="nocase">(\S+?)</span>([^\s“”"]*)')
_SCRIPT = re.compile(r"([_^])\{?([^{}]+)\}?")


def text_of(tex: str, *, tags: bool = True) -> str:
    """Return what TeX reads; without `tags` as mere text. Raises ValueError where braces do not match."""
    if _PLAIN.fullmatch(tex):
        return _squeezed(tex)
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerParseError  # noqa: PLC0415 (many books need none)

    try:
        nodes = LatexWalker(tex, tolerant_parsing=False).get_latex_nodes()[0]
    except LatexWalkerParseError as error:
        raise ValueError(str(error.msg)) from error
    return _squeezed("".join(_parts(nodes, tags=tags)))


def unknown_commands(tex: str) -> list[str]:
    """Return the commands in TeX that would vanish, for nobody knows what they stand for."""
    names = re.findall(r"\\([A-Za-z]+|.)", tex) if "\\" in tex else []
    known = {*_LOGOS, *_SILENT, *_TAGS}
    return [name for name in names if name not in known and _reader().latex_context.get_macro_spec(name) is None]


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()


def _parts(nodes: Sequence[Any], *, tags: bool) -> Iterator[str]:
    """Yield the text of each node; a macro that makes a tag takes the group behind it."""
    waiting: str | None = None
    for node in nodes:
        kind = type(node).__name__
        if kind == "LatexMacroNode" and node.macroname in _TAGS:
            inner = [argument for argument in (node.nodeargd.argnlist if node.nodeargd else ()) if argument]
            if not inner:
                waiting = _TAGS[node.macroname]
                continue
            yield _tagged(_TAGS[node.macroname], "".join(_inside(inner, tags=tags)), tags=tags)
        elif kind == "LatexMacroNode" and node.macroname in _LOGOS:
            yield _LOGOS[node.macroname] + node.macro_post_space
        elif kind == "LatexGroupNode":
            inside = "".join(_parts(node.nodelist, tags=tags))
            if waiting:
                yield _tagged(waiting, inside, tags=tags)
            else:
                yield _group(node, inside, tags=tags)
        elif kind == "LatexMathNode":
            yield _formula(node.nodelist, tags=tags)
        else:
            yield _reader().nodelist_to_text([node])
        waiting = None


def _inside(nodes: Sequence[Any], *, tags: bool) -> Iterator[str]:
    for node in nodes:
        yield from _parts(node.nodelist if type(node).__name__ == "LatexGroupNode" else [node], tags=tags)


def _tagged(tag: str, text: str, *, tags: bool) -> str:
    return f"<{tag}>{text}</{tag}>" if tags else text


def _group(node: Any, inside: str, *, tags: bool) -> str:
    """Protect the case of what stands in braces, but for a single accented letter: `G{\\"o}del` is a word like any."""
    accent = len(inside) == 1 and node.latex_verbatim().startswith("{\\")
    return _NO_CASE.format(inside) if tags and inside.strip() and not accent else inside


def _formula(nodes: Sequence[Any], *, tags: bool) -> str:
    """Return a formula as text: raised and lowered parts by their tags, letters as they are."""
    text = _reader().nodelist_to_text(nodes) if nodes else ""
    if not tags:
        return text
    return _SCRIPT.sub(lambda found: _tagged("sub" if found[1] == "_" else "sup", found[2], tags=True), text)


@cache
def _reader() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415

    return LatexNodes2Text(math_mode="text", keep_comments=False, strict_latex_spaces=False)


def protect_words(title: str) -> str:
    """Extend what keeps its case to whole words: a style that capitalises would take `{TeX}book` for two."""
    return _WORD.sub(lambda found: _NO_CASE.format(f"{found[1]}{found[2]}{found[3]}"), title)

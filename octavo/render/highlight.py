"""Source code → its lines, with spans for the few kinds of token that the styles tell apart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from octavo.store import digest, open_store, programs

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LINE = re.compile(r"[^\n]*\n|[^\n]+")

# Tokens of other kinds get no span: an element without a style costs layout time and says nothing.
_CLASSES = (
    ("Comment", "comment"),
    ("Keyword", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Tag", "keyword"),
    ("Name.Decorator", "meta"),
    ("Name.Attribute", "name"),
    ("Name.Builtin", "builtin"),
    ("Generic.Deleted", "deleted"),
    ("Generic.Inserted", "inserted"),
)


@lru_cache(maxsize=10_000)  # each format shows the same listings, and a PDF is rendered more than once
def highlight(code: str, language: str | None) -> tuple[Markup, ...]:
    """Return the lines of a code, each with its line end, with spans where the language is known.

    No span goes over the end of a line, so that a line may be an element itself.
    """
    if not language:
        return tuple(map(escape, lines_of(code)))
    listings, key = open_store("listings"), digest(programs(), code, language)
    if (kept := listings.get(key)) is not None:
        return tuple(map(Markup, json.loads(kept)))
    lines = tuple(_highlighted(code, language))
    listings.put(key, json.dumps(lines).encode())
    return lines


def _highlighted(code: str, language: str) -> list[Markup]:
    lexer = _lexer(language)
    tokens = list(lexer.get_tokens(code)) if lexer else []
    if "".join(text for _, text in tokens) != code:  # unknown, or a lexer that changes what it reads
        return [escape(line) for line in lines_of(code)]
    named = ((_class_of(str(kind)), text) for kind, text in tokens)
    lines = [""]
    for name, text in _pieces(named):
        lines[-1] += _span(name, text.removesuffix("\n")) + "\n" * text.endswith("\n")
        if text.endswith("\n"):
            lines.append("")
    return [Markup(line) for line in lines if line]


def lines_of(code: str) -> list[str]:
    """Return the lines of a code with their ends, which are line feeds and nothing else."""
    return _LINE.findall(code)


def _pieces(named: Iterable[tuple[str | None, str]]) -> Iterator[tuple[str | None, str]]:
    """Yield the text of neighbours of one class together, cut behind line ends."""
    for name, group in groupby(named, key=lambda pair: pair[0]):
        for piece in lines_of("".join(text for _, text in group)):
            yield name, piece


def _span(name: str | None, text: str) -> str:
    # In the PDF a space beside Chinese is as wide as one of its font, so that indentation stands by itself.
    code = text.lstrip()
    indentation = text[: len(text) - len(code)]
    return f'{indentation}<span class="{name}">{escape(code)}</span>' if name and code else str(escape(text))


@cache
def _class_of(kind: str) -> str | None:
    return next((name for prefix, name in _CLASSES if kind.startswith(f"Token.{prefix}")), None)


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 (heavy, and many books have no code)
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None

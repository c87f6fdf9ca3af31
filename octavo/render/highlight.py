"""Source code → spans with a class for the few kinds of token that the styles tell apart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from pygments.lexer import Lexer

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


def highlight(code: str, language: str | None) -> Markup | None:
    """Return the code with spans, or None where the language is unknown."""
    lexer = _lexer(language.split(",")[0]) if language else None
    if lexer is None:
        return None
    parts: list[str] = []
    for kind, text in lexer.get_tokens(code):
        name = _class_of(str(kind))
        parts.append(f'<span class="{name}">{escape(text)}</span>' if name else str(escape(text)))
    return Markup("".join(parts))


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

"""The families that sheets of the book's own name in rules: which they are, and which of them are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from octavo.diagnostics import Position, Report, Rule
from octavo.pdf.generated import declarations
from octavo.pdf.sheets import PrintSheet, nowhere

# What names no font: generic families (CSS Fonts 4, 2.1), those of the system, and values of any property.
_GENERIC = frozenset(
    {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "emoji", "math", "fangsong"}
    | {"ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"}
    | {"caption", "icon", "menu", "message-box", "small-caption", "status-bar"}
    | {"inherit", "initial", "unset", "revert", "revert-layer"}
)
# What may stand in `font` before the family, besides numbers.
_BEFORE = frozenset(
    {"normal", "italic", "oblique", "small-caps", "bold", "bolder", "lighter", "larger", "smaller"}
    | {"xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Hold the families that one declaration names, in order, and its place in the book."""

    families: Sequence[str]
    position: Position


def named_families(sheets: Iterable[PrintSheet]) -> list[Named]:
    """Return what the sheets name, where a sheet of the book, or its theme in octavo.toml, asks for it."""
    own = (sheet for sheet in sheets if sheet.find is not nowhere and "font" in sheet.text.lower())
    return [named for sheet in own for named in _of(sheet)]


def check_named(named: Iterable[Named], has: Callable[[str], bool], report: Report) -> None:
    """Report each declaration of whose families none is there: the page would be set in whichever the system picks."""
    for each in named:
        if each.families and not any(map(has, each.families)):
            names = ", ".join(f"“{family}”" for family in each.families)
            report.add(
                Rule.FONT_NOT_FOUND,
                each.position,
                f"no font called {names} is installed, and the book brings none along",
                "name one that is there, such as var(--sans), or give it a file with @font-face",
            )


def _of(sheet: PrintSheet) -> Iterator[Named]:
    rules = tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True)
    for declaration in declarations(rule for rule in rules if not _is_face(rule)):
        if declaration.lower_name in ("font", "font-family"):
            position = sheet.find(declaration.source_line, declaration.source_column)
            if position is not None:
                yield Named(families=list(_families(declaration.value)), position=position)


def _is_face(rule: Any) -> bool:
    return bool(rule.type == "at-rule" and rule.lower_at_keyword == "font-face")


def _families(value: Iterable[Any]) -> Iterator[str]:
    """Yield the families of a value; what stands before the first one in the shorthand is none of it."""
    words: list[str] = []
    for token in [*value, None]:
        if token is None or token == ",":
            name = " ".join(words)
            if name and name.lower() not in _GENERIC:
                yield name
            words = []
        elif token.type == "string":
            words = [token.value]
        elif token.type == "ident" and (words or token.lower_value not in _BEFORE):
            words.append(token.value)
        elif token.type not in ("whitespace", "comment"):
            words = []  # a number, a size, a slash: the family is behind it

"""What is printed and was not written in the text: what style sheets generate, and what templates add."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Set
from html import unescape
from typing import Any

import tinycss2

from octavo.diagnostics import Position
from octavo.pdf.fonts import UNPRINTED
from octavo.pdf.sheets import PrintSheet
from octavo.render.edition import Edition
from octavo.render.templates import parse_markup

# The properties whose strings are printed; those of counter styles are descriptors of their own rule.
_PRINTING = frozenset(
    {"content", "hyphenate-character", "list-style", "list-style-type", "quotes", "string-set"}
    | {"text-emphasis", "text-emphasis-style", "text-overflow", "block-ellipsis"}
    | {"additive-symbols", "negative", "pad", "prefix", "suffix", "symbols"}
)
_COUNTERS = frozenset({"counter", "counters", "target-counter", "target-counters"})
_LISTS = frozenset({"list-style", "list-style-type"})
_PAPER = ("all", "print")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_COUNTED = 40  # how far a counter is looked at


def generated_texts(sheets: Iterable[PrintSheet], known: Set[int]) -> Iterator[tuple[str, Position | None]]:
    """Yield the strings of generated content and the signs of counters, and where a sheet of the book asks for them.

    Sheets that can have none but of known characters are passed over: to parse them all takes half a second.
    """
    for sheet in sheets:
        if all(ord(sign) in known for sign in _signs_in(sheet.text)):
            continue
        rules = tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True)
        for declaration in declarations(rules):
            for text, token in _printed(declaration.lower_name, declaration.value):
                yield text, sheet.find(token.source_line, token.source_column)


def characters_of_markup(markup: str) -> frozenset[str]:
    """Return all characters that markup may print."""
    return frozenset(character for character in set(unescape(markup)) if not character.isspace())


def template_texts(markup: str, known: Set[int], edition: Edition) -> Iterator[tuple[str, Position | None]]:
    """Yield the characters of the markup that are not known, where a template of the book's own has them."""
    body = parse_markup(markup, "the PDF").find("body")
    for character in sorted(set("".join(body.itertext() if body is not None else ()))):
        if ord(character) not in known:
            yield character, _place_in_templates(character, edition)


def _place_in_templates(character: str, edition: Edition) -> Position | None:
    for file, text in sorted(edition.templates.own_texts.items()):
        for number, line in enumerate((text or "").splitlines(), 1):
            if character in unescape(line):
                return Position(file, number, line.find(character) + 1 or 1)
    return None


def declarations(rules: Iterable[Any]) -> Iterator[Any]:
    """Yield the declarations of rules for paper, however deep they stand."""
    for rule in rules:
        if rule.type == "declaration":
            yield rule
        elif rule.type in ("qualified-rule", "at-rule") and rule.content is not None:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and not _is_for_paper(rule):
                continue
            yield from declarations(
                tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            )


def _is_for_paper(rule: Any) -> bool:
    words = tinycss2.serialize(rule.prelude).casefold().replace("(", " ").replace(",", " ").split()
    return not words or any(word in _PAPER for word in words)


def _printed(name: str, tokens: Iterable[Any], function: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what the value of a property prints, each with its token."""
    if name not in _PRINTING:
        return
    for token in tokens:
        if token.type == "string":
            yield token.value, token
        elif token.type == "function" and token.lower_name != "url":
            yield from _printed(name, token.arguments, token.lower_name)
        elif token.type == "ident" and (name in _LISTS or function in _COUNTERS):
            yield _signs(token.value), token


def _signs_in(sheet: str) -> set[str]:
    """Return every sign that a sheet could print, and more: those that are written in it or counted by its words."""
    from weasyprint.html import UA_COUNTER_STYLE  # noqa: PLC0415 (takes half a second to load)

    text = _COMMENT.sub("", sheet)
    escaped = {chr(int(code, 16)) for code in _ESCAPE.findall(text) if int(code, 16) <= sys.maxunicode}
    counted = (_signs(word) for word in set(_WORD.findall(text)) & UA_COUNTER_STYLE.keys())
    return {sign for sign in {*text, *escaped}.union(*counted) if not UNPRINTED.match(sign)}


def _signs(style: str) -> str:
    """Return the signs of the first counters of a style, or nothing where there is no such style."""
    from weasyprint.html import UA_COUNTER_STYLE  # noqa: PLC0415 (takes half a second to load)

    if style not in UA_COUNTER_STYLE:
        return ""
    return "".join(str(UA_COUNTER_STYLE.render_value(number, style)) for number in range(1, _COUNTED + 1))

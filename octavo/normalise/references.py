"""References: from a name to what it leads to, and to the words that stand for it.

A pass of the book. It reads what each labelled node says of itself, and writes `target` and `text` of each reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from octavo.diagnostics import Rule, nearest
from octavo.document import (
    Document,
    Equation,
    Heading,
    Labelled,
    Link,
    Node,
    Numbered,
    Reference,
    ReferenceGroup,
    Text,
    plain_text,
    rewrite,
    walk,
)
from octavo.normalise.context import Context
from octavo.normalise.identifiers import caption_of
from octavo.words import Words, words_of

# A name that begins so can only be meant as a reference.
_PREFIXES = frozenset(
    [
        "sec",
        "fig",
        "tbl",
        "eq",
        "lst",
        "thm",
        "lem",
        "cor",
        "prp",
        "cnj",
        "def",
        "exm",
        "exr",
        "nte",
        "tip",
        "imp",
        "wrn",
        "cau",
    ]
)
_BARE_NUMBER = re.compile(r"[\dA-Z]+(\.\d+)*\.?")
_BEHIND_WORD = re.compile(r"(?<= )[\dA-Z]+$")


@dataclass(frozen=True, slots=True)
class Named:
    """State how a target is called in a sentence, and what its number is."""

    full: str
    number: str


def resolve_references(document: Document, context: Context) -> Document:
    """Set target and text of references, and the text of links that have none; report what refers to nothing."""
    language = document.metadata.language
    words = words_of(language)
    known = {node.anchor: named(node, words) for node in walk(document, Labelled) if node.anchor}
    return rewrite(document, lambda node: _resolve(node, known, language, context), Reference, ReferenceGroup, Link)


def named(node: Labelled, words: Words) -> Named:
    """Return how a target is called: by its kind and number, else by its title, else as a place."""
    match node:
        case Heading():
            return _heading(node, words)
        case Equation() if node.number:
            return Named(words.numbered["equation"].format(node.number), node.number)
        case Numbered() if node.number and node.label:
            whole = node.label if node.number in node.label else words.numbered["figure"].format(node.number)
            return Named(whole, node.number)
    title = plain_text(caption_of(node)) or plain_text(getattr(node, "title", ())) or plain_text(node)
    quoted = words.quotes.format(title)
    return Named(quoted, quoted)


def _heading(node: Heading, words: Words) -> Named:
    title = words.quotes.format(plain_text(node.children))
    if not node.number:
        return Named(title, title)
    number = node.number.rstrip(".、")
    if not _BARE_NUMBER.fullmatch(number):
        alone = _BEHIND_WORD.search(number)  # it says itself what it numbers: 第三章, Appendix B
        return Named(number, alone[0] if alone else number)
    kind = "appendix" if number[0].isalpha() else "chapter" if node.level == 1 and "." not in number else "section"
    return Named(words.numbered[kind].format(number), number)


def _resolve(node: Node, known: Mapping[str, Named], language: str, context: Context) -> Node:
    match node:
        case Reference():
            return _with_text(node, known, context)
        case ReferenceGroup():
            separators = _separators(len(node.children), language)
            return node if separators == node.separators else replace(node, separators=separators)
        case Link() if not node.children and (found := known.get(node.target or "")):
            return replace(node, children=(Text(text=found.full, position=node.position),))
        case Link():
            return _without_links_inside(node)
    return node


def _with_text(node: Reference, known: Mapping[str, Named], context: Context) -> Reference:
    if (found := known.get(node.name)) is None:
        _report(node, known, context)
        return replace(node, target=None, text=None) if node.text else node
    text = {"number": found.number, "written": node.written}.get(node.form, found.full)
    return node if (node.target, node.text) == (node.name, text) else replace(node, target=node.name, text=text)


def _report(node: Reference, known: Mapping[str, Named], context: Context) -> None:
    prefix = re.split("[-:]", node.name)[0]
    if prefix in _PREFIXES or prefix in context.kinds:
        message = f"no target is called “{node.name}”"
        context.report.add(Rule.REFERENCE_NOT_FOUND, node.position, message, nearest(node.name, known))
    else:
        context.report.add(
            Rule.REFERENCE_UNKNOWN,
            node.position,
            f"“@{node.name}” refers to nothing in this book; it stays text",
            "write \\@ where a sign is meant",
        )


def _separators(count: int, language: str) -> tuple[str, ...]:
    """Return what stands between the references of a group, as one lists things in the language (CLDR)."""
    if count < 2:
        return ()
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 (its data are large)
    from babel.lists import format_list  # noqa: PLC0415

    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    return tuple(format_list(["\0"] * count, locale=locale).split("\0")[1:-1])


def _without_links_inside(node: Link) -> Link:
    """Return a link in which no other one stands."""

    def change(inner: Reference) -> Node:
        return Text(text=inner.text, position=inner.position) if inner.text else inner

    return rewrite(node, change, Reference)

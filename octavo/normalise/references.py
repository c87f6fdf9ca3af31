"""References: from a name to what it leads to, and to the words that stand for it.

A pass of the book. It reads what each labelled node says of itself, and writes `target` and `text` of each reference.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from octavo.diagnostics import Rule, nearest
from octavo.document import (
    Abstract,
    Chapter,
    Details,
    Document,
    Equation,
    Heading,
    Inline,
    Labelled,
    Link,
    Node,
    Numbered,
    Reference,
    ReferenceGroup,
    TermReference,
    Text,
    plain_text,
    rewrite,
    walk,
)
from octavo.normalise.context import Context
from octavo.normalise.counted import kind_of, pattern_of
from octavo.normalise.identifiers import caption_of
from octavo.normalise.links import is_outside
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


# By identifier; None for what nothing can be called by.
Known: TypeAlias = Mapping[str, Named | None]


def resolve_references(document: Document, context: Context) -> Document:
    """Set target and text of references, and the text of links that have none; report what refers to nothing.

    The words are those of the language in which the text around them is written, whatever that of the target is.
    """
    targets = {node.anchor: node for node in walk(document, Labelled) if node.anchor}
    bracketed = {id(child) for group in walk(document, ReferenceGroup) for child in group.children}
    known: dict[str, Known] = {}

    def change(part: Abstract | Chapter) -> Abstract | Chapter:
        language = (isinstance(part, Chapter) and part.language) or document.metadata.language
        if language not in known:
            words = words_of(language)
            known[language] = {name: named(target, words, context) for name, target in targets.items()}
        names = known[language]
        return rewrite(
            part, lambda node: _resolve(node, names, language, context, bracketed), Reference, ReferenceGroup, Link
        )

    return rewrite(document, change, Abstract, Chapter)


def named(node: Labelled, words: Words, context: Context) -> Named | None:
    """Return how a target is called: by its kind and number, else by its title; None where it has neither."""
    match node:
        case Heading():
            return _heading(node, words)
        case Equation() if node.number:
            return Named(words.numbered["equation"].format(node.number), node.number)
        case Numbered() if node.number and node.label:
            pattern = pattern_of(kind_of(node) or "figure", words, context)
            return Named(pattern.format(node.number) if pattern else node.label, node.number)
    title = _title(node)
    if not title and isinstance(node, Numbered) and node.label:
        return Named(node.label, node.label)
    quoted = words.quotes.format(title)
    return Named(quoted, quoted) if title else None


def _title(node: Labelled) -> str:
    """Return what heads a target; in a line it is the target itself."""
    if isinstance(node, Inline):
        return plain_text(node)
    if isinstance(node, Details):
        return plain_text(node.summary)
    return plain_text(caption_of(node)) or plain_text(getattr(node, "title", ()))


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


def _resolve(node: Node, known: Known, language: str, context: Context, bracketed: Collection[int]) -> Node:
    match node:
        case Reference():
            return _with_text(node, known, context, id(node) in bracketed)
        case ReferenceGroup():
            separators = _separators(len(node.children), language)
            return node if separators == node.separators else replace(node, separators=separators)
        case Link() if not node.children and is_outside(node.destination):
            return replace(node, children=(Text(text=node.destination, position=node.position),))
        case Link() if not node.children and node.target is not None and node.target in known:
            return _with_words(node, known[node.target], context)
        case Link():
            return _without_links_inside(node)
    return node


def _with_words(node: Link, target: Named | None, context: Context) -> Link:
    if target is None:
        _report_unnamed(node.target or "", node, context)
        return node
    return replace(node, children=(Text(text=target.full, position=node.position),))


def _with_text(node: Reference, known: Known, context: Context, bracketed: bool) -> Reference:
    if (found := known.get(node.name)) is None:
        if node.name not in known:
            _report(node, known, context, bracketed)
        elif node.form == "written":
            return node  # its words are there
        else:
            _report_unnamed(node.name, node, context)
        return replace(node, target=None, text=None) if node.text else node
    text = {"number": found.number, "written": node.written}.get(node.form, found.full)
    return node if (node.target, node.text) == (node.name, text) else replace(node, target=node.name, text=text)


def _report_unnamed(name: str, node: Node, context: Context) -> None:
    context.report.add(
        Rule.REFERENCE_UNNAMED,
        node.position,
        f"“{name}” has no number and no title that a reference could call it by",
        f"say what it is in a link: [these words](#{name})",
    )


def _report(node: Reference, known: Known, context: Context, bracketed: bool) -> None:
    works = context.sources.works if context.sources else {}
    prefix = re.split("[-:]", node.name)[0]
    if prefix in _PREFIXES or prefix in context.kinds:
        message = f"no target is called “{node.name}”"
        context.report.add(Rule.REFERENCE_NOT_FOUND, node.position, message, nearest(node.name, known))
    elif node.name in works:
        return  # its neighbours in the brackets are no works, or it is a label too, which was reported
    elif bracketed and context.sources:
        message = f"no work has the key “{node.name}”"
        context.report.add(Rule.CITATION_NOT_FOUND, node.position, message, nearest(node.name, works))
    else:
        message = f"“@{node.name}” refers to nothing in this book; it stays text"
        hint = nearest(node.name, works) or "write \\@ where a sign is meant"
        context.report.add(Rule.REFERENCE_UNKNOWN, node.position, message, hint)


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

    def change(inner: Reference | TermReference) -> Node | tuple[Node, ...]:
        if isinstance(inner, TermReference):
            return inner.children
        return Text(text=inner.text, position=inner.position) if inner.text else inner

    return rewrite(node, change, Reference, TermReference)

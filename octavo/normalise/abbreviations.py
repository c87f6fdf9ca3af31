"""Abbreviations: what one file defines holds through the whole book.

A pass of the book. Where two files define the same one, each has its own, and all others that of the first. Only whole
words count, in the letters of the definition; Chinese text beside one parts words like a space. Headings stay bare, for
they are printed again in contents and outlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from octavo.diagnostics import Rule
from octavo.document import (
    Abbreviation,
    AbbreviationDefinition,
    Abstract,
    Chapter,
    Document,
    Heading,
    Image,
    Node,
    Text,
    rewrite,
    walk,
)
from octavo.normalise.context import Context

# Letters that make words, which Han, Kana and Hangul do not.
_LETTER = r"[A-Za-z0-9_\u00c0-\u024f\u0370-\u052f]"


def mark_abbreviations(document: Document, context: Context) -> Document:
    """Mark the words that are defined as abbreviations, and take the definitions out of the text."""
    parts = [node for node in (document.abstract, *document.chapters) if node is not None]
    own = {part.file: _defined(part, context) for part in parts}
    book = {node.text: node.expansion for node in reversed(document.definitions)}
    for definitions in own.values():
        book = definitions | book
    if not book:
        return document

    document = replace(document, definitions=())
    return rewrite(document, lambda part: _marked(part, book | own[part.file]), Abstract, Chapter)


def _defined(part: Abstract | Chapter, context: Context) -> dict[str, str]:
    definitions: dict[str, str] = {}
    for node in walk(part, AbbreviationDefinition):
        first = definitions.setdefault(node.text, node.expansion)
        if first != node.expansion:
            context.report.add(
                Rule.ABBREVIATION_DUPLICATE,
                node.position,
                f"the abbreviation “{node.text}” is defined twice in this file",
                f"it stands for “{first}” above; leave one of the two out",
            )
    return definitions


def _marked(part: Abstract | Chapter, definitions: Mapping[str, str]) -> Abstract | Chapter:
    words = _any(definitions)
    kept = {id(below) for node in walk(part, Heading, Image) for below in walk(node, Text)}

    def change(node: AbbreviationDefinition | Text) -> Node | tuple[Node, ...]:
        match node:
            case AbbreviationDefinition():
                return ()
            case Text() if id(node) not in kept and words.search(node.text):
                return tuple(_split(node, words, definitions))
        return node

    return rewrite(part, change, AbbreviationDefinition, Text)


def _any(definitions: Mapping[str, str]) -> re.Pattern[str]:
    """Return the expression for all abbreviations, of which the longest wins."""
    return re.compile("|".join(_whole(text) for text in sorted(definitions, key=len, reverse=True)))


def _whole(text: str) -> str:
    before = rf"(?<!{_LETTER})" if re.match(_LETTER, text[0]) else ""
    behind = rf"(?!{_LETTER})" if re.match(_LETTER, text[-1]) else ""
    return before + re.escape(text) + behind


def _split(node: Text, words: re.Pattern[str], definitions: Mapping[str, str]) -> Iterator[Node]:
    done = 0
    for found in words.finditer(node.text):
        if found.start() > done:
            yield _part(node, done, found.start())
        place = replace(node.position, column=node.position.column + found.start())
        yield Abbreviation(text=found[0], expansion=definitions[found[0]], position=place)
        done = found.end()
    if done < len(node.text):
        yield _part(node, done, len(node.text))


def _part(node: Text, start: int, end: int) -> Text:
    place = replace(node.position, column=node.position.column + start)
    return Text(text=node.text[start:end], position=place)

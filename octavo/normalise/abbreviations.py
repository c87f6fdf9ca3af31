"""Abbreviations: what one file defines holds through the whole book.

A pass of the book. Where two files define the same one, each has its own, and all others that of the first. Only whole
words count, in the letters of the definition; Chinese text beside one parts words like a space. Headings stay bare, for
they are printed again in contents and outlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

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
from octavo.words import words_of

# Letters that make words, which Han, Kana and Hangul do not.
_LETTER = r"[A-Za-z0-9_\u00c0-\u024f\u0370-\u052f]"


def mark_abbreviations(document: Document, context: Context) -> Document:
    """Mark the words that are defined as abbreviations, and take the definitions out of the text.

    Where it is asked for, the first use in the book, or in each chapter, is written out.
    """
    parts = [node for node in (document.abstract, *document.chapters) if node is not None]
    own = {part.file: _defined(part, context) for part in parts}
    book = {node.text: node.expansion for node in reversed(document.definitions)}
    for definitions in own.values():
        book = definitions | book
    if not book:
        return document
    expansions = _Expansions(words_of(document.metadata.language).in_brackets, context.expand)

    def mark(part: Abstract | Chapter) -> Abstract | Chapter:
        expansions.begin(part)
        return _marked(part, book | own[part.file], expansions)

    return rewrite(replace(document, definitions=()), mark, Abstract, Chapter)


@dataclass(slots=True)
class _Expansions:
    """Know which abbreviations are still to be written out, and the brackets that a language has for them."""

    brackets: str
    scope: Literal["never", "book", "chapter"]
    _used: set[str] = field(default_factory=set)

    def begin(self, part: Abstract | Chapter) -> None:
        """Begin again in a chapter where each has its own first uses; the abstract stands alone in any case."""
        if self.scope == "chapter" or isinstance(part, Abstract):
            self._used = set()

    def around(self, text: str, expansion: str, before: str) -> tuple[str, str]:
        """Return what stands before and behind an abbreviation that is used behind the text `before`."""
        if self.scope == "never" or text in self._used:
            return "", ""
        self._used.add(text)
        if before.rstrip(" (（").endswith(expansion):
            return "", ""  # its author has written it out
        opening, closing = self.brackets.split("{}")
        return f"{expansion}{opening}", closing


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


def _marked(part: Abstract | Chapter, definitions: Mapping[str, str], expansions: _Expansions) -> Abstract | Chapter:
    words = _any(definitions)
    kept = {id(below) for node in walk(part, Heading, Image) for below in walk(node, Text)}

    def change(node: AbbreviationDefinition | Text) -> Node | tuple[Node, ...]:
        match node:
            case AbbreviationDefinition():
                return ()
            case Text() if id(node) not in kept and words.search(node.text):
                return tuple(_split(node, words, definitions, expansions))
        return node

    return rewrite(part, change, AbbreviationDefinition, Text)


def _any(definitions: Mapping[str, str]) -> re.Pattern[str]:
    """Return the expression for all abbreviations, of which the longest wins."""
    return re.compile("|".join(_whole(text) for text in sorted(definitions, key=len, reverse=True)))


def _whole(text: str) -> str:
    before = rf"(?<!{_LETTER})" if re.match(_LETTER, text[0]) else ""
    behind = rf"(?!{_LETTER})" if re.match(_LETTER, text[-1]) else ""
    return before + re.escape(text) + behind


def _split(
    node: Text, words: re.Pattern[str], definitions: Mapping[str, str], expansions: _Expansions
) -> Iterator[Node]:
    done = 0
    closing = ""
    for found in words.finditer(node.text):
        expansion = definitions[found[0]]
        before, behind = expansions.around(found[0], expansion, node.text[: found.start()])
        if text := closing + node.text[done : found.start()] + before:
            yield _part(node, done, text)
        place = replace(node.position, column=node.position.column + found.start())
        yield Abbreviation(text=found[0], expansion=expansion, position=place)
        done, closing = found.end(), behind
    if text := closing + node.text[done:]:
        yield _part(node, done, text)


def _part(node: Text, start: int, text: str) -> Text:
    return Text(text=text, position=replace(node.position, column=node.position.column + start))

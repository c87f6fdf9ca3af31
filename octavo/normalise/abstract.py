"""“关键词：…” and “> 摘要：…” before the first heading are metadata of the book."""

from __future__ import annotations

import re
from dataclasses import replace

from octavo.document import (
    Abstract,
    Block,
    BlockQuote,
    Chapter,
    Document,
    Heading,
    Paragraph,
    Section,
    Strong,
    plain_text,
    rewrite,
)
from octavo.normalise.context import Context
from octavo.normalise.labels import split_label

_KEYWORDS = re.compile(r"(关键[词字]|關鍵[詞字]|Key ?words|Keywords)\s*[：:]\s*", re.IGNORECASE)
_ABSTRACT = re.compile(r"(内容摘要|摘\s*要|內容摘要|Abstract|Summary)\s*[：:]\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[,，;；、]\s*")


def settle_abstract(document: Document, context: Context) -> Document:
    """Move keywords and abstract from the head of the first chapter to where the formats look for them.

    A heading inside an abstract heads nothing of the book: its words stay, as a paragraph.
    """
    document = _take_head(document)
    if document.abstract is None:
        return document
    plain = rewrite(document.abstract, _without_heading, Heading)
    return document if plain is document.abstract else replace(document, abstract=plain)


def _without_heading(node: Heading) -> Paragraph:
    words = Strong(children=node.children, position=node.position)
    return Paragraph(children=(words,), position=node.position)


def _take_head(document: Document) -> Document:
    first = next((chapter for chapter in document.chapters if chapter.role == "body"), None)
    if first is None:
        return document
    keywords: list[str] = list(document.metadata.keywords)
    abstract = document.abstract
    kept: list[Block] = []
    head = _length_of_head(first)
    for block in first.children[:head]:
        if isinstance(block, Paragraph) and (words := _keywords(block)):
            keywords += [word for word in words if word not in keywords]
        elif isinstance(block, BlockQuote) and abstract is None and (found := _abstract(block)):
            abstract = Abstract(file=first.file, children=found, position=block.position)
        else:
            kept.append(block)
    if len(kept) == head:
        return document
    shorter = replace(first, children=(*kept, *first.children[head:]))
    return replace(
        document,
        metadata=replace(document.metadata, keywords=tuple(keywords)),
        abstract=abstract,
        chapters=tuple(shorter if chapter is first else chapter for chapter in document.chapters),
    )


def split_keywords(text: str) -> tuple[str, ...]:
    """Return the words of a list parted by Chinese or Latin commas and semicolons."""
    return tuple(word for word in _SEPARATORS.split(text.strip().rstrip("。.")) if word)


def _length_of_head(chapter: Chapter) -> int:
    for index, block in enumerate(chapter.children):
        if isinstance(block, Heading | Section):
            return index
    return 0  # without a heading there is no head, and a first paragraph is text


def _keywords(paragraph: Paragraph) -> tuple[str, ...]:
    label, rest = split_label(paragraph.children, _KEYWORDS)
    return split_keywords(plain_text(rest)) if label else ()


def _abstract(quote: BlockQuote) -> tuple[Block, ...]:
    if not quote.children or not isinstance(first := quote.children[0], Paragraph):
        return ()
    label, rest = split_label(first.children, _ABSTRACT)
    return (replace(first, children=rest), *quote.children[1:]) if label else ()

"""A file that holds nothing but abbreviations is no chapter: nobody could read anything there."""

from __future__ import annotations

from dataclasses import replace

from octavo.document import AbbreviationDefinition, Chapter, Document
from octavo.normalise.context import Context


def take_definitions(document: Document, context: Context) -> Document:
    """Take chapters of definitions out of the book, and hand the definitions over to the document."""
    texts = tuple(chapter for chapter in document.chapters if not _only_defines(chapter))
    if not texts or len(texts) == len(document.chapters):
        return document
    found = (node for chapter in document.chapters if _only_defines(chapter) for node in chapter.children)
    definitions = tuple(node for node in found if isinstance(node, AbbreviationDefinition))
    return replace(document, chapters=texts, definitions=(*document.definitions, *definitions))


def _only_defines(chapter: Chapter) -> bool:
    blocks = chapter.children
    return chapter.title is None and bool(blocks) and all(isinstance(node, AbbreviationDefinition) for node in blocks)

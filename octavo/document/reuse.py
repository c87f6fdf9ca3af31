"""A tree that was made anew, with the chapters of an earlier one wherever nothing in them differs.

What was made of a chapter is known by the chapter then, and nobody has to look into it again.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import Any

from octavo.document.book import Document
from octavo.document.node import Node


def with_chapters_of(before: Document, document: Document) -> Document:
    """Return a document in which each chapter is the one of the same file in another, where both are the same."""
    known = {chapter.file: chapter for chapter in before.chapters}
    chapters = tuple(
        old if (old := known.get(chapter.file)) is not None and is_same(old, chapter) else chapter
        for chapter in document.chapters
    )
    return replace(document, chapters=chapters)


def is_same(one: Node, other: Node) -> bool:
    """Tell whether two trees are the same in all that they hold, with the places at which it was written."""
    waiting: list[tuple[Any, Any]] = [(one, other)]
    while waiting:
        left, right = waiting.pop()
        kind: Any = type(left)
        if left is right:
            continue
        if kind is not type(right):
            return False
        if isinstance(left, tuple):
            if len(left) != len(right):
                return False
            waiting.extend(zip(left, right, strict=True))
        elif isinstance(left, Node):
            names = _names(kind)  # type: ignore[arg-type]  # a class has a hash, whatever its instances have
            waiting.extend((getattr(left, name), getattr(right, name)) for name in names)
        elif left != right:
            return False
    return True


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))

"""A place → the line of the source that stands there, cut to what is worth a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from octavo.book import Book
from octavo.diagnostics import Failure, Position

_BEFORE, _BEHIND = 60, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Hold a line in three parts; `at` is the character that is pointed to, or a space behind the last one."""

    before: str
    at: str
    behind: str


def excerpts_of(book: Book | None) -> Callable[[Position], Excerpt | None]:
    """Return what finds the line of a place in a book, or None where there is none."""

    @cache
    def lines(file: str) -> list[str]:
        try:
            return book.files.read_text(file, None).split("\n") if book else []
        except Failure:
            return []  # which was said, or it is no file of the book

    def find(position: Position) -> Excerpt | None:
        text = lines(position.file)
        return excerpt(text[position.line - 1], position.column) if 0 < position.line <= len(text) else None

    return find


def excerpt(line: str, column: int) -> Excerpt | None:
    """Return a line around a column, or None where it is blank."""
    if not line.strip():
        return None
    at = min(max(column - 1, 0), len(line))
    start, end = max(at - _BEFORE, 0), at + _BEHIND
    before = f"{'…' if start else ''}{line[start:at]}"
    behind = f"{line[at + 1 : end]}{'…' if end < len(line) else ''}"
    return Excerpt(before=before, at=line[at : at + 1] or " ", behind=behind)

"""The texts of a book before and after a change → the place in them that an author would look for first."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from operator import eq

from octavo.book import CONFIGURATION
from octavo.diagnostics import Failure, Position
from octavo.document import Paragraph, walk
from octavo.render.edition import Edition


def texts_of(edition: Edition) -> dict[str, str]:
    """Return the text of each file that a book is written in: its chapters, and what they include."""
    texts = {source.path: source.text for source in edition.book.chapters}
    for file in dict.fromkeys(paragraph.position.file for paragraph in walk(edition.document, Paragraph)):
        if file not in texts and file != CONFIGURATION:
            try:
                texts[file] = edition.book.files.read_text(file, None)
            except Failure:
                continue  # made by a pass, or removed since: the next build will know
    return texts


def first_change(before: Mapping[str, str], after: Mapping[str, str]) -> Position | None:
    """Return where the first file that is another begins to differ, or None where no text is another."""
    for file, text in after.items():
        if (old := before.get(file, "")) != text:
            return _place(file, text, sum(1 for _ in takewhile(bool, map(eq, old, text))))
    return None


def _place(file: str, text: str, at: int) -> Position:
    start = text.rfind("\n", 0, at) + 1
    return Position(file, text.count("\n", 0, at) + 1, at - start + 1)

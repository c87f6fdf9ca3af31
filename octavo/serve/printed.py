"""A place in the source of a book → the page of its PDF that it is printed on.

Where pages begin is told by the pieces of the text, which are counted in reading order: so the page of a place is the
last that begins at its piece or before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from octavo.diagnostics import Position
from octavo.document import Chapter, CodeBlock, Node, NoteReference, Text, walk
from octavo.render.edition import Edition
from octavo.render.page_breaks import CODE, PIECES, PageBreaks, counted

# The number of a piece, whether it is the lines of a listing behind its caption, and how many characters are before.
Point: TypeAlias = tuple[int, bool, int]
_KEY = re.compile(rf"(\d+)({CODE})?")  # what is around the text, such as a line of the contents, has another


def page_of(edition: Edition, breaks: PageBreaks, place: Position, texts: Mapping[str, str]) -> int | None:
    """Return the page, from 1, that a place in one of the files of a book is printed on; None where it is on none."""
    point = _point_of(edition, place, texts)
    if point is None:
        return None
    begun = [each.page for each in breaks.breaks if (begins := _begins(each.key, each.skip)) and begins <= point]
    return begun[-1] if begun else None


def _begins(key: str, skip: int) -> Point | None:
    found = _KEY.fullmatch(key)
    return (int(found[1]), found[2] is not None, skip) if found else None


def _point_of(edition: Edition, place: Position, texts: Mapping[str, str]) -> Point | None:
    lines, chapters = texts.get(place.file, "").split("\n"), edition.document.chapters
    # What is in no chapter of its own is included in any of them.
    for chapter in [each for each in chapters if each.file == place.file] or chapters:
        if code := _code_at(chapter, place, lines):
            between = _between(lines, Position(place.file, code.position.line + 1), place)
            return int(edition.keys[id(code)]), True, len(counted(between))
        if (node := _nearest(chapter, place)) is not None:
            if call := _call_of(chapter, node):  # a note stands behind its chapter, and is printed where it is called
                return _point_of(edition, call.position, texts)
            # As many characters as in the source, about.
            skip = len(counted(_between(lines, node.position, place))) if isinstance(node, Text) else 0
            return int(edition.keys[id(node)]), False, min(skip, _last(node))
    return None


def _code_at(chapter: Chapter, place: Position, lines: list[str]) -> CodeBlock | None:
    """Return the listing whose lines a place is in, where these stand there and not in a file of their own."""
    line = lines[place.line - 1].strip() if place.line <= len(lines) else None
    for block in walk(chapter, CodeBlock):
        written = block.text.split("\n")[max(place.line - block.position.line - 1, 0) :]
        is_before = block.position.file == place.file and block.position.line < place.line
        if is_before and written and written[0].strip() == line:
            return block
    return None


def _nearest(chapter: Chapter, place: Position) -> Node | None:
    """Return the last piece of a file that begins at a place or before it, or the first one of the file.

    Of one that holds others, such as a heading, return the first of those: a page that begins with it begins there.
    """
    found = (node for node in walk(chapter, *PIECES) if node.position.file == place.file)
    nodes = sorted(found, key=lambda node: node.position)
    before = [node for node in nodes if node.position <= place]
    node = before[-1] if before else next(iter(nodes), None)
    return node and next((each for each in walk(node, *PIECES) if each is not node), node)


def _call_of(chapter: Chapter, piece: Node) -> NoteReference | None:
    """Return the first call in the text of the note that a piece is in."""
    note = next((note for note in chapter.notes if any(node is piece for node in walk(note, type(piece)))), None)
    if note is None:
        return None
    calls = (node for block in chapter.children for node in walk(block, NoteReference))
    return next((call for call in calls if call.note == note.identifier), None)


def _between(lines: list[str], start: Position, end: Position) -> str:
    """Return the text from one place of a file to another behind it."""
    if end <= start or start.line > len(lines):
        return ""
    if start.line == end.line:
        return lines[start.line - 1][start.column - 1 : end.column - 1]
    between = [lines[start.line - 1][start.column - 1 :], *lines[start.line : end.line - 1]]
    return "".join((*between, *(line[: end.column - 1] for line in lines[end.line - 1 : end.line])))


def _last(node: Node) -> int:
    """Return how many characters are before the last one of a piece."""
    return max(len(counted(node.text)) - 1, 0) if isinstance(node, Text) else 0

"""Code that a listing takes from a file of the book: the whole of it, a range of its lines, or what an anchor names.

Anchors are comments in the code, as mdBook has them: a line with `ANCHOR: name` and one with `ANCHOR_END: name`, in the
comment syntax of whatever language it is. The lines that hold them are never shown.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from octavo.book import Files, clean
from octavo.diagnostics import Failure, Position, Report, Rule, nearest

# The lines of a file with their numbers.
Lines: TypeAlias = list[tuple[int, str]]

_ANCHOR = re.compile(r"\bANCHOR(?P<end>_END)?:[ \t]*(?P<name>[\w-]+)")
_RANGE = re.compile(r"(?P<first>[0-9]{1,7})?(?P<dash>[-–:])?(?P<last>[0-9]{1,7})?")


def code_reader(files: Files, report: Report) -> Callable[[str, Position], str | None]:
    """Return what reads a file by its name as written in a chapter, or reports why it cannot and returns None."""

    def read(name: str, position: Position) -> str | None:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(position.file), name))
        try:
            return clean(files.read_text(path, position), path, report)
        except Failure as failure:
            report.take(failure.diagnostic)
            return None

    return read


def select(text: str, name: str, lines: str | None, anchor: str | None, position: Position) -> Lines:
    """Return the lines of a file that are asked for. Raises Failure (listing-range) where they are not there."""
    numbered = list(enumerate(text.split("\n"), 1))
    if not numbered[-1][1]:
        numbered.pop()
    if anchor is not None:
        numbered = _anchored(numbered, name, anchor, position)
    if lines is not None:
        numbered = _within(numbered, name, lines, position)
    return [(number, line) for number, line in numbered if not _ANCHOR.search(line)]


def _anchored(numbered: Lines, name: str, anchor: str, position: Position) -> Lines:
    marks = [(index, found) for index, (_, line) in enumerate(numbered) if (found := _ANCHOR.search(line))]
    starts = [index for index, found in marks if found["name"] == anchor and not found["end"]]
    if not starts:
        known = [found["name"] for _, found in marks if not found["end"]]
        message = f"“{name}” has no anchor “{anchor}”"
        hint = nearest(anchor, known) or f"write “ANCHOR: {anchor}” into a comment above the lines"
        raise Failure(Rule.LISTING_RANGE, position, message, hint)
    ends = [index for index, found in marks if found["name"] == anchor and found["end"] and index > starts[0]]
    if not ends:
        message = f"the anchor “{anchor}” of “{name}” has no end"
        raise Failure(Rule.LISTING_RANGE, position, message, f"write “ANCHOR_END: {anchor}” below the lines")
    return numbered[starts[0] + 1 : ends[0]]


def _within(numbered: Lines, name: str, lines: str, position: Position) -> Lines:
    last = numbered[-1][0] if numbered else 0
    try:
        ((first, end),) = ranges(lines)
    except ValueError:  # also where there are two
        message = f"“{lines}” is no range of lines"
        hint = "write the first and the last line: lines=3-20"
        raise Failure(Rule.LISTING_RANGE, position, message, hint) from None
    if not 1 <= first <= (end or last) <= last:
        message = f"“{name}” has no lines {lines}: its last one is {last}"
        raise Failure(Rule.LISTING_RANGE, position, message)
    return [(number, line) for number, line in numbered if first <= number <= (end or last)]


def ranges(text: str) -> Iterator[tuple[int, int | None]]:
    """Yield the first and last line of each range in “1, 3-5”; the last is None in “3-”. Raises ValueError."""
    for part in text.replace(",", " ").split():
        found = _RANGE.fullmatch(part)
        if found is None or not (found["first"] or found["last"]):
            raise ValueError(part)
        first = int(found["first"] or 1)
        yield first, int(found["last"]) if found["last"] else None if found["dash"] else first

"""What makes a book one that can only be laid out in one piece: something in a part that depends on another."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What style sheets may ask for that goes over the edges of parts.
_ASKED = (
    (re.compile(r"(?<![\w-])counters?\((?!\s*pages?\b)"), "a counter of its own"),
    (re.compile(r"\btarget-(?:text|counters)\("), "the text of what a link leads to"),
    (re.compile(r"\btarget-counter\([^,]*(?:\([^)]*\)[^,]*)?,(?!\s*page\b)"), "a counter of what a link leads to"),
    (re.compile(r"(?<![\w-])(?:running|element)\("), "running elements"),
    (re.compile(r"position:\s*fixed\b"), "what stands on every page"),
    (re.compile(r":nth\((?!\s*1\s+of\b)"), "pages by their order"),
    (re.compile(r"bookmark-label:[^;}]*counter\("), "a counter in the outline"),
)


class NotApartError(Exception):
    """Say why a part depends on another."""


def check_apart(sheets: Iterable[str]) -> None:
    """Raise NotApartError where a style sheet asks for what the parts of a book cannot know apart."""
    for sheet in sheets:
        for pattern, what in _ASKED:
            if pattern.search(sheet):
                raise NotApartError(f"a style sheet asks for {what}")

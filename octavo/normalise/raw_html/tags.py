"""Raw HTML → its tags and the text between them, where each tag that wants a counterpart has one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from octavo.normalise.raw_html.elements import CODE, ENDING_BY_THEMSELVES, VOID

# How deep tags may nest: as deep as blocks of Markdown may.
DEPTH = 256

_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9:_-]*)(?=[\s/>])(?:[^'">]|"[^"]*"|'[^']*')*+>""")
_LIKE_A_TAG = re.compile(r"</?[A-Za-z]|<[!?]")
_CLOSERS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
# Behind an attribute's value without quotation marks, a slash belongs to the value.
_EMPTY = re.compile(r"""(<[^\s/>]+|[\s"'])/>\Z""")


class Kind(Enum):
    """Tell what a piece of raw HTML is."""

    TEXT = auto()
    OPEN = auto()
    EMPTY = auto()  # <a id="x"/>: HTML takes it for an opening tag, authors mean an element without content
    CLOSE = auto()
    COMMENT = auto()
    DECLARATION = auto()  # <?php … ?>, <!DOCTYPE …>, <![CDATA[…]]>
    BROKEN = auto()  # begins like a tag, and does not end
    NODE = auto()  # no HTML: what Markdown has made


@dataclass(frozen=True, slots=True)
class Token:
    """Hold a tag or a text, and where it stands: in which of the siblings, at which offset."""

    kind: Kind
    text: str = ""
    name: str = ""
    sibling: int = 0
    offset: int = 0


def tokens_of(html: str, sibling: int) -> Iterator[Token]:
    """Yield the tags of one piece of raw HTML and the texts between them; code of scripts and styles is none."""
    # Whatever cannot be closed is not looked for again and again.
    last = {closer: html.rfind(closer) for _, closer in _CLOSERS}
    begin = position = 0
    while (start := html.find("<", position)) >= 0:
        found = _markup(html, start, last)
        if found is None:
            position = start + 1
            continue
        if begin < start:
            yield Token(Kind.TEXT, html[begin:start], "", sibling, begin)
        kind, name, end = found
        yield Token(kind, html[start:end], name, sibling, start)
        begin = position = _end_of_code(html, name, end) if kind is Kind.OPEN and name in CODE else end
    if begin < len(html):
        yield Token(Kind.TEXT, html[begin:], "", sibling, begin)


def _markup(html: str, start: int, last: dict[str, int]) -> tuple[Kind, str, int] | None:
    """Return kind, name and end of the markup that begins at `start`, or None where it is text."""
    if not _LIKE_A_TAG.match(html, start):
        return None
    for opener, closer in _CLOSERS:
        # <!--> is a whole comment, so its ends may overlap.
        if html.startswith(opener, start) and start < last[closer]:
            kind = Kind.COMMENT if opener == "<!--" else Kind.DECLARATION
            return kind, "", html.index(closer, start + 2) + len(closer)
    tag = _TAG.match(html, start) if start < last[">"] else None
    if tag is None:
        return Kind.BROKEN, "", start + 1
    name = tag[2].lower()
    if tag[1]:
        return Kind.CLOSE, name, tag.end()
    return (Kind.EMPTY if name not in VOID and _EMPTY.search(tag[0]) else Kind.OPEN), name, tag.end()


def _end_of_code(html: str, name: str, start: int) -> int:
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, start)
    return found.start() if found else len(html)


def unpaired(tokens: Sequence[Token]) -> set[int]:
    """Return the indexes of the tags that close nothing, or that nothing closes."""
    opened: dict[str, list[int]] = {}
    alone: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN and token.name not in VOID:
            opened.setdefault(token.name, []).append(index)
        elif token.kind is Kind.CLOSE:
            if waiting := opened.get(token.name):
                waiting.pop()
            else:
                alone.add(index)
    waiting_still = (index for name, found in opened.items() if name not in ENDING_BY_THEMSELVES for index in found)
    return alone.union(waiting_still)


def too_deep(tokens: Iterable[Token]) -> set[int]:
    """Return the indexes of the tags, all of them paired, that stand in more than `DEPTH` others."""
    deep: set[int] = set()
    level = 0
    for index, token in enumerate(tokens):
        if token.kind is Kind.CLOSE:
            level -= 1
        if level >= DEPTH and token.kind in (Kind.OPEN, Kind.CLOSE):
            deep.add(index)
        if token.kind is Kind.OPEN and token.name not in VOID:
            level += 1
    return deep

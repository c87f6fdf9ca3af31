"""Fenced divisions: `::: {.callout-note title="…"}` … `:::`, nested by Pandoc's rule.

A line of colons alone closes the innermost one that is open, however many colons either has. One that is never closed
is no division, and its text stays.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from octavo.document import FENCE_TITLE
from octavo.parse.syntax.attributes import add_attributes, read_attributes

_FENCE = re.compile(
    r":{3,}[ \t]*(?:(?P<braces>\{.*\})|(?P<word>[^\s:{}\[\]]+)(?:\[(?P<bracketed>[^\[\]]*)\])?)?"
    r"[ \t]*(?P<title>(?:[^:]|:(?!:))*?)[ \t]*:*[ \t]*"
)
_CODE = re.compile(r"(`{3,}|~{3,})")


def fenced_divisions(md: MarkdownIt) -> None:
    """Read fenced divisions."""
    stops: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "division", _division, stops)


def _division(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803 (the library's names)
    line = _line(state, startLine)
    if not line.startswith(":::") or state.is_code_block(startLine):
        return False
    attributes = _attributes(line)
    if attributes is None or (close := _closing(state, startLine + 1, endLine)) is None:
        return False
    if silent:
        return True
    parent, last = state.parentType, state.lineMax
    state.parentType, state.lineMax = "division", close
    token = state.push("division_open", "div", 1)
    token.map = [startLine, close]
    add_attributes(token, attributes)
    state.md.block.tokenize(state, startLine + 1, close)
    state.push("division_close", "div", -1)
    state.parentType, state.lineMax = parent, last
    state.line = close + 1
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _attributes(line: str) -> dict[str, str] | None:
    """Return what an opening fence says; None for any other line."""
    found = _FENCE.fullmatch(line)
    if not found or not (found["braces"] or found["word"]):
        return None
    if found["word"]:
        attributes = {"class": found["word"].lstrip(".")}
    elif read := read_attributes(found["braces"]):
        attributes = read[1]
    else:
        # MyST writes the name of a directive in the braces.
        attributes = {"class": found["braces"].strip("{} .")}
        if not re.fullmatch(r"[\w-]+", attributes["class"]):
            return None
    title = found["title"] or found["bracketed"]  # in brackets, as Docusaurus has it
    return attributes | ({"title": title, FENCE_TITLE: title} if title else {})


def _closing(state: StateBlock, line: int, end: int) -> int | None:
    """Return the line that closes a division whose text begins in `line`."""
    depth, code = 1, ""
    while line < end:
        text = _line(state, line)
        if fence := _CODE.match(text):
            code = _code(code, fence[1], text)
        elif not code and text.startswith(":::") and state.sCount[line] - state.blkIndent < 4:
            depth += -1 if not text.strip(":") else _attributes(text) is not None
            if depth == 0:
                return line if state.sCount[line] >= state.blkIndent else None
        line += 1
    return None


def _code(current: str, fence: str, text: str) -> str:
    """Return the fence of the listing that is open behind a line that begins with `fence`; empty for none."""
    if not current:
        return fence
    closes = fence.startswith(current) and text.strip() == fence
    return "" if closes else current

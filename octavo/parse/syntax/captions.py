"""Captions of tables: `: Caption {#tbl-x}` or `Table: Caption` below the table or above it, with a blank line or none.

Below a table without a blank line between, the library would take the line for one more row.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

from octavo.parse.syntax.attributes import add_attributes, attributes_at_end

# In `Token.meta`: of a caption, whether its table comes next; of a table, that a caption stands below it.
ABOVE_TABLE = "octavo-above-table"
CAPTIONED = "octavo-captioned"
_CAPTION = re.compile(r"(?::|[Tt]able:|表格?[:：])[ \t]+(?=\S)|表格?：(?=\S)")


def table_captions(md: MarkdownIt) -> None:
    """Read captions before tables and lists, and let them end a table."""
    stops: RuleOptionsType = {"alt": ["blockquote"]}
    md.block.ruler.before("table", "table_caption", _caption, stops)


def _caption(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803 (the library's names)
    if state.is_code_block(startLine) or not (found := _CAPTION.match(_line(state, startLine))):
        return False
    if silent:
        return state.parentType == "table"
    below = _table_without_caption(state)
    end = startLine + 1
    while end < endLine and not state.isEmpty(end) and not _begins_table(state, end, endLine):
        end += 1
    if below is None and not _stands_above_table(state, end, endLine):
        return False
    text = state.getLines(startLine, end, state.blkIndent, False).lstrip()[found.end() :].rstrip()
    opening = state.push("caption_open", "caption", 1)
    opening.map = [startLine, end]
    opening.meta = {"indent": found.end(), ABOVE_TABLE: below is None}
    if below is not None:
        below.meta[CAPTIONED] = True
    if read := attributes_at_end(text, labels=True):
        add_attributes(opening, read[1])
        text = text[: read[0]].rstrip()
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, [startLine, end], []
    state.push("caption_close", "caption", -1)
    state.line = end
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _table_without_caption(state: StateBlock) -> Token | None:
    """Return the table that ends right before, where neither side of it has a caption yet."""
    if not state.tokens or state.tokens[-1].type != "table_close":
        return None
    start = next(index for index in range(len(state.tokens) - 1, -1, -1) if state.tokens[index].type == "table_open")
    opening = state.tokens[start]
    has_one = CAPTIONED in opening.meta or (start > 2 and state.tokens[start - 3].meta.get(ABOVE_TABLE))
    return None if has_one else opening


def _stands_above_table(state: StateBlock, end: int, last: int) -> bool:
    while end < last and state.isEmpty(end):
        end += 1
    return _begins_table(state, end, last)


def _begins_table(state: StateBlock, line: int, last: int) -> bool:
    return line < last and table(state, line, last, True)

"""Shortcodes: `{{< include path.md >}}` alone on its lines, `{{< var name >}}` and `{{< meta name >}}` in a text.

In: the source. Out: a block token `include` with the path in `content`, an inline token `variable` with the kind and
the name in `meta`. mdBook's `{{#include path.md}}` is read alike.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_INCLUDE = re.compile(
    r"""\{\{<[ \t]*include[ \t]+(?P<quote>["']?)(?P<path>\S(?:.*?\S)?)(?P=quote)[ \t]*>\}\}[ \t]*"""
    r"""|\{\{#include[ \t]+(?P<plain>\S(?:.*?\S)?)[ \t]*\}\}[ \t]*"""
)
_VARIABLE = re.compile(r"\{\{<[ \t]*(?P<kind>var|meta)[ \t]+(?P<name>[^\s<>{}]+)[ \t]*>\}\}")


def shortcodes(md: MarkdownIt) -> None:
    """Read includes before paragraphs, which would take them for text, and variables before the text around them."""
    md.block.ruler.before("paragraph", "include", _read_include)
    md.inline.ruler.before("link", "variable", _read_variable)


def _read_include(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not (path := _path(state, start)):
        return False
    # A line of text right below makes it a part of that paragraph; another include does not.
    below = start + 1
    if below < end and not state.isEmpty(below) and not _path(state, below) and state.sCount[below] >= state.blkIndent:
        return False
    if not silent:
        state.line = start + 1
        token = state.push("include", "", 0)
        token.content = path
        token.map = [start, start + 1]
    return True


def _path(state: StateBlock, line: int) -> str | None:
    found = _INCLUDE.fullmatch(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return found and (found["path"] or found["plain"])


def _read_variable(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{" or not (found := _VARIABLE.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        token = state.push("variable", "", 0)
        token.meta = {"kind": found["kind"], "name": found["name"]}
    state.pos = found.end()
    return True

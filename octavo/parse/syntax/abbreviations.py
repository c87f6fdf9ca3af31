"""Abbreviations, as PHP Markdown Extra has them: `*[HTML]: HyperText Markup Language`, on a line of its own."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_DEFINITION = re.compile(r"\*\[(?P<text>[^\[\]]*[^\[\]\s])\]:[ \t]*(?P<expansion>\S.*?)[ \t]*")


def abbreviations(md: MarkdownIt) -> None:
    """Read the definitions of abbreviations."""
    md.block.ruler.before("reference", "abbreviation", _definition)


def _definition(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803 (the library's names)
    line = state.src[state.bMarks[startLine] + state.tShift[startLine] : state.eMarks[startLine]]
    if state.is_code_block(startLine) or not (found := _DEFINITION.fullmatch(line)):
        return False
    if not silent:
        token = state.push("abbreviation", "", 0)
        token.content, token.info = found["text"], found["expansion"]
        token.map = [startLine, startLine + 1]
        state.line = startLine + 1
    return True

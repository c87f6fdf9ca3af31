"""Three tildes and more inside a line are tildes: `~~~not struck out~~~` (GFM 6.5)."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_MANY = re.compile("~{3,}")


def many_tildes(md: MarkdownIt) -> None:
    """Take them for text before two of them strike something out."""
    md.inline.ruler.before("strikethrough", "tildes", _many)


def _many(state: StateInline, silent: bool) -> bool:
    found = _MANY.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.append_pending(found[0])
    state.pos = found.end()
    return True

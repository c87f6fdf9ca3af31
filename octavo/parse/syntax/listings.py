"""Info strings: ` ```python {#lst-x caption="…" lines=3-5 numbers} `.

In: the block tokens. Out: each fence with an `Info` in its `meta`, and its caption parsed to inlines as its children.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from octavo.parse.info import read_info

# In `Token.meta` of fences: what the info string says.
INFO = "octavo-info"


def info_strings(md: MarkdownIt) -> None:
    """Read info strings before inlines are parsed, so that notes in captions take their place among the others."""
    md.core.ruler.before("inline", "info_strings", _read)


def _read(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "fence":
            info = token.meta[INFO] = read_info(token.info.strip(), token.content)
            token.children = state.md.inline.parse(info.caption, state.md, state.env, []) if info.caption else None

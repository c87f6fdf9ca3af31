"""Attributes behind a heading: `# Title {#sec-intro .unnumbered}`.

In: the block tokens. Out: the braces taken off the heading's text, their meaning in the opening token's `attrs`.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.attrs.parse import ParseError, parse

_BRACES = re.compile(r"[ \t]*(\{[^{}\n]*\})[ \t]*$")


def heading_attributes(md: MarkdownIt) -> None:
    """Read attributes before inlines are parsed, so that `_` and `*` inside the braces mean nothing."""
    md.core.ruler.before("inline", "heading_attributes", _read)


def _read(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type != "heading_open":
            continue
        inline = state.tokens[index + 1]
        if (found := _BRACES.search(inline.content)) and (attributes := _attributes(found[1])):
            token.attrs.update(attributes)
            inline.content = inline.content[: found.start()]


def _attributes(braces: str) -> dict[str, str]:
    try:
        end, attributes = parse(braces.replace("{-}", "{.unnumbered}"))
    except ParseError:
        return {}  # not ours: the braces stay text
    return dict(attributes) if end + 1 >= len(braces) else {}

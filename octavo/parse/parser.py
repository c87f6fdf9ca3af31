"""The Markdown parser: which rules are on, and in which order they came to be."""

from __future__ import annotations

import sys
from enum import Enum
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from octavo.parse.offsets import PlacedBlockParser, PlacedInlineParser, PlacedState, closable
from octavo.parse.syntax.attributes import heading_attributes
from octavo.parse.syntax.emphasis import ChineseEmphasis


class Dialect(Enum):
    """Choose what is understood: all that authors may write, or CommonMark and nothing else."""

    OCTAVO = "octavo"
    COMMONMARK = "commonmark"


# What the dialect adds to CommonMark, in this order: a rule that looks at the start of a file comes first,
# one that takes text away from the inlines comes before they are parsed.
PLUGINS = (
    front_matter_plugin,
    heading_attributes,
    deflist_plugin,
    footnote_plugin,
)

# Joining text tokens would lose where the later ones began: the tree builder does it.
_JOINERS = ("fragments_join", "text_join")

_BRACKETS = ("link", "image", "footnote_inline", "footnote_ref")


@cache
def create_parser(dialect: Dialect, depth: int) -> MarkdownIt:
    """Return the parser of a dialect that lets blocks, and brackets in a text, nest up to `depth` levels."""
    # The library's own limit counts tokens, of which a list has two a level, and leaves text out in silence.
    md = MarkdownIt("commonmark", {"maxNesting": sys.maxsize})
    ours = dialect is Dialect.OCTAVO
    block = PlacedBlockParser(depth)
    block.ruler.enableOnly(md.block.ruler.get_active_rules())
    md.block = block
    inline = PlacedInlineParser(ChineseEmphasis if ours else PlacedState, depth)
    inline.ruler.enableOnly(md.inline.ruler.get_active_rules())
    inline.ruler2.enableOnly(md.inline.ruler2.get_active_rules())
    md.inline = inline
    md.disable(list(_JOINERS))
    if ours:
        md.enable(["table", "strikethrough"])
        md.options["tasklists"] = md.options["alerts"] = md.options["strikethrough_single_tilde"] = True
        for plugin in PLUGINS:
            if plugin is footnote_plugin:
                # Notes stay where they are defined: a pass numbers and places them.
                footnote_plugin(md, move_to_end=False, always_match_refs=True)
            else:
                plugin(md)
    for rule in inline.ruler.__rules__:
        if rule.name in _BRACKETS:
            rule.fn = closable(rule.fn)
    return md

"""The Markdown parser: which rules are on, and in which order they came to be."""

from __future__ import annotations

import sys
from enum import Enum
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from octavo.parse.dispatch import dispatch_blocks, dispatch_inlines
from octavo.parse.offsets import PlacedBlockParser, PlacedInlineParser, PlacedState, closable, unless
from octavo.parse.syntax.abbreviations import abbreviations
from octavo.parse.syntax.addresses import addresses
from octavo.parse.syntax.attributes import attributes_above_blocks, attributes_behind_headings, attributes_of_inlines
from octavo.parse.syntax.captions import table_captions
from octavo.parse.syntax.divisions import fenced_divisions
from octavo.parse.syntax.emphasis import ChineseEmphasis
from octavo.parse.syntax.formulas import formulas
from octavo.parse.syntax.listings import info_strings
from octavo.parse.syntax.references import references
from octavo.parse.syntax.shortcodes import shortcodes
from octavo.parse.syntax.tildes import many_tildes


class Dialect(Enum):
    """Choose what is understood: all that authors may write, or CommonMark and nothing else."""

    OCTAVO = "octavo"
    COMMONMARK = "commonmark"


# What the dialect adds to CommonMark, in this order: a rule that looks at the start of a file comes first,
# one that takes text away from the inlines comes before they are parsed.
PLUGINS = (
    front_matter_plugin,
    attributes_behind_headings,
    formulas,  # first of the rules for lines, none of which may look into one
    shortcodes,
    fenced_divisions,
    attributes_above_blocks,
    info_strings,
    table_captions,
    abbreviations,
    deflist_plugin,
    footnote_plugin,
    sub_plugin,
    many_tildes,
    superscript_plugin,
    references,  # before links, with which they share the bracket
    attributes_of_inlines,  # after links: `[text](address){.x}` is one with attributes
    addresses,  # after all that name characters at which text stops
)

# Joining text tokens would lose where the later ones began: the tree builder does it.
_JOINERS = ("fragments_join", "text_join")

_BRACKETS = ("link", "image", "footnote_inline", "footnote_ref", "span", "references")


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
        md.options["tasklists"] = md.options["alerts"] = True
        for plugin in PLUGINS:
            if plugin is footnote_plugin:
                # Notes stay where they are defined: a pass numbers and places them.
                footnote_plugin(md, move_to_end=False, always_match_refs=True)
            else:
                plugin(md)
    for rule in inline.ruler.__rules__:
        if rule.name in _BRACKETS:
            rule.fn = closable(rule.fn)
        elif rule.name == "sup":
            rule.fn = unless("^[", rule.fn)  # which begins a note
    block.ruler, inline.ruler = dispatch_blocks(block.ruler), dispatch_inlines(inline.ruler)
    return md

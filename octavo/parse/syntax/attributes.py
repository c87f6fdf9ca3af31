"""Attributes: `{#sec-intro .unnumbered width=60% alt="what it shows"}`, wherever they may stand.

Behind a heading, a picture, a link, a run of code or brackets (`[text]{.x}`), and on a line of their own above a block.
In: text. Out: a mapping with `id`, `class` and the rest, as markdown-it keeps them in the `attrs` of a token.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# Pandoc's grammar, which the parser of mdit-py-plugins falls short of: it refuses dots in identifiers, signs in values
# without quotation marks and braces between these, and cuts a value off where its line ends.
_PART = re.compile(
    r"""\s*(?:
      \#(?P<identifier>[^\s!"\#$%&'()*+,./;<=>?@\[\\\]^`{|}~]+(?:\.[^\s!"\#$%&'()*+,./;<=>?@\[\\\]^`{|}~]+)*)
    | \.(?P<class>[^\s!"\#$%&'()*+,./;<=>?@\[\\\]^`{|}~]+)
    | (?P<unnumbered>-)
    | (?P<key>[A-Za-z\d_:-]+)=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'{}][^\s"{}]*))
    )(?=[\s}])""",
    re.VERBOSE | re.DOTALL,
)
_END = re.compile(r"\s*\}")
_SPACE = re.compile(r"\s*\n\s*")
# In `Token.meta` of blocks: the attributes that stand above it.
ABOVE = "octavo-above"
# Right behind one of these, braces belong to a part of the text: `# The [tide]{.index}`.
_ENDS_INLINE = ("]", ")", "`")
_TAKES_ATTRIBUTES = frozenset({"image", "code_inline", "link_close", "references"})


def read_attributes(text: str, start: int = 0) -> tuple[int, dict[str, str]] | None:
    """Return where the braces that begin at `start` end, and what they say; None where they are no attributes."""
    if not text.startswith("{", start):
        return None
    attributes: dict[str, str] = {}
    position = start + 1
    while part := _PART.match(text, position):
        attributes = joined(attributes, _said(part))
        position = part.end()
    end = _END.match(text, position)
    return (end.end(), attributes) if end and attributes else None


def _said(part: re.Match[str]) -> dict[str, str]:
    """Return what one part between the braces says."""
    if part["identifier"]:
        return {"id": part["identifier"]}
    if part["class"] or part["unnumbered"]:
        return {"class": part["class"] or "unnumbered"}
    if part["double"] is not None:
        value = unescapeAll(part["double"])
    else:
        value = part["single"] if part["single"] is not None else part["bare"]
    return {part["key"]: _SPACE.sub(" ", value)}


def attributes_at_end(text: str, *, labels: bool = False) -> tuple[int, dict[str, str]] | None:
    """Return where the braces begin that end a heading or a caption, and what they say of it; None for those of words.

    With `labels`, an identifier is never that of the words that it is written right behind.
    """
    start = text.rfind("{")
    while start >= 0:
        found = read_attributes(text, start)
        if found and not text[found[0] :].strip():
            of_words = text[start - 1 : start] in _ENDS_INLINE and not (labels and "id" in found[1])
            return None if of_words else (start, found[1])
        start = text.rfind("{", 0, start)
    return None


def add_attributes(token: Token, attributes: dict[str, str]) -> None:
    """Add attributes to a token; classes come together."""
    token.attrs = dict(joined({name: str(value) for name, value in token.attrs.items()}, attributes))


def joined(attributes: dict[str, str], others: dict[str, str]) -> dict[str, str]:
    """Return both, the others before the first; classes come together."""
    classes = " ".join(filter(None, (attributes.get("class"), others.get("class"))))
    return attributes | others | ({"class": classes} if classes else {})


def attributes_behind_headings(md: MarkdownIt) -> None:
    """Read attributes before inlines are parsed, so that `_` and `*` inside the braces mean nothing."""
    md.core.ruler.before("inline", "heading_attributes", _behind_headings)


def _behind_headings(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type != "heading_open":
            continue
        inline = state.tokens[index + 1]
        if found := attributes_at_end(inline.content):
            add_attributes(token, found[1])
            inline.content = inline.content[: found[0]].rstrip(" \t")


def attributes_of_inlines(md: MarkdownIt) -> None:
    """Read attributes behind inlines, and brackets that have some."""
    md.inline.ruler.after("link", "span", _span)
    md.inline.ruler.before("text", "attributes", _behind_inline)


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, False)
    if end < 0 or not (found := read_attributes(state.src, end + 1)) or found[0] > state.posMax:
        return False
    if not silent:
        outer = state.posMax
        state.pos, state.posMax = state.pos + 1, end
        add_attributes(state.push("span_open", "span", 1), found[1])
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = outer
    state.pos = found[0]
    return True


def _behind_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    if state.tokens[-1].type not in _TAKES_ATTRIBUTES or not (found := read_attributes(state.src, state.pos)):
        return False
    if not silent:
        add_attributes(_opening(state.tokens), found[1])
    state.pos = found[0]
    return True


def _opening(tokens: list[Token]) -> Token:
    """Return the token that opens what the last one ends."""
    depth = 0
    for token in reversed(tokens):
        depth += token.nesting
        if depth == 0:
            return token
    raise AssertionError("an inline is closed that was never opened")


def attributes_above_blocks(md: MarkdownIt) -> None:
    """Read a line of attributes as those of the block below it."""
    stops: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "block_attributes", _above_block, stops)
    md.core.ruler.after("block", "block_attributes", _hand_down)


def _above_block(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803 (the library's)
    line = state.src[state.bMarks[startLine] + state.tShift[startLine] : state.eMarks[startLine]].rstrip()
    if not line.startswith("{") or state.is_code_block(startLine):
        return False
    found = read_attributes(line)
    # What is followed by nothing belongs to nothing, and is text.
    if not found or found[0] < len(line) or startLine + 1 >= endLine or state.isEmpty(startLine + 1):
        return False
    if not silent:
        token = state.push("block_attributes", "", 0)
        token.map = [startLine, startLine + 1]
        token.meta[ABOVE] = found[1]
        state.line = startLine + 1
    return True


def _hand_down(state: StateCore) -> None:
    kept: list[Token] = []
    above: dict[str, str] = {}
    for token in state.tokens:
        if token.type == "block_attributes":
            above = joined(above, token.meta[ABOVE])
            continue
        if above and token.nesting >= 0:
            # Apart from `attrs`, where the library keeps what it says of the block itself.
            token.meta[ABOVE] = above
        above = {}
        kept.append(token)
    state.tokens = kept

"""Addresses as they are: `https://example.org/a` and `www.example.org` are links without brackets.

The rules are those of GFM 6.9, but for two. An address ends where Chinese, Japanese or Korean text or punctuation
begins, beside which nobody writes a space: `见https://example.org/a。`. E-mail addresses stay text.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline

# Dashes and quotation marks that Chinese shares with Latin, and all that is East Asian, with what lies beyond.
_FOREIGN = r"\u2010-\u205e\u2e80-\U0010ffff"
_BEFORE_WWW = rf"[^\s*_~(\[{_FOREIGN}]"
# In any case, which is said of the letters alone: Python would go through all signs of a set that large for it.
_BEGIN = rf"(?<![A-Za-z0-9])(?i:https?|ftp)://(?=[A-Za-z0-9])|(?<!{_BEFORE_WWW})(?i:www)\.(?=[A-Za-z0-9])"
# The same behind its first character.
_GOES_ON = (
    r"(?:(?<=[Hh])(?<![A-Za-z0-9].)[Tt]{2}[Pp][Ss]?|(?<=[Ff])(?<![A-Za-z0-9].)[Tt][Pp])://(?=[A-Za-z0-9])"
    rf"|(?<=[Ww])(?<!{_BEFORE_WWW}.)[Ww]{{2}}\.(?=[A-Za-z0-9])"
)
# Brackets in pairs: a single one belongs to a link around the address.
_PART = rf"[^\s<\[\]{_FOREIGN}]"
_ADDRESS = re.compile(rf"(?:{_BEGIN})(?P<host>[\w-]+(?:\.[\w-]+)*)(?:{_PART}|\[{_PART}*\])*", re.ASCII)
_PUNCTUATION = "?!.,:*_~'\""
_ENTITY = re.compile("&[A-Za-z0-9]+;")


def addresses(md: MarkdownIt) -> None:
    """Let text stop where an address begins, and read it; after all that adds characters at which text stops."""
    stops = md.inline.terminator_re.pattern
    # One set of characters in front: so the search runs over a text without trying each branch at each of them.
    md.inline.terminator_re = re.compile(f"{stops.removesuffix(']')}FHWfhw](?:(?<={stops})|{_GOES_ON})")
    md.inline.ruler.before("text", "address", _address)


def _address(state: StateInline, silent: bool) -> bool:
    if state.linkLevel or not (found := _ADDRESS.match(state.src, state.pos, state.posMax)):
        return False
    if "_" in "".join(found["host"].split(".")[-2:]):
        return False
    written = _without_end(found[0])
    if not silent:
        text = unescapeAll(written)
        address = text if "://" in text else f"http://{text}"
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(address)}
        opening.info = "address"
        state.push("text", "", 0).content = text
        state.push("link_close", "a", -1)
    state.pos += len(written)
    return True


def _without_end(written: str) -> str:
    """Return an address without what belongs to the sentence around it: marks, closing parentheses, an entity."""
    end = len(written)
    unopened = written.count(")") - written.count("(")
    while True:
        last = written[end - 1]
        if last == ";" and _ENTITY.fullmatch(written, start := written.rfind("&", 0, end), end):
            end = start
        elif last in _PUNCTUATION:
            end -= 1
        elif last == ")" and unopened > 0:
            unopened -= 1
            end -= 1
        else:
            return written[:end]

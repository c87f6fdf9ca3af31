"""References: `@fig-plot`, `[-@fig-plot]`, `[see @sec-a, p. 3; @sec-b]`, `@{any name}`.

`@` after Chinese text works without a space; behind a letter, a digit, `_`, `@` or `.` it is part of an address or a
name, and stays text. A name gives back the punctuation at its end.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_NAME = r"(?:(?P<name>[A-Za-z](?:[A-Za-z0-9_:.-]*[A-Za-z0-9_])?)|\{(?P<any>[^{}\n]+)\})"
_BARE = re.compile(rf"@{_NAME}")
_ITEM = re.compile(rf"(?P<prefix>(?:[^@]*[^@A-Za-z0-9_.-])?)(?P<minus>-?)@{_NAME}(?P<suffix>[^@]*)", re.DOTALL)
# In full width it also stands in what is said of one work: there no other follows it.
_BETWEEN = re.compile("[;]|；(?=[^;；]*@)")
_NO_REFERENCE_BEHIND = re.compile(r"[A-Za-z0-9_@.]")


def references(md: MarkdownIt) -> None:
    """Read references in brackets before links, which begin alike, and bare ones before text."""
    md.inline.ruler.before("link", "references", _group)
    md.inline.ruler.before("autolink", "reference", _bare)
    md.inline.add_terminator_char("@")


def _bare(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or (state.pos and _NO_REFERENCE_BEHIND.match(state.src[state.pos - 1])):
        return False
    if not (found := _BARE.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"name": found["name"] or found["any"], "written": found[0]}
    state.pos = found.end()
    return True


def _group(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = state.src.find("]", state.pos, state.posMax)
    if end < 0 or "@" not in state.src[state.pos : end] or _is_text_of_link(state, end + 1):
        return False
    items = _items(state, state.pos + 1, end)
    if not items:
        return False
    if not silent:
        token = state.push("references", "", 0)
        token.meta = {"items": items, "written": state.src[state.pos : end + 1]}
    state.pos = end + 1
    return True


def _is_text_of_link(state: StateInline, behind: int) -> bool:
    """Tell whether what stands behind brackets makes a link of them: an address, or the name of one."""
    if state.src[behind : behind + 1] == "[":
        name = state.src[behind + 1 : max(state.src.find("]", behind, state.posMax), behind)]
        return normalizeReference(name) in state.env.get("references", {})
    return state.src[behind : behind + 1] == "("


def _items(state: StateInline, start: int, end: int) -> list[dict[str, object]]:
    """Return the references between two offsets that semicolons part; none where one of the parts is no reference."""
    items = []
    for part in _BETWEEN.split(state.src[start:end]):
        found = _ITEM.fullmatch(part)
        if not found:
            return []
        items.append(
            {
                "name": found["name"] or found["any"],
                "written": part.strip(),
                "form": "number" if found["minus"] else "full",
                "offset": start + found.start("minus"),
                "prefix": _inlines(state, found["prefix"].lstrip()),
                "suffix": _inlines(state, found["suffix"].rstrip()),
                "prefix_offset": start + len(part) - len(part.lstrip()),
                "suffix_offset": start + found.start("suffix"),
            }
        )
        start += len(part) + 1
    return items


def _inlines(state: StateInline, text: str) -> list[Token]:
    return state.md.inline.parse(text, state.md, state.env, []) if text else []

"""Text that nests too deep: found, reported, and kept from those who walk the tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from octavo.diagnostics import Report, Rule
from octavo.parse.offsets import DEEP_BLOCKS, DEEP_TEXTS, OFFSETS
from octavo.parse.places import Source
from octavo.parse.syntax.listings import INFO


def check_depth(tokens: Sequence[Token], env: Mapping[str, Any], depth: int, source: Source, report: Report) -> None:
    """Report each place where blocks, or inlines in a block, nest deeper than `depth`.

    The parser has left such blocks out. Such inlines become a text as it was written.
    """
    offsets: list[int] = list(env.get(DEEP_BLOCKS, ()))
    notes = env.get("footnotes", {}).get("list", {})
    for token in tokens:
        if token.type not in ("inline", "fence") or OFFSETS not in token.meta:
            continue
        text = token.meta[INFO].caption if INFO in token.meta else token.content
        if text in env.get(DEEP_TEXTS, ()) or _depth(token.children or (), notes) > depth:
            offsets.append(token.meta[OFFSETS][0])
            token.children = [Token("text_special", "", 0, content=text, map=[0, 0])]
    for offset in offsets:
        report.add(
            Rule.NESTING_TOO_DEEP,
            source.position(offset),
            f"text is nested deeper than {depth} levels",
            "take it apart, or raise `depth` in [limits] of octavo.toml",
        )


def _depth(tokens: Sequence[Token], notes: Mapping[int, Mapping[str, Any]]) -> int:
    """Return how deep inline tokens nest, with those inside images and inside notes that are written in place."""
    level = deepest = 0
    for token in tokens:
        level += token.nesting
        inside = token.children or notes.get(token.meta.get("id", -1), {}).get("tokens")
        deepest = max(deepest, level + 1 + _depth(inside, notes) if inside else level)
    return deepest

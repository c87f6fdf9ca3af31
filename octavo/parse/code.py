"""The token of a fence, or of an indented code → its listing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from octavo.diagnostics import Position, Report, Rule
from octavo.document import CodeBlock, Inline
from octavo.parse.info import Info
from octavo.parse.syntax.listings import INFO


def caption_of(token: Token) -> str:
    """Return the caption of a fence as it was written; empty where it has none."""
    said: Info | None = token.meta.get(INFO)
    return said.caption if said else ""


def _report_unclosed(token: Token, position: Position, report: Report) -> None:
    """Tell of a fence that nothing closes: what is below it, as far as the block around it goes, is code."""
    lines = token.content.count("\n") + (token.content[-1:] not in ("", "\n"))
    if token.type == "fence" and token.map is not None and token.map[1] - token.map[0] < lines + 2:
        hint = f"write {token.markup} in a line of its own below the code"
        report.add(Rule.FENCE_UNCLOSED, position, "the fence is never closed, so that all below it is code", hint)


def listing_of(token: Token, caption: tuple[Inline, ...], position: Position, report: Report) -> CodeBlock:
    """Return a listing; what the info string of a fence says was put on the token by a rule."""
    _report_unclosed(token, position, report)
    info = unescapeAll(token.info).strip()
    said: Info | None = token.meta.get(INFO)
    if said is None:
        return CodeBlock(text=token.content, info=info, language=next(iter(info.split()), None), position=position)
    return CodeBlock(
        text=said.text,
        info=info,
        language=said.language,
        identifier=said.identifier,
        classes=said.classes,
        attributes=said.attributes,
        caption=caption,
        numbers=said.numbers,
        position=position,
    )


def with_marks(node: CodeBlock, above: dict[str, Any]) -> CodeBlock:
    """Return a listing with what stands above it beside its own, which is nearer."""
    return replace(
        node,
        identifier=node.identifier or above["identifier"],
        classes=tuple(dict.fromkeys((*above["classes"], *node.classes))),
        attributes=tuple((dict(above["attributes"]) | dict(node.attributes)).items()),
    )

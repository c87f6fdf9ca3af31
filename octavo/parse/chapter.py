"""The text of one file → its chapter, with the place of every node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from octavo.diagnostics import Position, Report, Rule
from octavo.document import Chapter, ChapterRole
from octavo.parse.blocks import BlockReader
from octavo.parse.parser import Dialect, create_parser

DEPTH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Give a chapter, and the YAML text at the head of its file, which begins in line 2."""

    chapter: Chapter
    front_matter: str | None


def parse_chapter(
    text: str,
    file: str,
    report: Report,
    *,
    role: ChapterRole = "body",
    dialect: Dialect = Dialect.OCTAVO,
    depth: int = DEPTH,
) -> Parsed:
    """Parse Markdown whose line ends are LF.

    `depth` is how far blocks and inlines may nest, at most; deeper text is reported as an error, for the parser
    would leave it out in silence.
    """
    env: dict[str, Any] = {}
    # One level more than allowed is let in, so that text which is too deep can be seen and named.
    tokens = create_parser(dialect, depth + 1).parse(text, env)
    _check_depth(tokens, depth, file, report)
    reader = BlockReader(file, text.split("\n"), env)
    children = reader.read(tokens)
    front = next((token.content for token in tokens[:1] if token.type == "front_matter"), None)
    chapter = Chapter(
        file=file,
        role=role,
        children=children + tuple(reader.inline_notes),
        position=Position(file),
    )
    return Parsed(chapter=chapter, front_matter=front)


def _check_depth(tokens: Sequence[Token], depth: int, file: str, report: Report) -> None:
    for token in tokens:
        inline = max((child.level for child in token.children or ()), default=0)
        if token.level + (token.nesting == 1) > depth or inline >= depth:
            line = token.map[0] + 1 if token.map else 1
            report.add(
                Rule.NESTING_TOO_DEEP,
                Position(file, line),
                f"text is nested deeper than {depth} levels",
                "take it apart, or raise [limits] depth",
            )
            return

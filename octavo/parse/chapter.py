"""The text of one file → its chapter, with the place of every node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from octavo.diagnostics import Position, Report
from octavo.document import Chapter, ChapterRole
from octavo.parse.blocks import BlockReader
from octavo.parse.depth import check_depth
from octavo.parse.parser import Dialect, create_parser
from octavo.parse.places import Source

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
    place: Callable[[int], Position] | None = None,
) -> Parsed:
    """Parse Markdown whose line ends are LF.

    `depth` is how far blocks may nest, and inlines in one block; deeper text is reported as an error. `place` says
    where the characters of a text stand that is only a part of its file.
    """
    env: dict[str, Any] = {}
    tokens = create_parser(dialect, depth).parse(text, env)
    source = Source(file, text, place)
    check_depth(tokens, env, depth, source, report)
    reader = BlockReader(source, env, report if dialect is Dialect.OCTAVO else Report())
    children = reader.read(tokens)
    front = next((token.content for token in tokens[:1] if token.type == "front_matter"), None)
    chapter = Chapter(
        file=file,
        role=role,
        children=children + tuple(reader.inline_notes),
        position=Position(file),
    )
    return Parsed(chapter=chapter, front_matter=front)

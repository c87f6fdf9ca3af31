"""The text of one file → its chapter, with the place of every node."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from octavo.diagnostics import Position, Report, Rule
from octavo.document import Block, Chapter, ChapterRole
from octavo.parse.blocks import BlockReader
from octavo.parse.depth import check_depth
from octavo.parse.includes import Chain, Open, nothing
from octavo.parse.parser import Dialect, create_parser
from octavo.parse.places import Source

DEPTH = 256
_BEGINS_FRONT_MATTER = re.compile(r"---[ \t]*\n[A-Za-z][\w-]*:(?:[ \t].*)?\n")


class Reading(TypedDict):
    """State what holds for every text of a book: how deep it may nest, and what opens the files that it includes."""

    depth: int
    open: Open


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Give a chapter, the YAML text at the head of its file, which begins in line 2, and the files it includes."""

    chapter: Chapter
    front_matter: str | None
    included: tuple[str, ...] = ()


def parse_chapter(
    text: str,
    file: str,
    report: Report,
    *,
    role: ChapterRole = "body",
    dialect: Dialect = Dialect.OCTAVO,
    depth: int = DEPTH,
    place: Callable[[int], Position] | None = None,
    open: Open = nothing,
) -> Parsed:
    """Parse Markdown whose line ends are LF.

    `depth` is how far blocks may nest, and inlines in one block; deeper text is reported as an error. `place` says
    where the characters of a text stand that is only a part of its file. `open` returns the text of a file that this
    one includes, whose blocks stand in the place of the include.
    """
    chain = Chain(open, report, (file,))
    children, front = _Reader(dialect, chain).read(text, file, depth, place)
    chapter = Chapter(file=file, role=role, children=children, position=Position(file))
    return Parsed(chapter=chapter, front_matter=front, included=tuple(chain.included))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Read one file after another, down the chain of those that include one another."""

    dialect: Dialect
    chain: Chain

    def read(
        self, text: str, file: str, depth: int, place: Callable[[int], Position] | None = None
    ) -> tuple[tuple[Block, ...], str | None]:
        """Return the blocks of a file and its front matter."""
        env: dict[str, Any] = {}
        tokens = create_parser(self.dialect, depth).parse(text, env)
        source = Source(file, text, place)
        check_depth(tokens, env, depth, source, self.chain.report)
        # An included file is as deep in the book as the block that names it.
        reader = BlockReader(
            source,
            env,
            lambda path, position, level: self._include(path, position, depth - level),
            self.chain.report if self.dialect is Dialect.OCTAVO else Report(),
        )
        children = reader.read(tokens)
        front = next((token.content for token in tokens[:1] if token.type == "front_matter"), None)
        if front is None and self.dialect is Dialect.OCTAVO and _BEGINS_FRONT_MATTER.match(text):
            hint = "front matter ends with a line of --- too; a rule above a text may be written ***"
            message = "“---” looks like syntax and stays text"
            self.chain.report.add(Rule.SYNTAX_LEFT_OVER, source.position(0), message, hint)
        return children + tuple(reader.inline_notes), front

    def _include(self, path: str, position: Position, depth: int) -> tuple[Block, ...]:
        entered = self.chain.enter(path, position)
        if entered is None:
            return ()
        text, chain = entered
        return _Reader(self.dialect, chain).read(text, chain.files[-1], depth)[0]

"""What draws the diagrams of a book: their source in, the name of a picture among its files out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256

from octavo.book import Files
from octavo.diagnostics import Failure, Position, Rule
from octavo.diagrams.cache import kept
from octavo.diagrams.clean import clean
from octavo.diagrams.run import Limits, NotDrawnError, run
from octavo.diagrams.tools import TOOLS, Tool


def diagram_drawer(files: Files, limits: Limits | None = None) -> Callable[[str, str, Position], str | None]:
    """Return what draws a source in a language of diagrams, and adds the picture to the files of the book.

    It returns the name of the picture, or None where nothing at hand draws that language. It raises Failure
    (diagram-failed) in the words of the program.
    """

    @cache
    def tool_for(language: str) -> Tool | None:
        return TOOLS[language]()

    def draw(language: str, source: str, position: Position) -> str | None:
        tool = tool_for(language)
        if tool is None:
            return None
        try:
            picture = clean(_drawn(tool, tool.prepared(source), limits or Limits()))
        except NotDrawnError as error:
            raise Failure(Rule.DIAGRAM_FAILED, position, f"this diagram cannot be drawn: {error}") from error
        # Named by the source, so that addresses stay when a program of a newer version draws otherwise.
        name = f"diagrams/{language}-{sha256(source.encode()).hexdigest()[:12]}.svg"
        files.add(name, picture)
        return name

    return draw


def _drawn(tool: Tool, source: str, limits: Limits) -> bytes:
    return kept((tool.version, *tool.command[1:], source), lambda: run(tool.command, source, limits))

"""The style sheets of the PDF, apart from one another, so that what WeasyPrint says of one has a place in the book."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from octavo.diagnostics import Position
from octavo.pdf.fonts import families_of
from octavo.pdf.page import page_tokens, paper_tokens
from octavo.render.edition import Edition
from octavo.render.styles import Filled, Sheet, lines_of_sheet

ROLES = ("serif", "sans", "kai", "mono")

_END = re.compile(r"[;}]")


def nowhere(line: int, column: int) -> Position | None:
    """Place nothing in the book: what stands in a sheet of ours."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSheet:
    """Hold a sheet for WeasyPrint, what it is called, and whether it is the book's `own`.

    `find` returns the place in the book of a line and a column, or None where that is ours.
    """

    text: str
    file: str | None = None
    own: bool = False
    find: Callable[[int, int], Position | None] = nowhere


def sheet_names(edition: Edition) -> tuple[str | Sheet, ...]:
    """Return the sheets that a book is printed with: the figures first, which those of the page override."""
    settings = edition.book.settings.pdf
    page = f"page-{settings.page}" if isinstance(settings.page, str) else Sheet(page_tokens(*settings.page))
    return "tokens", "book", "print", page, Sheet(paper_tokens(settings)), "pdf", "extra"


def print_sheets(edition: Edition, *names: str) -> list[PrintSheet]:
    """Return the sheets of these names, ours or the book's own."""
    filled = edition.styles.filled(*names, instead=font_stacks(edition, *names))
    return [_sheet(edition, sheet, names) for sheet in filled]


def font_stacks(edition: Edition, *names: str) -> dict[str, str]:
    """Return the families of each role, behind them those of all others.

    What no family of a role has is drawn by another of the theme then, and never by one that the system picks.
    """
    stacks = {role: edition.styles.token(role, *names) for role in ROLES}
    families = list(dict.fromkeys(family for stack in stacks.values() for family in families_of(stack)))
    return {
        role: ", ".join([stack, *(f'"{family}"' for family in families if family not in families_of(stack))])
        for role, stack in stacks.items()
    }


def _sheet(edition: Edition, filled: Filled, names: tuple[str, ...]) -> PrintSheet:
    # The book's own sheets come with other addresses in them than their author wrote.
    own = filled.file if filled.own else None
    if own is None and not edition.styles.sets_tokens:
        return PrintSheet(text=filled.text, file=filled.file)
    source = lines_of_sheet(edition.book.files.read_text(own, None) if own else filled.source)
    text = lines_of_sheet(filled.text)

    def find(line: int, column: int) -> Position | None:
        column = source_column(text[line - 1], source[line - 1], column)
        if own:
            return Position(own, line, column)
        declaration = _END.split("\n".join([source[line - 1][column - 1 :], *source[line:]]), maxsplit=1)[0]
        tokens = edition.styles.theme_tokens_in(declaration, *names)
        return edition.place_of_token(tokens[0]) if tokens else None

    return PrintSheet(text=filled.text, file=filled.file, own=filled.own, find=find)


def source_column(filled: str, source: str, column: int) -> int:
    """Return the column in a line of a sheet of what is at `column` once values and addresses are written into it."""
    for block in SequenceMatcher(None, filled, source, autojunk=False).get_matching_blocks():
        if block.a < column <= block.a + block.size:
            return column - block.a + block.b
    return min(column, len(source) + 1)

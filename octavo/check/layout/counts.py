"""What was counted on the pages of a PDF, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Counts:
    """Count lines of the text, those of its paragraphs, those that should be full, and what is wrong with any.

    A line is `full` that the next one of its paragraph follows, and `body` are the lines of paragraphs and list items.
    """

    pages: int = 0
    lines: int = 0
    body: int = 0
    full: int = 0
    short: int = 0
    gaps: int = 0
    marks: int = 0
    indents: int = 0
    headings: int = 0
    sparse: int = 0
    outside: int = 0
    numbers: int = 0
    wrong_numbers: int = 0

    def __str__(self) -> str:
        pages = "1 page" if self.pages == 1 else f"{self.pages} pages"
        share = f"{100 * self.gaps / self.body:.1f} %" if self.body else "none"
        return (
            f"{pages}, {self.lines} lines, {self.body} of them of paragraphs, {self.full} full; "
            f"{self.short} short, {self.gaps} with a gap over 0.8 em ({share}), {self.marks} with a forbidden mark at "
            f"an edge, {self.indents} first lines indented wrong; {self.headings} headings last on a page, "
            f"{self.sparse} pages of too few lines, {self.outside} pieces outside the type area; "
            f"{self.wrong_numbers} of {self.numbers} printed page numbers wrong"
        )

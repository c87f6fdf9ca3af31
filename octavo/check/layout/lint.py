"""A finished PDF and its book → what is wrong with the pages, and how much of everything there is."""

from __future__ import annotations

from pathlib import Path

from octavo.check.layout.counts import Counts
from octavo.check.layout.faces import FontRules
from octavo.check.layout.leaves import PageRules
from octavo.check.layout.lines import LineRules
from octavo.check.layout.numbers import check_numbers
from octavo.check.layout.places import place_blocks
from octavo.check.layout.read import read_drawn
from octavo.check.layout.theme import Theme
from octavo.check.layout.written import Written
from octavo.diagnostics import Position, Report, Rule
from octavo.render.edition import Edition


def check_layout(edition: Edition, path: Path, report: Report) -> None:
    """Report what is wrong with the pages of a PDF, and what was counted. Raises ValueError where it cannot be read."""
    drawn, written, counts = read_drawn(path), Written(edition.document), Counts()
    if not drawn.blocks:
        return  # without tags nobody knows what is text; that the text is missing is said elsewhere
    blocks = list(place_blocks(drawn, written))
    counts.pages = len(drawn.pages)
    theme, start = Theme.of(edition), Position(edition.document.position.file)
    rules = LineRules(drawn=drawn, written=written, theme=theme, report=report, counts=counts)
    rules.check(blocks)
    PageRules(drawn=drawn, report=report, counts=counts).check(blocks)
    check_numbers(drawn, edition.document, report, counts)
    FontRules(drawn=drawn, theme=theme, start=start, report=report).check(blocks)
    report.add(Rule.CHECK_LAYOUT, None, f"the PDF: {counts}")

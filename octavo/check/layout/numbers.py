"""The printed numbers of pages: each is that of the page that its link leads to, and that of its own page."""

from __future__ import annotations

from collections.abc import Mapping

from octavo.check.layout.counts import Counts
from octavo.check.layout.drawn import Drawn
from octavo.check.tree_places import Places
from octavo.diagnostics import Position, Report, Rule
from octavo.document import Document


def check_numbers(drawn: Drawn, document: Document, report: Report, counts: Counts) -> None:
    """Report each number of a page that is not the one that it should be, and count them."""
    places = Places.of(document)
    for number in drawn.numbers:
        counts.numbers += 1
        if number.printed != number.label:
            counts.wrong_numbers += 1
            label, printed = drawn.pages[number.page].label, number.printed
            told = f"the PDF, page {label}: page {printed} is printed for “{number.target}”, on page {number.label}"
            report.add(Rule.CHECK_PAGE_NUMBER, _place(number.target, places.links, places.identifiers), told)
    for page in drawn.pages:
        if page.folio is not None:
            counts.numbers += 1
            if page.folio != page.label:
                counts.wrong_numbers += 1
                told = f"the PDF, page {page.label}: {page.folio} is printed at its foot"
                report.add(Rule.CHECK_PAGE_NUMBER, Position(document.position.file), told)


def _place(target: str, *places: Mapping[str, Position]) -> Position | None:
    return next((found[target] for found in places if target in found), None)

"""All that a check found out, for whoever presents it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.book import Book
from octavo.check.judges.hearing import Verdict
from octavo.check.layout import Layout
from octavo.check.ledger import Entry
from octavo.diagnostics import Report
from octavo.render.edition import Edition


@dataclass(slots=True, kw_only=True)
class Account:
    """Hold the findings and what was looked at. `book` and `edition` are None where the book has not got that far."""

    report: Report
    book: Book | None = None
    edition: Edition | None = None
    outputs: Sequence[str] = ()
    ledger: Sequence[Entry] = ()
    layout: Layout | None = None
    judges: Sequence[Verdict] = ()

    @property
    def language(self) -> str:
        """Return the language of the book as far as it is known."""
        if self.edition is not None:
            return self.edition.document.metadata.language
        return (self.book.settings.book.language if self.book else None) or "en"

    @property
    def title(self) -> str:
        """Return the title of the book, or the name of its folder."""
        if self.edition is not None:
            return self.edition.document.metadata.title
        return (self.book.settings.book.title or self.book.name) if self.book else ""

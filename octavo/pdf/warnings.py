"""What WeasyPrint logs → diagnostics, at their place in the book."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from octavo.diagnostics import Position, Report, Rule
from octavo.pdf.sheets import PrintSheet

_AT = re.compile(r" at (\d+):(\d+)")
# Of a selector it tells the words alone.
_SELECTOR = re.compile(r"selector,? '(.+?)'(?=$|, )", re.DOTALL)


class Warnings(logging.Handler):
    """Report what is logged; a place in the sheet that is being read becomes one in the book."""

    def __init__(self, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._report = report
        self._sheet: PrintSheet | None = None

    @contextmanager
    def of(self, sheet: PrintSheet) -> Iterator[None]:
        """Take what is logged inside for what is said of a sheet."""
        self._sheet = sheet
        try:
            yield
        finally:
            self._sheet = None

    def emit(self, record: logging.LogRecord) -> None:
        """Report one message. A place that is none of the book's says nothing to its author, and is left out."""
        found = _AT.search(record.getMessage())
        message = f"WeasyPrint: {_AT.sub('', record.getMessage(), count=1)}"
        place, hint = self._place(found, record.getMessage()), None
        if place is None and self._sheet and self._sheet.file:
            message = f"{message} (in Octavo's own {self._sheet.file})"
            hint = "this is a fault of Octavo's, unless a sheet of the book gives it its value"
        self._report.add(Rule.LAYOUT_WARNING, place, message, hint)

    def _place(self, found: re.Match[str] | None, message: str) -> Position | None:
        if self._sheet is None:
            return None
        if found:
            return self._sheet.find(int(found[1]), int(found[2]))
        if (selector := _SELECTOR.search(message)) and (start := self._sheet.text.find(selector[1].strip())) >= 0:
            before = self._sheet.text[:start]
            return self._sheet.find(before.count("\n") + 1, start - before.rfind("\n"))
        return Position(self._sheet.file) if self._sheet.file and self._sheet.own else None


class Heard(Warnings):
    """Keep what is logged, by the sheet that is being read: who knows where that is from reports it."""

    def __init__(self) -> None:
        super().__init__(Report())
        self.said: list[tuple[int, str]] = []
        self._number = -1

    @contextmanager
    def of(self, sheet: PrintSheet) -> Iterator[None]:
        """Take what is logged inside for what is said of the next sheet."""
        self._number += 1
        yield

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.said.append((self._number, record.getMessage()))


def report_heard(said: Iterable[tuple[int, str]], sheets: Sequence[PrintSheet], report: Report) -> None:
    """Report what was kept of sheets, at its places in the book."""
    warnings = Warnings(report)
    for number, message in said:
        with warnings.of(sheets[number]):
            warnings.emit(logging.makeLogRecord({"msg": message}))

"""Included files: opened by whoever knows the book's folder, and kept from including one another without end."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from octavo.diagnostics import Failure, Position, Report, Rule

# From a path inside the book, and the place that names it, to the text; raises Failure where it cannot be had.
Open: TypeAlias = Callable[[str, Position], str]

_DEPTH = 16
_MOST = 1000  # of one chapter: a file that includes another twice, and that one a third, soon is a million


def nothing(path: str, position: Position) -> str:
    """Open no file: what a text on its own may include."""
    raise Failure(Rule.FILE_MISSING, position, f"there is no book around this text to find “{path}” in")


@dataclass(frozen=True, slots=True)
class Chain:
    """Know the files that include one another down to the one that is read.

    `included` gathers all that the chapter holds, for every link of the chain.
    """

    open: Open
    report: Report
    files: tuple[str, ...]
    included: list[str] = field(default_factory=list)

    def enter(self, path: str, position: Position) -> tuple[str, Chain] | None:
        """Return the text of a file that is named at `position` and the chain down to it; None where it was refused.

        The path is relative to the file that names it.
        """
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.files[-1]), path))
        try:
            self._check(file, position)
            text = self.open(file, position)
        except Failure as failure:
            found = failure.diagnostic
            self.report.take(replace(found, rule=_OF_INCLUDES.get(found.rule, found.rule)))
            return None
        self.included.append(file)
        return text, replace(self, files=(*self.files, file))

    def _check(self, file: str, position: Position) -> None:
        way = " → ".join((*self.files, file))
        if file in self.files:
            raise Failure(Rule.INCLUDE_CYCLE, position, f"files include one another in a circle: {way}")
        if len(self.files) > _DEPTH:
            raise Failure(Rule.INCLUDE_CYCLE, position, f"includes are nested deeper than {_DEPTH}: {way}")
        if len(self.included) >= _MOST:
            raise Failure(Rule.INCLUDE_CYCLE, position, f"a chapter includes more than {_MOST:,} files: {way}")


_OF_INCLUDES = {Rule.FILE_MISSING: Rule.INCLUDE_NOT_FOUND}

"""What a judge says: a finding of a file, and how much it weighs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias


class Severity(StrEnum):
    """Tell how much a finding weighs. A judge that says nothing of a file has not passed it: that is NO_VERDICT."""

    NO_VERDICT = "no verdict"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Name a place inside a file, as its judge knows it.

    `page` is one of the pages in it, with a line and a column that count from 1, or with the selector of an element and
    its markup; `tag` is the number of the object that is a tag of a PDF.
    """

    page: str = ""
    line: int | None = None
    column: int | None = None
    selector: str | None = None
    markup: str = ""
    tag: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.page, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what a judge has against one of the files that it was given; the message says where inside it.

    `told` is the same without the place, and `spots` are the places, as far as the judge names them.
    """

    judge: str
    severity: Severity
    file: Path
    message: str
    told: str = ""
    spots: tuple[Spot, ...] = ()

    def __str__(self) -> str:
        return f"{self.judge}: {self.severity}: {self.file.name}: {self.message}"

    @property
    def weighs(self) -> bool:
        """Tell whether the file fails by it: outloud's warnings ask a person to look, and notes are no fault."""
        if self.judge == "outloud" and self.severity is Severity.WARNING:
            return False
        return self.severity is not Severity.NOTE or self.judge == "epubcheck"


# A judge takes files (a site is given as its folder) and returns what it has against each of them. It never raises for
# what is wrong with a file or with its own installation.
Run: TypeAlias = Callable[[Sequence[Path]], list[Finding]]


def without_verdict(judge: str, files: Sequence[Path], judged: Collection[Path], why: str) -> Iterator[Finding]:
    """Yield a finding for each file that was given to a judge and that it did not get to the end of."""
    reason = " ".join(why.split())[-400:] or "the judge did not say why"
    for file in files:
        if file not in judged:
            yield Finding(judge, Severity.NO_VERDICT, file, reason)

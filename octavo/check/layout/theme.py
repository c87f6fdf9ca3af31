"""What the theme of a book asks of its lines, read from the tokens of its print sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from octavo.diagnostics import Failure
from octavo.pdf.sheets import sheet_names
from octavo.render.edition import Edition

_LENGTH = re.compile(r"([\d.]+)(em|pt)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Hold whether lines are justified, and how far first lines are indented: that of a section, and the others."""

    justified: bool
    indent: str
    next_indent: str

    @classmethod
    def of(cls, edition: Edition) -> Theme:
        """Read it from the print sheets of an edition."""
        names = sheet_names(edition)

        def token(name: str) -> str:
            try:
                return edition.styles.token(name, *names)
            except Failure:  # a sheet of the book's own that takes the place of ours need not have it
                return ""

        return cls(justified=token("align") == "justify", indent=token("indent"), next_indent=token("next-indent"))


def points(length: str, size: float) -> float | None:
    """Return a length in points, or None where it is none in em or points."""
    found = _LENGTH.fullmatch(length.strip())
    return float(found[1]) * (size if found[2] == "em" else 1) if found else None

"""What the theme of a book asks of its lines, read from the tokens of its print sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from octavo.diagnostics import Failure
from octavo.pdf.sheets import print_sheets, sheet_names
from octavo.render.edition import Edition

_FONT = re.compile(r"\bfont(?:-family)?\s*:([^;{}]*)")
_LENGTH = re.compile(r"([\d.]+)(em|pt)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Hold whether lines are justified, how far first lines are indented (that of a section, and the others), and the
    families: those that the sheets name.
    """

    justified: bool
    indent: str
    next_indent: str
    families: frozenset[str] = frozenset()

    def names(self, family: str) -> bool:
        """Tell whether a sheet names a family."""
        name = _plain(family)
        return any(named.endswith(name) for named in self.families)  # a shorthand has a size before the first

    @classmethod
    def of(cls, edition: Edition) -> Theme:
        """Read it from the print sheets of an edition."""
        names = sheet_names(edition)

        def token(name: str) -> str:
            try:
                return edition.styles.token(name, *names)
            except Failure:  # a sheet of the book's own that takes the place of ours need not have it
                return ""

        return cls(
            justified=token("align") == "justify",
            indent=token("indent"),
            next_indent=token("next-indent"),
            families=frozenset(_families([sheet.text for sheet in print_sheets(edition, *names)])),
        )


def points(length: str, size: float) -> float | None:
    """Return a length in points, or None where it is none in em or points."""
    found = _LENGTH.fullmatch(length.strip())
    return float(found[1]) * (size if found[2] == "em" else 1) if found else None


def _families(sheets: Iterable[str]) -> Iterator[str]:
    """Yield the values of fonts in sheets, part by part: each ends with the name of a family."""
    return (_plain(part) for sheet in sheets for value in _FONT.findall(sheet) for part in value.split(","))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())

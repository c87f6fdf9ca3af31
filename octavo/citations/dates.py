"""Dates in BibTeX → dates in CSL."""

from __future__ import annotations

import re

from octavo.citations.works import Variables

_DAY = r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
_DATE = re.compile(rf"{_DAY}(?:T[\d:.Z+-]+)?(?P<rough>[?~%]?)(?:\s*/\s*(?:{_DAY}|\.\.|open)?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_date(written: str) -> Variables:
    """Return a date of biblatex: ISO 8601 by the year, month or day, alone or as a range; else the words."""
    if not (found := _DATE.fullmatch(written.strip())):
        return {"literal": written}
    first = [part for part in (found[1], found[2], found[3]) if part]
    last = [part for part in (found[5], found[6], found[7]) if part]
    parts = [[int(part) for part in day] for day in (first, last) if day]
    if any(len(day) > 1 and not 1 <= day[1] <= 12 for day in parts):
        return {"literal": written}
    return {"date-parts": parts, **({"circa": True} if found["rough"] else {})}


def read_year(year: str, month: str, day: str) -> Variables:
    """Return the date of BibTeX's fields: a month is its number or begins with the three letters of its name."""
    if not re.fullmatch(r"-?\d{1,4}", year):
        return read_date(year)
    parts = [int(year)]
    number = int(month) if month.isdigit() else _month(month)
    if 1 <= number <= 12:
        parts.append(number)
        if day.isdigit():
            parts.append(int(day))
    return {"date-parts": [parts]}


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0

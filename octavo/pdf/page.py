"""The page: a profile that the styles describe, or the size that the book asks for."""

from __future__ import annotations

import re

from octavo.book import PdfSettings

# A length in points. CSS defines the others by the inch (CSS Values 4, 6.2).
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0}
_SIZE = 10.5  # the body text: the measure is a whole number of its characters
_LINE = 18.0  # and the text area a whole number of lines
_NARROWEST = 10  # characters on a line, below which nothing can be set


def page_tokens(width: str, height: str) -> str:
    """Return the tokens of a page of any size, in the proportions of the default book.

    About a quarter of the width and a fifth of the height are margin; what is left over of whole characters and whole
    lines goes to the outer and the lower margin.
    """
    wide, high = _points(width), _points(height)
    characters = max(int(wide * 0.74 / _SIZE), _NARROWEST)
    lines = max(int(high * 0.82 / _LINE), 1)
    side = wide - characters * _SIZE
    rest = high - lines * _LINE
    values = {
        "page-size": f"{width} {height}",
        "page-width": width,
        "page-height": height,
        "inner": _margin(side * 0.535),
        "outer": _margin(side * 0.465),
        "head": _margin(rest * 0.54),
        "foot": _margin(rest * 0.46),
        "panel": f"{high * 0.633:.2f}pt",
    }
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in values.items()) + " }\n"


def paper_tokens(settings: PdfSettings) -> str:
    """Return the tokens of the sheet of paper that a page is printed on, larger than the page."""
    marks = "crop cross" if settings.has_crop_marks else "none"
    sheet = "#fff" if settings.has_crop_marks else "transparent"  # WeasyPrint draws marks on a background alone
    return f":root {{ --bleed: {settings.bleed_size}; --marks: {marks}; --sheet: {sheet}; }}\n"


def _margin(points: float) -> str:
    """Return a margin, rounded down: a line that is shorter than its last character by a trifle has no room for it."""
    return f"{int(points * 100) / 100:.2f}pt"


def points(length: str) -> float | None:
    """Return a length in points, or None for one that is not of paper."""
    found = re.fullmatch(r"([\d.]+) *(mm|cm|in|pt)", length)
    return float(found[1]) * _POINTS[found[2]] if found else None


def _points(length: str) -> float:
    found = points(length)
    assert found is not None, f"{length} was checked when the configuration was read"
    return found

"""A replacement that has to find something: what spoils nothing would prove nothing."""

from __future__ import annotations

import re


def replace(text: str, pattern: str, replacement: str, count: int = 0) -> str:
    """Replace a pattern, literally by `replacement`. Raises ValueError where it is not in the text."""
    changed, times = re.subn(pattern, lambda match: replacement, text, count=count)
    if not times:
        raise ValueError(f"there is no {pattern} to spoil")
    return changed

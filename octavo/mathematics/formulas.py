"""What comes out of the setting of formulas where one is wrong; what goes in and comes out else is of the tree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Say what is wrong with a formula, in the words of the program; `place` is the offset in its TeX, where known."""

    message: str
    place: int | None = None

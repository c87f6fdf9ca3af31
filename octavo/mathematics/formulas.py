"""What goes into the setting of formulas, and what comes out where one is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """State a command of the author's own: its name without the backslash, its text, how many arguments it takes.

    `first` is what the first argument is where it is left out; None where it may not be.
    """

    name: str
    body: str
    count: int = 0
    first: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Hold a formula as it is to be set: its TeX, whether it stands by itself, the macros that it may use."""

    tex: str
    display: bool
    macros: tuple[Macro, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Say what is wrong with a formula, in the words of the program; `place` is the offset in its TeX, where known."""

    message: str
    place: int | None = None

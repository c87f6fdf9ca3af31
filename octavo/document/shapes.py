"""What is to be made of a formula for those who read it, and what was made of it."""

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
    """Hold a formula as it is to be set: its TeX, whether it stands by itself, the macros that it may use.

    `room` is how wide its drawing may be, in em: one that is wider is broken into lines, where it can be. None is
    without end.
    """

    tex: str
    display: bool
    macros: tuple[Macro, ...] = ()
    room: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Hold a formula as MathML, as a drawing in SVG, and in words.

    `drawing` is what stands inside of an `svg` element; `box` is what that shows, as left, top, width and height in
    thousandths of an em, the base line being at 0 and downwards positive. All are empty where there is nothing to see.
    `written` is what it was made of, where it stands by itself.
    """

    mathml: str = ""
    drawing: str = ""
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    spoken: str = ""
    written: Written | None = None

    @property
    def below(self) -> float:
        """Return how far it reaches below the base line, in em."""
        return (self.box[1] + self.box[3]) / 1000

    @property
    def width(self) -> float:
        """Return how wide it is, in em."""
        return self.box[2] / 1000

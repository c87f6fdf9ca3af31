"""What was made of a formula for those who read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Hold a formula as MathML, as a drawing in SVG, and in words.

    `drawing` is what stands inside of an `svg` element; `box` is what that shows, as left, top, width and height in
    thousandths of an em, the base line being at 0 and downwards positive. All are empty where there is nothing to see.
    """

    mathml: str = ""
    drawing: str = ""
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    spoken: str = ""

    @property
    def below(self) -> float:
        """Return how far it reaches below the base line, in em."""
        return (self.box[1] + self.box[3]) / 1000

    @property
    def width(self) -> float:
        """Return how wide it is, in em."""
        return self.box[2] / 1000

"""What stands around the pages of a book: what was drawn before, and what has to be drawn, in shares for processes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

from octavo.pdf.parts.fonts import united, used_of
from octavo.pdf.parts.furniture import draw_furniture, looks_like
from octavo.pdf.parts.kept import Kept
from octavo.pdf.parts.places import Placing
from octavo.pdf.parts.plain import Fragment, Glyphs, Margin
from octavo.pdf.parts.pool import alone

_EDGE = 2_000  # characters of markup, which take as long as an edge of a page
_SHARES = 8  # of what is drawn, which processes take one by one


class Margins:
    """Draw each edge once for all pages on which it looks the same."""

    def __init__(self, frame: str, kept: Kept) -> None:
        """Take the markup of the book without anything in it."""
        self._frame = frame
        self._kept = kept
        self._fragments, self._fonts = kept.margins(frame)

    def of(
        self, placing: Placing, executor_for: Callable[[int], Executor]
    ) -> tuple[list[list[Fragment]], list[Glyphs]]:
        """Return for each page what is drawn around its text, and the fonts of that."""
        self.draw(placing, executor_for)
        by_page = [
            [self._fragments[looks_like(page, margin)] for margin in margins] for page, margins in placing.margins()
        ]
        return by_page, used_of(self._fonts, (fragment.glyphs for fragments in by_page for fragment in fragments))

    def draw(self, placing: Placing, executor_for: Callable[[int], Executor]) -> None:
        """Draw what is not there yet; pages may get other numbers afterwards, and others still come between them."""
        looks = {looks_like(page, margin): margin for page, margins in placing.margins() for margin in margins}
        if lacking := {look: margin for look, margin in looks.items() if look not in self._fragments}:
            self._draw(lacking, executor_for(len(lacking) * _EDGE))
            self._kept.keep_margins(self._frame, self._fragments, self._fonts)

    def _draw(self, lacking: dict[tuple[object, ...], Margin], executor: Executor) -> None:
        keys = list(lacking)
        share = -(-len(keys) // _SHARES)
        shares = [keys[at : at + share] for at in range(0, len(keys), share)]
        draw = partial(alone, draw_furniture, self._frame, self._kept.sheets)
        drawn = executor.map(draw, [tuple(lacking[key] for key in each) for each in shares])
        for each, furniture in zip(shares, drawn, strict=True):
            self._fragments.update(zip(each, furniture.fragments, strict=True))
            self._fonts = united([*self._fonts, *furniture.fonts])

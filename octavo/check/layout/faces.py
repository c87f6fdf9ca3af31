"""The fonts of a PDF are those of the theme, embedded and subset, and what is drawn of them is in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from octavo.check.layout.drawn import Drawn, Font, Use
from octavo.check.layout.places import PlacedBlock
from octavo.check.layout.theme import Theme
from octavo.diagnostics import Position, Report, Rule

_SHOWN = 8  # characters of a font that crept in


@dataclass(frozen=True, slots=True, kw_only=True)
class FontRules:
    """Hold the fonts of a PDF against its theme; `start` is the place of what no text stands before."""

    drawn: Drawn
    theme: Theme
    start: Position
    report: Report

    def check(self, blocks: Sequence[PlacedBlock]) -> None:
        """Report the fonts that are not as they should be, at their first use."""
        places = {placed.block: placed for placed in blocks}
        for font in self.drawn.fonts:
            if not font.uses:
                continue
            first = next(iter(font.uses.values()))
            if not self.theme.names(font.family):
                texts = "".join(dict.fromkeys(use.text for use in font.uses.values()))[:_SHOWN]
                told = f"“{texts}” is drawn with “{font.family}”, which is no font of the theme"
                self._say(Rule.CHECK_FONT, first, places, told, "name a font in the theme that has it")
            if font.data is None or not font.is_subset:
                told = f"the font “{font.family}” is not {'embedded' if font.data is None else 'subset'}"
                self._say(Rule.CHECK_FONT, first, places, told)
            for use, why in missing_glyphs(font):
                name = f"“{use.text}” (U+{ord(use.text[0]):04X})" if use.text else "a character"
                told = f"{name} is printed as {why} of “{font.family}”"
                self._say(Rule.CHECK_GLYPH, use, places, told, "name a font in the theme that has it")

    def _say(self, rule: Rule, use: Use, places: dict[Any, PlacedBlock], what: str, hint: str | None = None) -> None:
        placed = places.get(use.block)
        lines = [line for line in placed.lines if line.line.page == use.page] if placed else []
        telling = [line for line in lines if use.text and use.text in line.line.text]
        # What stands in no block, such as a picture, is told where the text before it is.
        before = [line for other in places.values() for line in other.lines if line.line.page <= use.page][-1:]
        position = next((line.position for line in (*telling, *lines, *before)), self.start)
        self.report.add(rule, position, f"the PDF, page {self.drawn.pages[use.page].label}: {what}", hint)


def missing_glyphs(font: Font) -> Iterator[tuple[Use, str]]:
    """Yield the first use of each glyph that is drawn and is not in the file of the font, and what is seen instead."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 (only a check wants it)

    try:
        file = TTFont(BytesIO(font.data or b""), lazy=True)
        names, glyphs = file.getGlyphOrder(), file.getGlyphSet()
    except (TTLibError, KeyError):
        return  # no font that this library reads, such as one that a picture brought along
    for number, use in font.uses.items():
        if number == 0 or number >= len(names):
            yield use, "the sign for a missing character"
        elif "\ufffd" in use.text:
            yield use, "the replacement character"
        elif _is_seen(use.text) and not _has_outline(glyphs[names[number]], file):
            yield use, "nothing"


def _is_seen(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def _has_outline(glyph: Any, file: Collection[str]) -> bool:
    from fontTools.pens.recordingPen import RecordingPen  # noqa: PLC0415

    if any(table in file for table in ("CBDT", "SVG ", "COLR", "sbix")):
        return True  # pictures of glyphs
    pen = RecordingPen()
    glyph.draw(pen)
    return bool(pen.value)

"""The font of formulas in HTML and EPUB: of STIX Two Math what a book needs.

Without a font that knows how mathematics are set, a browser draws small brackets and sums; most systems have none.
"""

from __future__ import annotations

from io import BytesIO

from octavo.engine import missing, path_of

_LIBRARY = "@fontsource/stix-two-math"
_FILE = "files/stix-two-math-latin-400-normal.woff2"
# Script and dotless forms of letters, which MathML asks for.
_FEATURES = ["ssty", "dtls", "flac", "ccmp", "mark", "mkmk"]
# Copyright, family, version, licence and its address.
_NAMES = [0, 1, 5, 13, 14]


def math_font(characters: str) -> bytes | None:
    """Return a font as WOFF2 with these characters and all sizes of them, or None where it was not fetched."""
    if missing([_LIBRARY]):
        return None
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 (a tenth of a second)
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(BytesIO(path_of(_LIBRARY, _FILE).read_bytes()), lazy=True, recalcTimestamp=False)
    options = Options(layout_features=_FEATURES, name_IDs=_NAMES, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()

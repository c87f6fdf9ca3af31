"""Which format uses which design token: found in the rules of its sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from octavo.render.layers import DEFAULT, shipped_layers
from octavo.render.styles import Styles

# The sheets of each format; those of the PDF are the same for its three pages, but for the values.
SHEETS: Mapping[str, Sequence[str]] = {
    "site": ("tokens", "book", "formulas", "site", "extra"),
    "PDF": ("tokens", "book", "print", "page-book", "pdf", "extra"),
    "EPUB": ("tokens", "book", "formulas", "epub", "extra"),
}
# Of the site too, in a file of its own.
DARK = ("dark",)
# The cover that is drawn is no sheet.
ON_COVER = ("accent", "on-accent")
_LANGUAGES = ("en", "zh-CN", "zh-TW", "zh-HK", "ja", "ko")


def token_formats(theme: str = DEFAULT) -> dict[str, list[str]]:
    """Return for each token the formats that use it, or a token that is made of it, in any language."""
    every = [Styles(language, {}, shipped_layers("styles", theme)) for language in _LANGUAGES]
    uses = {
        name: {token for styles in every for token in styles.used_tokens(*sheets)} for name, sheets in SHEETS.items()
    }
    uses["site"] |= {token for styles in every for token in styles.used_tokens(*DARK)}
    declared = {
        token for styles in every for sheets in (*SHEETS.values(), DARK) for token in styles.declared_tokens(*sheets)
    }
    found = {token: [name for name, used in uses.items() if token in used] for token in sorted(declared)}
    for token in ON_COVER:
        if "EPUB" not in found[token]:
            found[token].append("EPUB (cover)")
    return found

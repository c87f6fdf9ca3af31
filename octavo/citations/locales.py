"""The locales of CSL: the words that styles print, by language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent / "carried" / "locales"
LATIN = "en-US"
_USUAL = {"en": "en-US", "pt": "pt-PT", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
_TRADITIONAL = frozenset({"tw", "hk", "mo", "hant"})


@cache
def locale_of(language: str) -> str:
    """Return the locale nearest to a BCP 47 tag: the same one, one of the same language, or that of English."""
    parts = language.lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        return "zh-TW" if _TRADITIONAL & {*parts[1:]} else "zh-CN"
    known = sorted(path.stem.removeprefix("locales-") for path in LOCALES.glob("locales-*.xml"))
    exact = [name for name in known if name.lower() == "-".join(parts[:2])]
    same = [name for name in known if name.partition("-")[0] == parts[0]]
    return next(iter(exact), None) or _USUAL.get(parts[0]) or next(iter(same), LATIN)


def locale_text(name: str) -> str:
    """Return the words of a locale, as XML."""
    return (LOCALES / f"locales-{name}.xml").read_text("utf-8")

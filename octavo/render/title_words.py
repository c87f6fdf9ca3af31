"""The words of a title page: the title as it may be cut, the date as it is written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.core import Locale


def title_parts(title: str) -> list[str]:
    """Cut a title behind each colon, where a line may end; a space there stays with the first part."""
    parts = title.replace("：", "：\0").replace(": ", ": \0").split("\0")
    return [part for part in parts if part]


def written_date(iso: str, language: str) -> str:
    """Return an ISO 8601 date as one writes it in a language (CLDR)."""
    from babel.dates import format_date  # noqa: PLC0415 (its data are large)

    return format_date(date.fromisoformat(iso), format="long", locale=locale_of(language))


def locale_of(language: str) -> Locale:
    """Return how dates and numbers are written in a language, or as in English where CLDR does not know it."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 (its data are large)

    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")

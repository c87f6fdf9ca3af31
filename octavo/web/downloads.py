"""The other formats of the same build, offered on the first page of the site.

They are copied into the site: so its links to them hold where it is built, and wherever it is copied to.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.render.edition import Edition
from octavo.render.title_words import locale_of

_FORMATS = {".pdf": ("PDF", "application/pdf"), ".epub": ("EPUB", "application/epub+zip")}
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """Offer a file: the name of its format, its address, its media type and its size in words."""

    name: str
    href: str
    type: str
    size: str


def put_downloads(edition: Edition, files: Sequence[Path], site: Path) -> list[Download]:
    """Copy finished outputs into the folder of a site, and return what its first page offers."""
    found = []
    for path in files:
        name, media_type = _FORMATS[path.suffix]
        shutil.copyfile(path, site / path.name)
        size = written_size(path.stat().st_size, edition.document.metadata.language)
        found.append(Download(name=name, href=path.name, type=media_type, size=size))
    return found


def written_size(count: int, language: str) -> str:
    """Return a number of bytes as one writes it in a language (CLDR)."""
    from babel.units import format_unit  # noqa: PLC0415 (its data are large)

    locale = locale_of(language)
    if count < _MEGABYTE:
        return format_unit(max(1, round(count / 1000)), "digital-kilobyte", "short", locale=locale)
    return format_unit(round(count / _MEGABYTE, 1), "digital-megabyte", "short", locale=locale)

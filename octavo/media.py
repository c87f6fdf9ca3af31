"""The kinds of pictures and fonts that a book may hold."""

from __future__ import annotations

from pathlib import PurePosixPath

# The core media types of EPUB 3.3 for images, which browsers and WeasyPrint read too.
PICTURES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}

# And those for fonts.
FONTS = {
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


def media_type(file: str) -> str | None:
    """Return the media type of a picture by its name's ending, or None where it is none."""
    return PICTURES.get(PurePosixPath(file).suffix.lower())


def font_type(file: str) -> str | None:
    """Return the media type of a font by its name's ending, or None where it is none."""
    return FONTS.get(PurePosixPath(file).suffix.lower())

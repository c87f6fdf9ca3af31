"""The path of a request → the file of the site that answers it, and its type."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from octavo.media import FONTS, PICTURES
from octavo.publish import MARK

# Those that a browser insists on; what a system says of them differs.
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain",
    **PICTURES,
    **FONTS,
}
_TEXT = ("text/", "application/json", "application/xml", "image/svg+xml")


def path_of(target: str) -> tuple[str, ...] | None:
    """Return the names in the target of a request, the last one empty for a folder; None where one is not admitted."""
    try:
        path = unquote(urlsplit(target).path, errors="strict")
    except ValueError:
        return None
    names = tuple(path.removeprefix("/").split("/"))
    wrong = any(name.startswith(".") or "\\" in name or "\0" in name or ":" in name for name in names)
    return None if wrong or not path.startswith("/") or "" in names[:-1] else names


def find(site: Path, names: tuple[str, ...]) -> Path | None:
    """Return the file or the folder of a site that was asked for; None where there is none, or it lies elsewhere."""
    if not (site / MARK).is_file():
        return None  # not built yet, or another's
    root = Path(os.path.realpath(site))
    path = Path(os.path.realpath(root.joinpath(*names[:-1], names[-1] or "index.html")))
    return path if path.is_relative_to(root) and path.exists() else None


def type_of(path: Path) -> str:
    """Return the media type of a file, with the encoding of texts."""
    found = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith(_TEXT) else found

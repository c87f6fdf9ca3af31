"""A picture of the book → the address of a small one, in the page itself."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from octavo.check.ledger import Entry
from octavo.diagnostics import Failure
from octavo.epub.cover import cover_picture
from octavo.media import media_type
from octavo.render.edition import Edition

_WIDTH, _HEIGHT = 320, 240
_AS_IT_IS = 40_000  # bytes: smaller ones are shown as they are


def thumbnail(entry: Entry, edition: Edition) -> str | None:
    """Return an address that holds the picture, made small where it is large; None where there is none to show."""
    if entry.kind == "formula":
        return None
    if entry.kind == "cover":
        cover = cover_picture(edition, lambda *drawing: None)  # a browser shows a drawing
        return _address(cover.content, cover.media_type)
    try:
        data = edition.book.files.read_bytes(entry.file, None) if entry.file else None
    except Failure:
        return None
    kind = media_type(entry.file or "")
    return _address(data, kind) if data is not None and kind else None


def _address(data: bytes, kind: str) -> str:
    if kind != "image/svg+xml" and len(data) > _AS_IT_IS:
        data, kind = _small(data, kind)
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"


def _small(data: bytes, kind: str) -> tuple[bytes, str]:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (many books have no pictures)

    try:
        with Image.open(BytesIO(data)) as image:
            image.thumbnail((_WIDTH, _HEIGHT))
            written = BytesIO()
            image.convert("RGBA").save(written, "WEBP", quality=80)
            return written.getvalue(), "image/webp"
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return data, kind

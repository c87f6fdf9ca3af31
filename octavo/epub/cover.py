"""The picture of the cover: the book's own, or one that is drawn from its title."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from markupsafe import Markup

from octavo.epub.package import File
from octavo.epub.sizes import fitting
from octavo.media import media_type
from octavo.render.edition import Edition
from octavo.render.target import Format
from octavo.render.title_words import title_parts

Draw: TypeAlias = Callable[[str, int, int], bytes | None]

_PIXELS = 1600, 2400  # Apple wants 1,400 at least across, Amazon some 1,600 by 2,560
_SIZE = 130
_WIDTH = 1240 / _SIZE  # of a line of the title, in em


def cover_picture(edition: Edition, draw: Draw) -> File:
    """Return the picture of the cover; `draw` makes pixels of a drawing, where the machine can.

    Kindles and most shops take no drawing for a cover.
    """
    own = edition.book.settings.book.cover
    if own:
        name, content = "cover" + Path(own).suffix.lower(), fitting(edition.book.files.read_bytes(own, None), own)
    else:
        drawing = _drawn(edition)
        pixels = draw(drawing, *_PIXELS)
        name, content = ("cover.svg", drawing.encode()) if pixels is None else ("cover.jpg", pixels)
    return File(name=name, media_type=media_type(name) or "image/png", content=content, properties=("cover-image",))


def _drawn(edition: Edition) -> Markup:
    lines = [line for part in title_parts(edition.document.metadata.title) for line in _wrapped(part)]
    colours = {"accent": edition.styles.token("accent"), "on_accent": edition.styles.token("on-accent")}
    return edition.render("epub/cover.svg", Format.EPUB, lines=lines, size=_SIZE, **colours)


def _wrapped(text: str) -> list[str]:
    """Cut a title into lines: a Han character is one wide, a Latin one a half."""
    lines, line, used = [], "", 0.0
    for word in _words(text):
        size = sum(0.55 if ord(character) < 0x2E80 else 1 for character in word)
        if line and used + size - 0.55 * word.endswith(" ") > _WIDTH:
            lines.append(line.strip())
            line, used = "", 0.0
        line += word
        used += size
    return [*lines, line.strip()]


def _words(text: str) -> list[str]:
    """Split where a line may end: behind a space and beside a Han character."""
    words = [""]
    for character in text:
        if ord(character) >= 0x2E80 or (words[-1] and (words[-1][-1] == " " or ord(words[-1][-1]) >= 0x2E80)):
            words.append("")
        words[-1] += character
    return [word for word in words if word]

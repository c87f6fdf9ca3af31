"""Pictures that a book names: looked for inside its folder, and looked into before any format uses them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote
from xml.etree import ElementTree

from octavo.book import Files
from octavo.diagnostics import Failure, Position, Report, Rule
from octavo.media import PICTURES, media_type

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ACTIVE = {"script", "foreignObject", "iframe", "object", "embed", "handler", "listener"}


def picture_finder(files: Files, pixels: int, report: Report) -> Callable[[str, Position], str | None]:
    """Return what finds an image by its source as written in a file: its path in the book, or None.

    Whatever speaks against it is reported: it is elsewhere, not there, not what its name says, larger than `pixels`.
    """

    sound: set[str] = set()  # a picture may stand in many places, and is looked into once

    def find(source: str, position: Position) -> str | None:
        if files.is_added(source):
            path = source
        elif _SCHEME.match(source):
            report.add(
                Rule.IMAGE_REMOTE,
                position,
                f"the image “{source[:80]}” is not in the book's folder and is left out",
                "save it beside the text and name the file",
            )
            return None
        else:
            path = _path_of(source, position)
        if path in sound:
            return path
        try:
            _look_into(path, files.read_bytes(path, position), pixels, position)
        except Failure as failure:
            found = failure.diagnostic
            rule = Rule.IMAGE_NOT_FOUND if found.rule is Rule.FILE_MISSING else found.rule
            report.add(rule, position, found.message, found.hint)
            return None
        sound.add(path)
        return path

    return find


def _path_of(source: str, position: Position) -> str:
    folder = posixpath.dirname(position.file)
    return posixpath.normpath(posixpath.join(folder, unquote(source.partition("#")[0].partition("?")[0])))


def _look_into(path: str, data: bytes, pixels: int, position: Position) -> None:
    kind = media_type(path)
    if kind is None:
        known = ", ".join(ending.removeprefix(".") for ending in PICTURES)
        raise Failure(Rule.IMAGE_UNUSABLE, position, f"“{path}” is no picture that a book can hold", f"use {known}")
    if kind == "image/svg+xml":
        _look_into_drawing(path, data, position)
    else:
        _look_into_raster(path, data, kind, pixels, position)


def _look_into_drawing(path: str, data: bytes, position: Position) -> None:
    """Refuse a drawing that is no SVG, that runs a program, or that asks for another file."""
    if b"<!ENTITY" in data:
        raise Failure(Rule.IMAGE_UNUSABLE, position, f"“{path}” defines entities, which no reader of books admits")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise Failure(Rule.IMAGE_UNUSABLE, position, f"“{path}” is no SVG: {error}") from error
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        outside = [value for name, value in element.attrib.items() if _asks(name, value)]
        if tag in _ACTIVE or any(name.startswith("on") for name in element.attrib) or outside:
            what = f"the address {outside[0][:60]}" if outside else f"<{tag}>"
            raise Failure(Rule.IMAGE_UNUSABLE, position, f"“{path}” holds {what}, which a picture in a book may not")


def _asks(name: str, value: str) -> bool:
    is_address = name.rpartition("}")[2] in ("href", "src")
    return is_address and not value.startswith(("#", "data:image/"))


def _look_into_raster(path: str, data: bytes, kind: str, pixels: int, position: Position) -> None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (many books have no pictures)

    try:
        with Image.open(BytesIO(data)) as image:
            size, found = image.size, Image.MIME.get(image.format or "")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Failure(Rule.IMAGE_UNUSABLE, position, f"“{path}” cannot be read as a picture") from error
    if found != kind:
        raise Failure(Rule.IMAGE_UNUSABLE, position, f"“{path}” is {found}, though its name says {kind}")
    if size[0] * size[1] > pixels:
        raise Failure(
            Rule.IMAGE_UNUSABLE,
            position,
            f"“{path}” has {size[0]} × {size[1]} pixels; the limit is {pixels:,}",
            "make it smaller, or raise `pixels` in [limits] of octavo.toml",
        )

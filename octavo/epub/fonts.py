"""The fonts of the theme as files of the EPUB: of each face what the book uses, in a form that all readers take.

That is OpenType as it is, without axes: Kindles and the readers built on Adobe's know neither WOFF2 nor variable fonts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from octavo.book import slug_of
from octavo.diagnostics import Position, Report, Rule
from octavo.epub.faces import Face
from octavo.epub.package import File

# Copyright, family, style, full and PostScript name, licence and its address.
_NAMES = [0, 1, 2, 4, 5, 6, 13, 14]
_FORBIDS = 0x0002 | 0x0100 | 0x0200  # to embed it, to embed a part of it, to embed outlines (OpenType, OS/2.fsType)
_RULE = '@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; src: url("{address}"); }}\n'


class FaceFile(Protocol):
    """Name a file and which of the fonts in it; `weight` is where on its axis a face stands that has no file."""

    @property
    def path(self) -> Path:
        """Return the file."""

    @property
    def number(self) -> int:
        """Return which font of a collection it is, from 0."""

    @property
    def weight(self) -> int:
        """Return the weight, from 1 to 1000."""


Find: TypeAlias = Callable[[str, bool, bool], FaceFile | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFonts:
    """Hold the rules that give each role its families, and what finds a face and the characters of a family."""

    stacks: str
    find: Find
    characters: Callable[[str], frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFonts:
    """Hold the files, and the rules that name them."""

    files: tuple[File, ...]
    sheet: str


def embed_fonts(faces: Mapping[Face, set[str]], find: Find, position: Position, report: Report) -> EmbeddedFonts:
    """Return the fonts with these characters, and report how large they are and which of them may not be put in."""
    wanted: dict[tuple[Face, Any], set[str]] = {}
    for face, characters in faces.items():
        if file := find(face.family, face.bold, face.italic):
            # Families of Han have no italics: their upright faces stand for these too.
            slanted = face.italic and file != find(face.family, face.bold, False)
            own = Face(family=face.family, bold=face.bold, italic=slanted)
            wanted.setdefault((own, file), set()).update(characters)
    files, rules, forbidden = [], [], []
    for (face, file), characters in sorted(wanted.items(), key=lambda item: _name(item[0][0])):
        data = subset(file, "".join(sorted(characters)))
        if data is None:
            forbidden.append(face.family)
            continue
        media_type, ending = ("font/otf", "otf") if data.startswith(b"OTTO") else ("font/ttf", "ttf")
        name = f"fonts/{_name(face)}.{ending}"
        files.append(File(name=name, media_type=media_type, content=data))
        weight, style = "bold" if face.bold else "normal", "italic" if face.italic else "normal"
        rules.append(_RULE.format(family=face.family, weight=weight, style=style, address=name))
    size = sum(len(file.content) for file in files)
    message = f"{len(files)} fonts are in the EPUB, {size // 1000:,} kB"
    report.add(Rule.FONTS_EMBEDDED, position, message, _hint(forbidden))
    return EmbeddedFonts(files=tuple(files), sheet="".join(rules))


def _name(face: Face) -> str:
    return slug_of(f"{face.family}{' bold' if face.bold else ''}{' italic' if face.italic else ''}")


def _hint(forbidden: list[str]) -> str | None:
    if not forbidden:
        return None
    return f"their licences forbid it of {', '.join(dict.fromkeys(forbidden))}: name another font in the theme"


def subset(file: FaceFile, characters: str) -> bytes | None:
    """Return a font with these characters alone, or None where its licence does not let a book hold it."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 (a tenth of a second)
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    out = BytesIO()
    # The time of the build would be written into it.
    with TTFont(file.path, fontNumber=file.number, lazy=True, recalcTimestamp=False) as font:
        if font["OS/2"].fsType & _FORBIDS:
            return None
        subsetter = Subsetter(Options(name_IDs=_NAMES, hinting=False, notdef_outline=True))
        subsetter.populate(text=characters)
        subsetter.subset(font)
        if "fvar" in font:
            axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
            instantiateVariableFont(font, {**axes, "wght": file.weight}, inplace=True)
        font.save(out)
    return out.getvalue()

"""Fonts, found and checked before anything is laid out.

The Latin families come with the installation, as packages; the Chinese ones are those of the system.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from octavo.diagnostics import Position, Report, Rule

# family → weight axis and styles: each file is named once, for WeasyPrint mixes the glyphs of two that share a name.
PACKAGED = ("Source Serif 4", "Source Sans 3", "JetBrains Mono")

_DEBIAN = {"Noto": "fonts-noto-cjk", "LXGW": "fonts-lxgw-wenkai"}
# Characters that are no marks on paper: no font need have them.
UNPRINTED = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """Name a family, its files by style, and the characters that it has."""

    family: str
    files: Mapping[str, Path]
    characters: frozenset[int]


def packaged_files(family: str) -> dict[str, Path]:
    """Return the files of a family that came as a package, by style; empty where it is not installed."""
    import fontpkg  # noqa: PLC0415 (reads the metadata of every installed package)

    try:
        return {file.style: Path(file.path) for file in fontpkg.family(family).files}
    except fontpkg.FontpkgError:
        return {}


def font_faces(families: Iterable[str]) -> tuple[str, dict[str, Path]]:
    """Return @font-face rules for the packaged ones among `families`, and the file of each address in them."""
    rules: list[str] = []
    addresses: dict[str, Path] = {}
    for family in families:
        for style, path in sorted(packaged_files(family).items()) if family in PACKAGED else ():
            address = f"octavo:/fonts/{family.replace(' ', '-')}-{style}.ttf"
            addresses[address] = path
            rules.append(f'@font-face {{ font-family: "{family}"; font-style: {style}; src: url("{address}"); }}')
    return "\n".join(rules), addresses


def families_of(stack: str) -> list[str]:
    """Return the families that a font-family value names."""
    return [name.strip().strip("\"'") for name in stack.split(",") if name.strip()]


def check_families(families: Iterable[str], report: Report) -> None:
    """Report each family that this machine lacks, with the package that has it."""
    families = tuple(families)
    with ThreadPoolExecutor() as executor:  # each is asked of a program of its own
        found = tuple(executor.map(characters_of, families))
    for family, characters in zip(families, found, strict=True):
        if not characters:
            package = next((name for prefix, name in _DEBIAN.items() if family.startswith(prefix)), None)
            report.add(
                Rule.FONT_MISSING,
                None,
                f"the font “{family}” is not installed",
                f"on Debian and Ubuntu: apt-get install {package}" if package else f"install “{family}”",
            )


def check_characters(texts: Iterable[tuple[str, Position | None]], known: Set[int], report: Report) -> None:
    """Report each character that is not among those that the fonts have, once, at its first place."""
    seen: set[str] = set()
    fine = signs_of(frozenset(known))
    for text, position in texts:
        if fine.issuperset(text):  # as nearly all are
            continue
        for index, character in enumerate(text):
            if ord(character) in known or character in seen or UNPRINTED.match(character):
                continue
            seen.add(character)
            report.add(
                Rule.GLYPH_MISSING,
                position and Position(position.file, position.line, position.column + index),
                f"no font of the theme has “{character}” (U+{ord(character):04X})",
                "write it otherwise, or name a font that has it in the theme",
            )


@lru_cache(maxsize=2)
def signs_of(codes: frozenset[int]) -> frozenset[str]:
    """Return code points as characters: those of fonts for Han are some ten thousands, and the same in each build."""
    return frozenset(map(chr, codes))


@cache
def characters_of(family: str) -> frozenset[int]:
    """Return the code points of a family; empty where it is not installed."""
    if family in PACKAGED and (files := packaged_files(family)):
        return _ranges(_run("fc-query", "--format=%{charset} ", str(next(iter(files.values())))))
    answer = _run("fc-match", "--format=%{family}\n%{charset}", family)
    names, _, charset = answer.partition("\n")
    # fontconfig always answers with some font: it counts only where the name is the one that was asked for.
    return _ranges(charset) if family.casefold() in names.casefold().split(",") else frozenset()


def _ranges(text: str) -> frozenset[int]:
    result: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        result.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(result)


def _run(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return ""

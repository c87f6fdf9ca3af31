"""What this machine lacks for a whole build, and the line that mends it."""

from __future__ import annotations

import sys
from ctypes.util import find_library
from dataclasses import dataclass

from octavo.pdf.fonts import PACKAGED, characters_of

_LIBRARIES = (
    ("pango-1.0", "libpango-1.0-0", "Pango, which sets the lines of the PDF"),
    ("pangoft2-1.0", "libpangoft2-1.0-0", "Pango for FreeType"),
    ("harfbuzz-subset", "libharfbuzz-subset0", "HarfBuzz, which subsets the fonts of the PDF"),
)
_FONTS = (
    ("Noto Serif CJK SC", "fonts-noto-cjk"),
    ("Noto Sans CJK SC", "fonts-noto-cjk"),
    ("Noto Sans Mono CJK SC", "fonts-noto-cjk"),
    ("LXGW WenKai", "fonts-lxgw-wenkai"),
)
_HOMEBREW = {
    "libpango-1.0-0": "pango",
    "libpangoft2-1.0-0": "pango",
    "libharfbuzz-subset0": "harfbuzz",
    "fonts-noto-cjk": "font-noto-serif-cjk-sc font-noto-sans-cjk-sc",
    "fonts-lxgw-wenkai": "font-lxgw-wenkai",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Say of one thing whether it is there, and how it gets there."""

    name: str
    good: bool
    mend: str

    def __str__(self) -> str:
        return f"{'✓' if self.good else '✗'} {self.name}" + ("" if self.good else f"\n    {self.mend}")


def examine() -> list[Finding]:
    """Return what was found: Python, the native libraries, the fonts."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    enough = sys.version_info >= (3, 11)
    findings = [Finding(name=f"Python {version}", good=enough, mend="install Python 3.11 or newer")]
    for library, package, words in _LIBRARIES:
        findings.append(Finding(name=words, good=bool(find_library(library)), mend=_line(package)))
    for family, package in _FONTS:
        findings.append(Finding(name=family, good=bool(characters_of(family)), mend=_line(package)))
    for family in PACKAGED:
        mend = f"pip install fontpkg-{family.lower().replace(' ', '-')}"
        findings.append(Finding(name=family, good=bool(characters_of(family)), mend=mend))
    return findings


def _line(package: str) -> str:
    if sys.platform == "darwin":
        return f"with Homebrew: brew install {_HOMEBREW[package]}"
    return f"on Debian and Ubuntu: apt-get install {package}"

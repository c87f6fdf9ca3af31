"""What this machine lacks for a whole build, and the line that mends it."""

from __future__ import annotations

import sys
from ctypes.util import find_library
from dataclasses import dataclass

from octavo.check.judges.installed import NAMES, missing, remedy
from octavo.engine import MEND, is_here, stated
from octavo.pdf.fonts import PACKAGED, characters_of
from octavo.pdf.libraries import LIBRARIES, install_line

_FONTS = (
    ("Noto Serif CJK SC", "fonts-noto-cjk", "font-noto-serif-cjk-sc"),
    ("Noto Sans CJK SC", "fonts-noto-cjk", "font-noto-sans-cjk-sc"),
    ("Noto Sans Mono CJK SC", "fonts-noto-cjk", "font-noto-sans-mono-cjk-sc"),
    ("LXGW WenKai", "fonts-lxgw-wenkai", "font-lxgw-wenkai"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Say of one thing whether it is there, how it gets there, and whether a build does without it."""

    name: str
    good: bool
    mend: str
    needed: bool = True

    @property
    def fails(self) -> bool:
        """Tell whether a build would lack it."""
        return self.needed and not self.good

    def __str__(self) -> str:
        sign = "✓" if self.good else "✗" if self.needed else "–"
        return f"{sign} {self.name}" + ("" if self.good else f"\n    {self.mend}")


def examine() -> list[Finding]:
    """Return what was found: Python, the native libraries, the fonts, the libraries in JavaScript, the judges."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    enough = sys.version_info >= (3, 11)
    findings = [Finding(name=f"Python {version}", good=enough, mend="install Python 3.11 or newer")]
    for library in LIBRARIES:
        findings.append(Finding(name=library.purpose, good=bool(find_library(library.name)), mend=library.cure))
    for family, *packages in _FONTS:
        findings.append(Finding(name=family, good=bool(characters_of(family)), mend=install_line(*packages)))
    for family in PACKAGED:
        mend = f"pip install fontpkg-{family.lower().replace(' ', '-')}"
        findings.append(Finding(name=family, good=bool(characters_of(family)), mend=mend))
    for program in stated():
        name = f"{program.name} {program.version}: {program.purpose}"
        findings.append(Finding(name=name, good=is_here(program.name), mend=MEND))
    for key, judge in NAMES.items():
        name = f"{judge}, which octavo check --judges asks"
        findings.append(Finding(name=name, good=not missing(key), mend=remedy(key), needed=False))
    return findings

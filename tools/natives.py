"""The libraries and fonts that pip cannot bring: what is missing, and the line that installs it.

In: nothing but the machine. Out: on Debian and Ubuntu the packages, installed by apt-get where we may; elsewhere the
exact line for the reader to run. Standard library only: this runs before the virtual environment exists.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """Name one thing the PDF is made with, how to see it, and its package for each package manager."""

    name: str
    is_library: bool
    names: tuple[str, ...]  # of the shared library, or the font's family
    packages: dict[str, str]

    def is_here(self) -> bool:
        """Tell whether this machine has it."""
        return any(map(_loads, self.names)) if self.is_library else any(map(_has_family, self.names))


def _library(stem: str, major: int, **packages: str) -> Need:
    """Describe a shared library by the file names that WeasyPrint tries too."""
    names = (f"lib{stem}.so.{major}", f"lib{stem}.{major}.dylib", f"lib{stem}.dylib", f"lib{stem}-{major}.dll")
    return Need(f"lib{stem}", True, names, packages)


def _font(family: str, **packages: str) -> Need:
    return Need(family, False, (family,), packages)


_PANGO = {"dnf": "pango", "pacman": "pango", "brew": "pango"}
_FONTCONFIG = {"apt": "fontconfig", "dnf": "fontconfig", "pacman": "fontconfig", "brew": "fontconfig"}
_NOTO_ARCH = "noto-fonts-cjk"

NEEDS = (
    _library("pango-1.0", 0, apt="libpango-1.0-0", **_PANGO),
    _library("pangoft2-1.0", 0, apt="libpangoft2-1.0-0", **_PANGO),
    # Without it WeasyPrint subsets a CJK font with fontTools, and a 25-page PDF takes 48 s instead of 1.4 s.
    _library("harfbuzz-subset", 0, apt="libharfbuzz-subset0", dnf="harfbuzz", pacman="harfbuzz", brew="harfbuzz"),
    _library("fontconfig", 1, **_FONTCONFIG),
    _font(
        "Noto Serif CJK SC",
        apt="fonts-noto-cjk",
        dnf="google-noto-serif-cjk-fonts",
        pacman=_NOTO_ARCH,
        brew="font-noto-serif-cjk",
    ),
    _font(
        "Noto Sans CJK SC",
        apt="fonts-noto-cjk",
        dnf="google-noto-sans-cjk-fonts",
        pacman=_NOTO_ARCH,
        brew="font-noto-sans-cjk",
    ),
    # Neither Fedora nor Arch is sure to carry it.
    _font("LXGW WenKai", apt="fonts-lxgw-wenkai", brew="font-lxgw-wenkai"),
)

INSTALL = {"apt": "apt-get install", "dnf": "dnf install", "pacman": "pacman -S --needed", "brew": "brew install"}


def provide(*, dry_run: bool = False, pretend: bool = False) -> bool:
    """Install or name what is missing; return whether every library is there in the end (fonts may wait)."""
    missing = [need for need in NEEDS if pretend or not need.is_here()]
    if missing and is_debian() and may_install():
        apt_install(packages_of(missing, "apt"), dry_run=dry_run)
        missing = [need for need in missing if not need.is_here()]
    if missing:
        say(_advice(missing))
    return not any(need.is_library for need in missing)


def packages_of(needs: Sequence[Need], manager: str) -> list[str]:
    """Return the packages of a package manager that bring these things, each once."""
    return list(dict.fromkeys(need.packages[manager] for need in needs if manager in need.packages))


def apt_install(packages: Sequence[str], *, dry_run: bool = False) -> None:
    """Install those of the packages that this Debian or Ubuntu knows."""
    if not dry_run:
        _apt("update", "-qq")  # it may fail for one dead source among many: the install tells what matters
    known = [name for name in packages if _quiet("apt-cache", "show", "--no-all-versions", name)]
    say(f"installing {' '.join(known)}" + (" (dry run)" if dry_run else ""))
    if known:
        _apt("install", "--simulate" if dry_run else "-qq", "--yes", "--no-install-recommends", *known)


def is_debian() -> bool:
    """Tell whether packages come by apt-get here: Debian, Ubuntu and what descends from them."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def may_install() -> bool:
    """Tell whether apt-get may run without asking anybody for a password."""
    return _is_root() or _quiet("sudo", "-n", "true")


def say(text: str) -> None:
    """Print a line on standard error, where messages go."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


def _advice(missing: Sequence[Need]) -> str:
    lines = [f"missing: {', '.join(need.name for need in missing)}. To install:"]
    chosen = _manager()
    for manager in (chosen,) if chosen else tuple(INSTALL):
        if packages := packages_of(missing, manager):
            sudo = "" if manager == "brew" or _is_root() else "sudo "
            lines.append(f"    {sudo}{INSTALL[manager]} {' '.join(packages)}")
    if chosen not in {"apt", "brew"} and any(need.name == "LXGW WenKai" for need in missing):
        lines.append("    LXGW WenKai: your distribution's package, or the .ttf files of github.com/lxgw/LxgwWenKai")
    if sys.platform == "darwin" and Path("/opt/homebrew/lib").exists():
        lines.append("    if they are installed: run Homebrew's Python, which looks into /opt/homebrew/lib")
    return "\n".join(lines)


def _manager() -> str | None:
    """Return the package manager of this machine, or None where it is none that we know."""
    if is_debian():
        return "apt"
    return next((name for name in ("dnf", "pacman", "brew") if shutil.which(name)), None)


def _loads(name: str) -> bool:
    try:
        from ctypes import CDLL  # noqa: PLC0415  (a Python built without libffi has no ctypes)

        CDLL(name)
    except (ImportError, OSError):
        return False
    return True


def _has_family(family: str) -> bool:
    """Ask fontconfig, which is also what WeasyPrint asks."""
    return _quiet("fc-list", "--quiet", family)


def _is_root() -> bool:
    user: Callable[[], int] | None = getattr(os, "geteuid", None)  # Windows has none
    return user is not None and user() == 0


def _apt(*arguments: str) -> None:
    """Run apt-get, and show what it says only where it fails."""
    sudo = [] if _is_root() else ["sudo", "-n"]
    command = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *arguments]
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if finished.returncode != 0 or "--simulate" in arguments:
        print(finished.stdout, end="", file=sys.stderr)


def _quiet(*command: str) -> bool:
    """Run a command unseen and tell whether it is there and succeeded."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0

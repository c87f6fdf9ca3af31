"""Which judges are on this machine, and how the others get there."""

from __future__ import annotations

import shutil
from pathlib import Path

from octavo.check.judges import programs

# The judges by their keys, as they are known.
NAMES = {
    "epubcheck": "EPUBCheck",
    "ace": "Ace",
    "verapdf": "veraPDF",
    "qpdf": "qpdf",
    "nu": "Nu Html Checker",
    "axe": "axe",
}
_HOME = "make judges, in a checkout of Octavo, installs it where $JUDGES_HOME says (else ~/.cache/octavo-judges)"
# Programs by which others install them. That of veraPDF tells of one standard in a run, and not whether it is claimed.
_ELSEWHERE = {"epubcheck": "epubcheck", "nu": "vnu"}
_JUDGES_OF_JAVA = ("epubcheck", "nu", "verapdf")
_JUDGES_OF_BROWSERS = ("ace", "axe")


def missing(judge: str) -> list[str]:
    """Return the programs and files that a judge needs and that are not there; none where another one stands in."""
    if shutil.which(_ELSEWHERE.get(judge, "")):
        return []
    lacking = [name for name in _on_path(judge) if shutil.which(name) is None]
    return lacking + [path.name for path in _in_home(judge) if not path.exists()]


def remedy(judge: str) -> str:
    """Return how a judge is installed."""
    if judge == "qpdf":
        return "apt-get install qpdf"
    return f"{_HOME}; a program `{_ELSEWHERE[judge]}` on the PATH will do too" if judge in _ELSEWHERE else _HOME


def _on_path(judge: str) -> tuple[str, ...]:
    if judge in _JUDGES_OF_JAVA:
        return ("java",)
    return ("chromium",) if judge in _JUDGES_OF_BROWSERS else (judge,)


def _in_home(judge: str) -> tuple[Path, ...]:
    modules, classes = programs.node_modules(), programs.classes()
    match judge:
        case "epubcheck":
            return (programs.epubcheck_jars()[0], classes / "EpubBatch.class")
        case "verapdf":
            return (*programs.verapdf_jars(), classes / "VeraCheck.class")
        case "nu":
            return (programs.vnu_jar(),)
        case "ace":
            return (programs.node(), modules / "@daisy" / "ace-core", modules / "@daisy" / "ace-axe-runner-puppeteer")
        case "axe":
            return (programs.node(), modules / "axe-core" / "axe.min.js", modules / "playwright-core")
    return ()

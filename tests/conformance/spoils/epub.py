"""Ways to spoil an EPUB, each in place."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from conformance.spoils.text import replace

_PACKAGE = "EPUB/content.opf"
_CHAPTER = "EPUB/what-i-can-see.xhtml"


def forget_picture(file: Path) -> None:
    """Leave a picture that a chapter shows out of the manifest."""
    _edit(file, _PACKAGE, r'<item href="images/window\.png"[^>]*/>', "")


def forget_access_modes(file: Path) -> None:
    """Say nothing of how the book can be read."""
    _edit(file, _PACKAGE, r'<meta property="schema:accessMode">[^<]*</meta>', "")


def invent_element(file: Path) -> None:
    """Put an element that XHTML does not know into a chapter."""
    _edit(file, _CHAPTER, r"</section>", "<fancy>here</fancy></section>")


def silence_picture(file: Path) -> None:
    """Take the text of a picture away."""
    _edit(file, _CHAPTER, r' alt="[^"]*"', "")


def lead_astray(file: Path) -> None:
    """Let a chapter link to a place that no page has."""
    _edit(file, _CHAPTER, r"</section>", '<p><a href="what-i-can-hear.xhtml#nowhere-at-all">there</a></p></section>')


def _edit(file: Path, name: str, pattern: str, replacement: str) -> None:
    """Replace in one text of an EPUB; whatever else is in it stays, and stays in its order."""
    with ZipFile(file) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with ZipFile(file, "w") as archive:
        for entry, content in entries:
            changed = (
                replace(content.decode("utf-8"), pattern, replacement).encode() if entry.filename == name else content
            )
            archive.writestr(entry, changed)

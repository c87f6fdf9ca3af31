"""Ways to spoil a page, each in place; and the same for one page, or the style sheet, of a site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conformance.spoils.text import replace

# One page among others, and not the first.
_PAGE = "what-i-can-see.html"


def in_site(spoil: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return what spoils one page of a site in this way."""
    return lambda site: spoil(site / _PAGE)


def in_sheet(spoil: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return what spoils the style sheet of a site in this way."""
    return lambda site: spoil(site / "style.css")


def stray_tag(page: Path) -> None:
    """End an element that was not begun."""
    _add(page, "</section>")


def drop_language(page: Path) -> None:
    """Say nothing of the language."""
    _edit(page, r'<html lang="[^"]*"', "<html")


def faint_in_the_dark(page: Path) -> None:
    """Let the text be hard to see, in the dark only."""
    _add(page, "<style>@media (prefers-color-scheme: dark) { p { color: #333 } }</style>")


def faint_in_the_dark_at(width: int) -> Callable[[Path], None]:
    """Return what makes the text hard to see in the dark on screens of one width only."""
    style = f"<style>@media (prefers-color-scheme: dark) and (width: {width}px) {{ p {{ color: #333 }} }}</style>"
    return lambda page: _add(page, style)


def nameless_button(page: Path) -> None:
    """Add a button of which nobody can say what it does."""
    _add(page, '<button type="button"></button>')


def wide(page: Path) -> None:
    """Add what is wider than a small screen."""
    _add(page, '<div style="width: 500px">wide</div>')


def complain(page: Path) -> None:
    """Let the page write an error to the console."""
    _add(page, '<script>console.error("it went wrong")</script>')


def throw(page: Path) -> None:
    """Let the page's script break off."""
    _add(page, '<script>throw new Error("it broke")</script>')


def ask_elsewhere(page: Path) -> None:
    """Let the page ask another host for a picture."""
    _add(page, '<img alt="" src="https://elsewhere.invalid/picture.png">')


def ask_for_nothing(page: Path) -> None:
    """Let the page ask for a picture that is not there."""
    _add(page, '<img alt="" src="nothing.png">')


def lead_astray(page: Path) -> None:
    """Let the page link to a place that it has not."""
    _add(page, '<p><a href="#nowhere-at-all">there</a></p>')


def unknown_property(sheet: Path) -> None:
    """Set a property that CSS does not have."""
    sheet.write_text(sheet.read_text("utf-8") + "\np { colour: red }\n", "utf-8")


def import_elsewhere(sheet: Path) -> None:
    """Let the sheet ask another host for a picture."""
    sheet.write_text(sheet.read_text("utf-8") + "\nbody { background: url(//elsewhere.invalid/a.png) }\n", "utf-8")


def _add(page: Path, markup: str) -> None:
    _edit(page, r"</main>", f"{markup}</main>")


def _edit(page: Path, pattern: str, replacement: str) -> None:
    page.write_text(replace(page.read_text("utf-8"), pattern, replacement), "utf-8")

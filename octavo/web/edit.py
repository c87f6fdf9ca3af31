"""The way from a page to its source, for readers who want to mend it."""

from __future__ import annotations

from urllib.parse import quote

from octavo.diagnostics import Failure
from octavo.render.edition import Edition
from octavo.render.pages import Page


def edit_address(edition: Edition, page: Page) -> str | None:
    """Return where the file of a page can be edited, or None where that is not known.

    A part of octavo.toml is edited there, and a page whose heading stands in an included file in that.
    """
    address = edition.book.settings.html.edit
    if not address:
        return None
    file = page.heading.position.file if page.heading else page.chapter.file
    try:
        edition.book.files.find(file, None)
    except Failure:  # made by a pass, and nobody wrote it
        return None
    return address.replace("{path}", quote(file))

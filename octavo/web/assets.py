"""What the pages of a site share: the style sheets, the scripts, and the files that text and sheets name."""

from __future__ import annotations

from pathlib import Path

from octavo.render.edition import Edition
from octavo.render.sheet_files import files_of, with_addresses
from octavo.web.scripts import HEAD, SITE, joined, script


def write_assets(edition: Edition, folder: Path) -> None:
    """Write them into the folder of a site; the dark colours are a sheet of their own, which a script can let hold."""
    style = edition.styles.with_tokens("tokens", "book", *edition.formula_sheets(font=True), "site", "extra")
    dark = edition.styles.with_tokens("dark")
    texts = {
        "style.css": with_addresses(style, edition.names),
        "dark.css": with_addresses(dark, edition.names),
        "theme.js": script(HEAD),
        "site.js": joined(SITE),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    for file in dict.fromkeys((*edition.pictures, *files_of(style), *files_of(dark))):
        path = folder / edition.names[file]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(edition.book.files.read_bytes(file, None))

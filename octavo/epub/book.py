"""The e-book: cover, title page, navigation, one file a page, and what the package says of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from octavo.epub.accessibility import accessibility
from octavo.epub.cover import cover_picture
from octavo.epub.navigation import navigation
from octavo.epub.package import File, TocEntry, write_package
from octavo.epub.page_list import page_source
from octavo.epub.pages import EpubPages, file_of
from octavo.media import font_type, media_type
from octavo.render.contents import Entry, contents
from octavo.render.edition import Edition
from octavo.render.page_breaks import NO_BREAKS, PageBreaks
from octavo.render.sheet_files import files_of, with_addresses
from octavo.render.target import Format


def write_epub(edition: Edition, path: Path, breaks: PageBreaks = NO_BREAKS) -> None:
    """Write the EPUB, with marks where printed pages begin and a list of them, where `breaks` are known and wanted."""
    epub = EpubPages(edition=edition, breaks=breaks if edition.book.settings.epub.page_list == "auto" else NO_BREAKS)
    of_formulas = edition.formula_sheets(font=edition.book.settings.epub.fonts)
    style = edition.styles.with_values("tokens", "book", *of_formulas, "epub", "extra")
    before = [epub.title_page(), *epub.imprint()]
    text = [epub.page(page) for page in epub.pages]
    table, printed = navigation(epub, before, text)
    files = [
        *_cover(edition),
        *before,
        table,
        *text,
        File(name="style.css", media_type="text/css", content=with_addresses(style, edition.names).encode()),
        *_used(edition, files_of(style)),
    ]
    metadata = replace(edition.document.metadata, description=edition.description or None)
    properties = {name for file in files for name in file.properties}
    entries = tuple(_toc(edition, entry, epub.places) for entry in contents(edition.document))
    write_package(
        path,
        metadata,
        files,
        entries or (TocEntry(title=metadata.title, href=epub.first),),
        [*(page_source(metadata) if printed else ()), *accessibility(edition, properties, pages=bool(printed))],
        printed,
    )


def _cover(edition: Edition) -> list[File]:
    """Return the picture of the cover and the page that shows it."""
    picture = cover_picture(edition)
    markup = edition.render("epub/cover.xhtml", Format.EPUB, picture=picture.name, text=edition.document.metadata.title)
    return [picture, file_of("cover.xhtml", markup)]


def _used(edition: Edition, of_style: list[str]) -> list[File]:
    """Return the pictures of the text, and the files that the style sheet asks for."""
    return [
        File(
            name=edition.names[file],
            media_type=media_type(file) or font_type(file) or "image/png",
            content=edition.book.files.read_bytes(file, None),
        )
        for file in dict.fromkeys((*edition.pictures, *of_style))
    ]


def _toc(edition: Edition, entry: Entry, where: dict[str, str]) -> TocEntry:
    return TocEntry(
        title=edition.title_of(entry.heading),
        href=where[entry.heading.anchor or ""],
        children=tuple(_toc(edition, child, where) for child in entry.children),
    )

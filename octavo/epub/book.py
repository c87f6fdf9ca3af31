"""The e-book: cover, title page, navigation, one file a page, and what the package says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

from octavo.epub.accessibility import accessibility
from octavo.epub.cover import Draw, cover_picture
from octavo.epub.faces import faces_of
from octavo.epub.fonts import EmbeddedFonts, ThemeFonts, embed_fonts
from octavo.epub.mats import on_mat
from octavo.epub.navigation import navigation
from octavo.epub.old_readers import with_older_names
from octavo.epub.package import File, TocEntry, write_package
from octavo.epub.page_list import page_source
from octavo.epub.pages import EpubPages, file_of
from octavo.epub.sizes import fitting
from octavo.media import font_type, media_type
from octavo.render.contents import Entry
from octavo.render.edition import Edition
from octavo.render.page_breaks import NO_BREAKS, PageBreaks
from octavo.render.sheet_files import files_of, with_addresses
from octavo.render.styles import Sheet
from octavo.render.target import Format


def write_epub(
    edition: Edition, path: Path, draw: Draw, breaks: PageBreaks = NO_BREAKS, fonts: ThemeFonts | None = None
) -> None:
    """Write the EPUB, with marks where printed pages begin and a list of them, where `breaks` are known and wanted.

    `draw` makes pixels of a drawn cover; `fonts` find those of the theme, where they are to be put in.
    """
    epub = EpubPages(edition=edition, breaks=breaks if edition.book.settings.epub.page_list == "auto" else NO_BREAKS)
    before = [epub.title_page(), *epub.imprint()]
    text = epub.text()
    table, printed = navigation(epub, before, text)
    read = [*_cover(edition, draw), *before, table, *text]
    files = [*read, *_style(edition, read, fonts)]
    metadata = replace(edition.document.metadata, description=edition.description or None)
    properties = {name for file in files for name in file.properties}
    entries = tuple(_toc(edition, entry, epub.places) for entry in edition.table)
    write_package(
        path,
        metadata,
        files,
        entries or (TocEntry(title=metadata.title, href=epub.first),),
        [*(page_source(metadata) if printed else ()), *accessibility(edition, properties, pages=bool(printed))],
        printed,
    )


def _style(edition: Edition, read: Sequence[File], fonts: ThemeFonts | None) -> list[File]:
    """Return the style sheet, and the pictures and fonts of text and style."""
    names: list[str] = ["tokens", "book", *edition.formula_sheets(font=edition.book.settings.epub.fonts), "epub"]
    if fonts:
        names.append(Sheet(fonts.stacks))
    style = with_older_names(edition.styles.with_values(*names, "extra"))
    embedded = EmbeddedFonts(files=(), sheet="")
    if fonts:
        roots = (fromstring(file.content) for file in read if file.spine)
        place = edition.book.configuration.value(("epub", "fonts"))
        faces = faces_of(roots, style, fonts.characters)
        embedded = embed_fonts(faces, fonts.find, place, edition.report)
    sheet = (embedded.sheet + with_addresses(style, edition.names)).encode()
    return [
        File(name="style.css", media_type="text/css", content=sheet),
        *_used(edition, files_of(style)),
        *embedded.files,
    ]


def _cover(edition: Edition, draw: Draw) -> list[File]:
    """Return the picture of the cover and the page that shows it."""
    picture = cover_picture(edition, draw)
    markup = edition.render("epub/cover.xhtml", Format.EPUB, picture=picture.name, text=edition.document.metadata.title)
    return [picture, file_of("cover.xhtml", markup)]


def _used(edition: Edition, of_style: list[str]) -> list[File]:
    """Return the pictures of the text, and the files that the style sheet asks for."""
    return [
        File(
            name=edition.names[file],
            media_type=media_type(file) or font_type(file) or "image/png",
            content=_content(edition, file),
        )
        for file in dict.fromkeys((*edition.pictures, *of_style))
    ]


def _content(edition: Edition, file: str) -> bytes:
    data = edition.book.files.read_bytes(file, None)
    if media_type(file) == "image/svg+xml":
        return on_mat(data, edition.styles.token("mat", "epub"))
    return fitting(data, file) if media_type(file) else data


def _toc(edition: Edition, entry: Entry, where: dict[str, str]) -> TocEntry:
    return TocEntry(
        title=edition.title_of(entry.heading),
        href=where[entry.heading.anchor or ""],
        children=tuple(_toc(edition, child, where) for child in entry.children),
    )

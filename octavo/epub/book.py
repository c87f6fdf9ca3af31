"""The e-book: cover, title page, navigation, one file a page, and what the package says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from octavo.epub.accessibility import accessibility
from octavo.epub.cover import cover_picture
from octavo.epub.package import XHTML, File, TocEntry, write_package
from octavo.epub.parts import landmarks, part_of
from octavo.media import font_type, media_type
from octavo.render.contents import Entry, contents
from octavo.render.edition import Edition
from octavo.render.pages import Page, places, split
from octavo.render.sheet_files import files_of, with_addresses
from octavo.render.target import Format, Target
from octavo.render.templates import parse_markup

ENDING = ".xhtml"
TITLE_PAGE = "title.xhtml"
# What the manifest says of a file that holds it (EPUB 3.3, D.5).
_HELD = {"mathml": "{http://www.w3.org/1998/Math/MathML", "svg": "{http://www.w3.org/2000/svg"}


def write_epub(edition: Edition, path: Path) -> None:
    """Write the EPUB."""
    pages = split(edition.document)
    where = places(pages, ENDING, edition.document.abstract, TITLE_PAGE)
    of_formulas = edition.formula_sheets(font=edition.book.settings.epub.fonts)
    style = edition.styles.with_values("tokens", "book", *of_formulas, "epub", "extra")
    files = [
        *_cover(edition),
        _title_page(edition, where),
        *_imprint(edition),
        _navigation(edition, pages, where),
        *(_page(edition, page, where) for page in pages),
        File(name="style.css", media_type="text/css", content=with_addresses(style, edition.names).encode()),
        *_used(edition, files_of(style)),
    ]
    table = tuple(_toc(edition, entry, where) for entry in contents(edition.document))
    write_package(
        path,
        replace(edition.document.metadata, description=edition.description or None),
        files,
        table or (TocEntry(title=edition.document.metadata.title, href=_first(pages)),),
        accessibility(edition, {name for file in files for name in file.properties}),
    )


def _file(name: str, markup: Markup, *properties: str) -> File:
    root = parse_markup(markup, name)  # a reader shows nothing at all of a file that is not well-formed
    namespaces = {str(element.tag).partition("}")[0] for element in root.iter()}
    held = [kind for kind, namespace in _HELD.items() if namespace in namespaces]
    content = f"{markup}\n".encode()
    return File(name=name, media_type=XHTML, content=content, properties=(*properties, *held), spine=True)


def _page(edition: Edition, page: Page, where: dict[str, str]) -> File:
    target = Target(
        format=Format.EPUB, page=page.name + ENDING, places=where, pictures=edition.pictures, shift=page.shift
    )
    renderer = edition.renderer(target)
    part = part_of(page)
    body = renderer.blocks(page.blocks)
    if page.heading is None:
        body = Markup('<h1 class="page-title">{}</h1>\n').format(edition.document.metadata.title) + body
    markup = edition.render(
        "epub/page.xhtml",
        Format.EPUB,
        title=edition.title_of(page.heading),
        kind=part.kind,
        role=part.role,
        matter=part.matter,
        body=body,
        notes=renderer.furniture.notes(page.notes),
    )
    return _file(page.name + ENDING, markup)


def _title_page(edition: Edition, where: dict[str, str]) -> File:
    target = Target(format=Format.EPUB, page=TITLE_PAGE, places=where, pictures=edition.pictures)
    renderer = edition.renderer(target)
    markup = edition.render(
        "epub/page.xhtml",
        Format.EPUB,
        title=edition.document.metadata.title,
        kind="titlepage",
        role=None,
        matter="frontmatter",
        body=edition.title_page(Format.EPUB) + Markup("\n") + edition.abstract(renderer),
        notes=Markup(""),
    )
    return _file(TITLE_PAGE, markup)


def _imprint(edition: Edition) -> list[File]:
    imprint = edition.imprint(Format.EPUB)
    if not imprint:
        return []
    markup = edition.render(
        "epub/page.xhtml",
        Format.EPUB,
        title=edition.words.imprint,
        kind="copyright-page",
        role=None,
        matter="frontmatter",
        body=Markup('<h1 class="page-title">{}</h1>\n').format(edition.words.imprint) + imprint,
        notes=Markup(""),
    )
    return [_file("imprint.xhtml", markup)]


def _navigation(edition: Edition, pages: tuple[Page, ...], where: dict[str, str]) -> File:
    renderer = edition.renderer(Target(format=Format.EPUB, page="nav.xhtml", places=where))
    table = edition.contents(contents(edition.document), renderer)
    if not table:
        table = Markup('<ol><li><a href="{}">{}</a></li></ol>').format(_first(pages), edition.document.metadata.title)
    markup = edition.render("epub/nav.xhtml", Format.EPUB, contents=table, landmarks=list(_landmarks(edition, pages)))
    return _file("nav.xhtml", markup, "nav")


def _landmarks(edition: Edition, pages: tuple[Page, ...]) -> Iterator[dict[str, str]]:
    words = edition.words
    yield {"kind": "cover", "title": words.cover, "href": "cover.xhtml"}
    yield {"kind": "titlepage", "title": words.title_page, "href": TITLE_PAGE}
    yield {"kind": "toc", "title": words.contents, "href": "nav.xhtml"}
    for kind, page in landmarks(pages):
        title = words.start if kind == "bodymatter" else edition.title_of(page.heading)
        yield {"kind": kind, "title": title, "href": page.name + ENDING}


def _first(pages: tuple[Page, ...]) -> str:
    return pages[0].name + ENDING if pages else TITLE_PAGE


def _cover(edition: Edition) -> list[File]:
    """Return the picture of the cover and the page that shows it."""
    picture = cover_picture(edition)
    markup = edition.render("epub/cover.xhtml", Format.EPUB, picture=picture.name, text=edition.document.metadata.title)
    return [picture, _file("cover.xhtml", markup)]


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

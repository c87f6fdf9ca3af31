"""The site: one page a section, a first page with title, abstract and contents, one style sheet, the pictures."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from octavo.render.contents import Entry, contents
from octavo.render.edition import Edition
from octavo.render.pages import Page, places, split
from octavo.render.renderer import Renderer
from octavo.render.sheet_files import files_of, with_addresses
from octavo.render.target import Format, Target
from octavo.render.templates import parse_markup

ENDING = ".html"
HOME = "index.html"


def write_site(edition: Edition, folder: Path) -> None:
    """Write the site into an empty folder."""
    pages = split(edition.document)
    where = places(pages, ENDING, edition.document.abstract, HOME)
    style = edition.styles.with_tokens("tokens", "book", *edition.formula_sheets(font=True), "site", "extra")
    (folder / "style.css").write_text(with_addresses(style, edition.names), "utf-8")
    for file in dict.fromkeys((*edition.pictures, *files_of(style))):
        path = folder / edition.names[file]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(edition.book.files.read_bytes(file, None))
    _write(folder / HOME, _index(edition, pages, where))
    for number, page in enumerate(pages):
        _write(folder / (page.name + ENDING), _page(edition, pages, number, where))


def _write(path: Path, markup: Markup) -> None:
    parse_markup(markup, path.name)  # a browser would guess what was meant, and an EPUB shows nothing of such a page
    path.write_text(markup + "\n", "utf-8")


def _page(edition: Edition, pages: tuple[Page, ...], number: int, where: dict[str, str]) -> Markup:
    page = pages[number]
    target = Target(
        format=Format.SITE,
        page=page.name + ENDING,
        places=where,
        pictures=edition.pictures,
        current=frozenset([page.heading.anchor] if page.heading and page.heading.anchor else ()),
        shift=page.shift,
    )
    renderer = edition.renderer(target)
    body = renderer.blocks(page.blocks)
    if page.heading is None:
        body = Markup('<h1 class="page-title">{}</h1>\n').format(edition.document.metadata.title) + body
    table = contents(edition.document)
    if page.chapter.role == "part":
        body += _of_part(edition, page, table, renderer)
    return edition.render(
        "site/page.html",
        Format.SITE,
        title=edition.title_of(page.heading),
        description=edition.description,
        contents=edition.contents(table, renderer),
        body=body,
        notes=renderer.furniture.notes(page.notes),
        previous=_link(edition, pages[number - 1]) if number else _first(edition),
        next=_link(edition, pages[number + 1]) if number + 1 < len(pages) else None,
    )


def _of_part(edition: Edition, page: Page, table: tuple[Entry, ...], renderer: Renderer) -> Markup:
    """Return the contents of the part that a page begins: a page of its own would else hold no more than a title."""
    inside = next((entry.children for entry in table if entry.heading is page.heading), ())
    if not inside:
        return Markup("")
    return Markup('\n<div class="contents part-contents">\n{}\n</div>').format(edition.contents(inside, renderer))


def _index(edition: Edition, pages: tuple[Page, ...], where: dict[str, str]) -> Markup:
    target = Target(format=Format.SITE, page=HOME, places=where, pictures=edition.pictures)
    renderer = edition.renderer(target)
    table = edition.contents(contents(edition.document), renderer)
    body = edition.render(
        "site/index.html",
        Format.SITE,
        title_page=edition.title_page(Format.SITE),
        abstract=edition.abstract(renderer),
        contents=table,
        imprint=edition.imprint(Format.SITE),
    )
    return edition.render(
        "site/page.html",
        Format.SITE,
        title=edition.document.metadata.title,
        description=edition.description,
        contents=Markup(""),
        body=body,
        notes=Markup(""),
        previous=None,
        next=_link(edition, pages[0]) if pages else None,
    )


def _link(edition: Edition, page: Page) -> dict[str, str]:
    return {"title": edition.title_of(page.heading), "href": page.name + ENDING}


def _first(edition: Edition) -> dict[str, str]:
    return {"title": edition.words.title_page, "href": HOME}

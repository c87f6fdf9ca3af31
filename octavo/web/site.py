"""The site: one page a section, a first page with title, abstract and contents, the style sheets, scripts and pictures.

The dark colours are a sheet of their own: a script lets it hold when the reader wants them.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from markupsafe import Markup

from octavo.render.contents import Entry, contents, outline
from octavo.render.edition import Edition
from octavo.render.pages import Page, places, split
from octavo.render.renderer import Renderer
from octavo.render.target import Format, Target
from octavo.render.templates import parse_markup
from octavo.web.assets import write_assets
from octavo.web.search import FILE as SEARCH_INDEX
from octavo.web.search import index_script, sections_of

ENDING = ".html"
HOME = "index.html"
_ALONE = 9  # a level that nothing is below


def write_site(edition: Edition, folder: Path) -> None:
    """Write the site into an empty folder."""
    pages = split(edition.document)
    where = places(pages, ENDING, edition.document.abstract, HOME)
    write_assets(edition, folder)
    title = edition.document.metadata.title
    notes = edition.words.notes + edition.words.in_brackets
    root = _write(folder / HOME, _index(edition, pages, where))
    sections = sections_of(HOME, root, _ALONE, title, notes)
    for number, page in enumerate(pages):
        name = page.name + ENDING
        root = _write(folder / name, _page(edition, pages, number, where))
        sections += sections_of(name, root, _level(page), title, notes)
    (folder / SEARCH_INDEX).write_text(index_script(sections), "utf-8")


def _write(path: Path, markup: Markup) -> Element:
    root = parse_markup(markup, path.name)  # a browser would guess what was meant, and an EPUB shows nothing of it
    path.write_text(markup + "\n", "utf-8")
    return root


def _level(page: Page) -> int:
    """Return how deep in the book a page's heading is: parts are above the chapters in them, and above no others.

    What stands before the first part is as deep as chapters in parts, what stands behind the last one as deep as parts.
    """
    return (page.heading.level if page.heading else 1) + (page.chapter.role in ("front", "body"))


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
        outline=edition.contents(outline(page.blocks, page.heading), renderer),
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
        outline=Markup(""),
        body=body,
        notes=Markup(""),
        previous=None,
        next=_link(edition, pages[0]) if pages else None,
    )


def _link(edition: Edition, page: Page) -> dict[str, str]:
    return {"title": edition.title_of(page.heading), "href": page.name + ENDING}


def _first(edition: Edition) -> dict[str, str]:
    return {"title": edition.words.title_page, "href": HOME}

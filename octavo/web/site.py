"""The site: one page a section, a first page with title, abstract and contents, and what they share.

Beside them: the index of the search, the page for addresses where nothing is, pages that lead on from old addresses,
and a sitemap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markupsafe import Markup

from octavo.render.contents import outline
from octavo.render.edition import Edition
from octavo.render.page_breaks import IMPRINT, NO_BREAKS, TITLE_PAGE, Marker, PageBreaks
from octavo.render.pages import Page, places, split
from octavo.render.rendered import Marks, Rendered, rendered
from octavo.render.renderer import Renderer
from octavo.render.target import Format, Target
from octavo.render.templates import parse_markup
from octavo.web.assets import write_assets
from octavo.web.downloads import Download, put_downloads
from octavo.web.edit import edit_address
from octavo.web.not_found import NOT_FOUND, not_found_body
from octavo.web.published import HOME, Published, said_of_page, write_cover, write_sitemap
from octavo.web.redirects import redirect_page, redirects
from octavo.web.search import FILE as SEARCH_INDEX
from octavo.web.search import Record, index_script, sections_of
from octavo.web.side import Beside

ENDING = ".html"
_ALONE = 9  # a level that nothing is below


def write_site(edition: Edition, folder: Path, others: Sequence[Path] = (), breaks: PageBreaks = NO_BREAKS) -> None:
    """Write the site into an empty folder, with marks where printed pages begin.

    `others` are the finished outputs of the same build that it offers.
    """
    site = _Site(edition, folder, breaks)
    write_assets(edition, folder)
    _write_pages(site, put_downloads(edition, others, folder))
    _write(folder / NOT_FOUND, _not_found(site))
    for redirect in redirects(edition, site.pages, ENDING, frozenset({HOME, NOT_FOUND})):
        path = folder / redirect.old
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, redirect_page(edition, redirect, ENDING, site.published))
    if site.published:
        write_sitemap(edition, site.published, [HOME, *(page.name + ENDING for page in site.pages)], folder)


def _write_pages(site: _Site, downloads: Sequence[Download]) -> None:
    """Write the pages that are read, and the index of what they say."""
    sections = _sections(site, HOME, _write(site.folder / HOME, _index(site, downloads)), _ALONE)
    kept, marks = site.kept, Marks(site.edition, site.breaks)
    for number, page in enumerate(site.pages):
        beside = _beside(site, number)
        key = f"{page.name} {beside} {marks.of(page.chapter)}"
        made = kept.of(page.chapter, key, partial(_made, site, page, beside))
        (site.folder / (page.name + ENDING)).write_text(made.text, "utf-8")
        sections += made.sections
    (site.folder / SEARCH_INDEX).write_text(index_script(sections), "utf-8")


class _Made(NamedTuple):
    """Hold a page that is read, and what the search finds on it."""

    text: str
    sections: list[Record]


def _made(site: _Site, page: Page, beside: Mapping[str, object]) -> _Made:
    name, markup = page.name + ENDING, _page(site, page, beside)
    return _Made(markup + "\n", _sections(site, name, parse_markup(markup, name), _level(page)))


def _sections(site: _Site, name: str, root: Element, level: int) -> list[Record]:
    title, words = site.edition.document.metadata.title, site.edition.words
    return sections_of(name, root, level, title, words.notes + words.in_brackets)


@dataclass(frozen=True)
class _Site:
    """Hold what all pages of a site are made from; `published` is where it will be, as far as that is known."""

    edition: Edition
    folder: Path
    breaks: PageBreaks
    pages: tuple[Page, ...] = field(init=False)
    published: Published | None = field(init=False)
    cover: str | None = field(init=False)

    def __post_init__(self) -> None:
        url = self.edition.book.settings.html.url
        published = Published.at(url) if url else None
        object.__setattr__(self, "pages", split(self.edition.document))
        object.__setattr__(self, "published", published)
        object.__setattr__(self, "cover", write_cover(self.edition, self.folder) if published else None)

    @cached_property
    def places(self) -> dict[str, str]:
        """Return the address of each identifier."""
        return places(self.pages, ENDING, self.edition.document.abstract, HOME)

    @cached_property
    def mark(self) -> Marker | None:
        """Return what marks where printed pages begin."""
        return self.edition.marker(self.breaks, Format.SITE)

    @property
    def kept(self) -> Rendered:
        """Return what holds pages from build to build."""
        return rendered("pages", self.edition, lambda: (self.edition.table, self.places, self.cover))

    def beside(self, page: Page) -> Beside:
        """Return what chooses the contents beside a page."""
        begins = frozenset(page.heading.anchor or "" for page in self.pages if page.heading)
        return Beside(current=page.heading.anchor if page.heading else None, begins=begins)

    def target(self, page: Page | None, name: str) -> Target:
        """Return what the text of a page is rendered for."""
        return Target(
            format=Format.SITE,
            page=name,
            places=self.places,
            pictures=self.edition.pictures,
            current=frozenset([page.heading.anchor] if page and page.heading and page.heading.anchor else ()),
            shift=page.shift if page else 0,
            mark=self.mark,
        )

    def frame(self, name: str, title: str, body: Markup, **variables: Any) -> Markup:
        """Render the frame of a page around its body; `variables` are what few pages have."""
        nothing = dict.fromkeys(("contents", "outline", "notes"), Markup("")) | dict.fromkeys(
            ("previous", "next", "edit")
        )
        published = None if name == NOT_FOUND else said_of_page(self.edition, self.published, name, self.cover)
        return self.edition.render(
            "site/page.html",
            Format.SITE,
            title=title,
            description=self.edition.description,
            body=body,
            published=published,
            **{"root": "", "indexed": name != NOT_FOUND, **nothing, **variables},
        )


def _write(path: Path, markup: Markup) -> Element:
    root = parse_markup(markup, path.name)  # a browser would guess what was meant, and an EPUB shows nothing of it
    path.write_text(markup + "\n", "utf-8")
    return root


def _level(page: Page) -> int:
    """Return how deep in the book a page's heading is: parts are above the chapters in them, and above no others.

    What stands before the first part is as deep as chapters in parts, what stands behind the last one as deep as parts.
    """
    return (page.heading.level if page.heading else 1) + (page.chapter.role in ("front", "body"))


def _beside(site: _Site, number: int) -> dict[str, object]:
    """Return where one can go from a page."""
    edition, pages = site.edition, site.pages
    return {
        "previous": _link(edition, pages[number - 1]) if number else _first(edition),
        "next": _link(edition, pages[number + 1]) if number + 1 < len(pages) else None,
        "edit": edit_address(edition, pages[number]),
    }


def _page(site: _Site, page: Page, beside: Mapping[str, object]) -> Markup:
    edition = site.edition
    renderer = edition.renderer(site.target(page, page.name + ENDING))
    body = renderer.blocks(page.blocks)
    if page.heading is None:
        body = Markup('<h1 class="page-title">{}</h1>\n').format(edition.document.metadata.title) + body
    if page.chapter.role == "part":
        body += _of_part(edition, page, renderer)
    if language := edition.language_of(page.chapter):
        body = Markup('<div lang="{}">\n{}\n</div>').format(language, body)
    return site.frame(
        page.name + ENDING,
        edition.title_of(page.heading),
        body,
        contents=edition.contents(site.beside(page).entries(edition.table), renderer),
        outline=edition.contents(outline(page.blocks, page.heading), renderer),
        notes=renderer.furniture.notes(page.notes),
        **beside,
    )


def _of_part(edition: Edition, page: Page, renderer: Renderer) -> Markup:
    """Return the contents of the part that a page begins: a page of its own would else hold no more than a title."""
    inside = next((entry.children for entry in edition.table if entry.heading is page.heading), ())
    if not inside:
        return Markup("")
    return Markup('\n<div class="contents part-contents">\n{}\n</div>').format(edition.contents(inside, renderer))


def _index(site: _Site, downloads: Sequence[Download]) -> Markup:
    edition = site.edition
    renderer = edition.renderer(site.target(None, HOME))
    body = edition.render(
        "site/index.html",
        Format.SITE,
        title_page=renderer.marked_by(TITLE_PAGE, edition.title_page(Format.SITE)),
        abstract=edition.abstract(renderer),
        contents=edition.contents(edition.table, renderer),
        imprint=renderer.marked_by(IMPRINT, edition.imprint(Format.SITE)),
        downloads=downloads,
    )
    first = _link(edition, site.pages[0]) if site.pages else None
    return site.frame(HOME, edition.document.metadata.title, body, next=first)


def _not_found(site: _Site) -> Markup:
    root = site.published.root if site.published else ""
    body = not_found_body(site.edition, site.target(None, NOT_FOUND), root)
    return site.frame(NOT_FOUND, site.edition.words.not_found, body, root=root)


def _link(edition: Edition, page: Page) -> dict[str, str]:
    return {"title": edition.title_of(page.heading), "href": page.name + ENDING}


def _first(edition: Edition) -> dict[str, str]:
    return {"title": edition.words.title_page, "href": HOME}

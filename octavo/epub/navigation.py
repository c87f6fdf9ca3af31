"""The navigation of the EPUB: contents, landmarks, printed pages (EPUB 3.3, 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from octavo.epub.ncx import PageEntry
from octavo.epub.package import File
from octavo.epub.page_list import page_entries
from octavo.epub.pages import ENDING, TITLE_PAGE, EpubPages, file_of
from octavo.epub.parts import landmarks
from octavo.render.contents import contents
from octavo.render.page_breaks import CONTENTS
from octavo.render.target import Format, Target

NAVIGATION = "nav.xhtml"
_DEPTH = 99  # of headings: readers fold what is deep, and offer no other way to it


def navigation(epub: EpubPages, before: Sequence[File], text: Sequence[File]) -> tuple[File, list[PageEntry]]:
    """Return the navigation, which stands between the title pages and the text, and the printed pages of all."""
    pages: list[PageEntry] = []
    # It lists itself too: the pages of the printed contents begin in it.
    own = _navigation(epub, pages)
    pages += page_entries(epub.breaks, [*before, own, *text])
    return _navigation(epub, pages), pages


def _navigation(epub: EpubPages, pages: Sequence[PageEntry]) -> File:
    edition = epub.edition
    renderer = edition.renderer(Target(format=Format.EPUB, page=NAVIGATION, places=epub.places))
    table = edition.contents(contents(edition.document, _DEPTH), renderer, epub.mark)
    if not table:
        table = Markup('<ol><li><a href="{}">{}</a></li></ol>').format(epub.first, edition.document.metadata.title)
    markup = edition.render(
        "epub/nav.xhtml",
        Format.EPUB,
        contents=table,
        landmarks=list(_landmarks(epub)),
        page_break=epub.mark.marks(CONTENTS) if epub.mark else Markup(""),
        pages=pages,
    )
    return file_of(NAVIGATION, markup, "nav")


def _landmarks(epub: EpubPages) -> Iterator[dict[str, str]]:
    edition, words = epub.edition, epub.edition.words
    yield {"kind": "cover", "title": words.cover, "href": "cover.xhtml"}
    yield {"kind": "titlepage", "title": words.title_page, "href": TITLE_PAGE}
    yield {"kind": "toc", "title": words.contents, "href": NAVIGATION}
    for kind, page in landmarks(epub.pages):
        title = words.start if kind == "bodymatter" else edition.title_of(page.heading)
        yield {"kind": kind, "title": title, "href": page.name + ENDING}

"""The e-book: cover, title page, navigation, one file a page, and what the package says of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from octavo.document import Image, walk
from octavo.epub.package import XHTML, File, TocEntry, write_package
from octavo.media import media_type
from octavo.render.contents import Entry, contents
from octavo.render.edition import Edition, title_parts
from octavo.render.pages import Page, places, split
from octavo.render.target import Format, Target
from octavo.render.templates import parse_markup

ENDING = ".xhtml"
_MATTER = {"front": "frontmatter", "body": "bodymatter", "appendix": "backmatter", "back": "backmatter"}


def write_epub(edition: Edition, path: Path) -> None:
    """Write the EPUB."""
    pages = split(edition.document)
    where = places(pages, ENDING)
    begins = next((page for page in pages if page.chapter.role == "body"), pages[0] if pages else None)
    first = begins.name + ENDING if begins else "title.xhtml"
    files = [
        *_cover(edition),
        _title_page(edition, where),
        _navigation(edition, where, first),
        *(_page(edition, page, where) for page in pages),
        File(name="style.css", media_type="text/css", content=edition.styles.with_values("book", "epub").encode()),
        *_pictures(edition),
    ]
    table = tuple(_toc(edition, entry, where) for entry in contents(edition.document))
    write_package(
        path,
        replace(edition.document.metadata, description=edition.description or None),
        files,
        table or (TocEntry(title=edition.document.metadata.title, href=first),),
        _accessibility(edition),
    )


def _file(name: str, markup: Markup, *properties: str) -> File:
    parse_markup(markup, name)  # a reader shows nothing at all of a file that is not well-formed
    return File(name=name, media_type=XHTML, content=f"{markup}\n".encode(), properties=properties, spine=True)


def _page(edition: Edition, page: Page, where: dict[str, str]) -> File:
    target = Target(
        format=Format.EPUB, page=page.name + ENDING, places=where, pictures=edition.pictures, shift=page.shift
    )
    renderer = edition.renderer(target)
    appendix = page.chapter.role == "appendix"
    kind = "appendix" if appendix else "chapter"
    body = renderer.blocks(page.blocks)
    if page.heading is None:
        body = Markup('<h1 class="page-title">{}</h1>\n').format(edition.document.metadata.title) + body
    markup = edition.render(
        "epub/page.xhtml",
        Format.EPUB,
        title=edition.title_of(page.heading),
        kind=kind,
        role=f"doc-{kind}",
        matter=_MATTER[page.chapter.role],
        body=body,
        notes=renderer.furniture.notes(page.notes),
    )
    return _file(page.name + ENDING, markup)


def _title_page(edition: Edition, where: dict[str, str]) -> File:
    target = Target(format=Format.EPUB, page="title.xhtml", places=where, pictures=edition.pictures)
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
    return _file("title.xhtml", markup)


def _navigation(edition: Edition, where: dict[str, str], first: str) -> File:
    renderer = edition.renderer(Target(format=Format.EPUB, page="nav.xhtml", places=where))
    words = edition.words
    table = edition.contents(contents(edition.document), renderer)
    if not table:
        table = Markup('<ol><li><a href="{}">{}</a></li></ol>').format(first, edition.document.metadata.title)
    landmarks = [
        {"kind": "cover", "title": words.cover, "href": "cover.xhtml"},
        {"kind": "titlepage", "title": words.title_page, "href": "title.xhtml"},
        {"kind": "toc", "title": words.contents, "href": "nav.xhtml"},
        {"kind": "bodymatter", "title": words.start, "href": first},
    ]
    markup = edition.render("epub/nav.xhtml", Format.EPUB, contents=table, landmarks=landmarks)
    return _file("nav.xhtml", markup, "nav")


def _cover(edition: Edition) -> list[File]:
    """Return the picture of the cover, the book's own or one drawn from its title, and the page that shows it."""
    own = edition.book.settings.book.cover
    if own:
        name, content = "cover" + Path(own).suffix.lower(), edition.book.files.read_bytes(own, None)
    else:
        name, content = "cover.svg", _drawn_cover(edition).encode()
    markup = edition.render("epub/cover.xhtml", Format.EPUB, picture=name, text=edition.document.metadata.title)
    picture = File(name=name, media_type=media_type(name) or "image/png", content=content, properties=("cover-image",))
    return [picture, _file("cover.xhtml", markup)]


def _drawn_cover(edition: Edition) -> Markup:
    size = 130
    lines = [line for part in title_parts(edition.document.metadata.title) for line in _wrapped(part, 1240 / size)]
    return edition.render("epub/cover.svg", Format.EPUB, lines=lines, size=size, accent=edition.styles.token("accent"))


def _wrapped(text: str, width: float) -> list[str]:
    """Cut a title into lines of at most `width` em: a Han character is one wide, a Latin one a half."""
    lines, line, used = [], "", 0.0
    for word in _words(text):
        size = sum(0.55 if ord(character) < 0x2E80 else 1 for character in word)
        if line and used + size > width:
            lines.append(line.strip())
            line, used = "", 0.0
        line += word
        used += size
    return [*lines, line.strip()]


def _words(text: str) -> list[str]:
    """Split where a line may end: behind a space and beside a Han character."""
    words = [""]
    for character in text:
        if ord(character) >= 0x2E80 or (words[-1] and (words[-1][-1] == " " or ord(words[-1][-1]) >= 0x2E80)):
            words.append("")
        words[-1] += character
    return [word for word in words if word]


def _pictures(edition: Edition) -> list[File]:
    return [
        File(
            name=name,
            media_type=media_type(name) or "image/png",
            content=edition.book.files.read_bytes(file, None),
        )
        for file, name in edition.pictures.items()
    ]


def _toc(edition: Edition, entry: Entry, where: dict[str, str]) -> TocEntry:
    return TocEntry(
        title=edition.title_of(entry.heading),
        href=where[entry.heading.anchor or ""],
        children=tuple(_toc(edition, child, where) for child in entry.children),
    )


def _accessibility(edition: Edition) -> list[tuple[str, str]]:
    """Return what the book offers to readers who cannot see it, as its content shows (EPUB Accessibility 1.1, 2.2)."""
    pictures = [node for node in walk(edition.document) if isinstance(node, Image) and node.file]
    images = [node for node in pictures if not node.decorative]
    described = all(node.alternative or node.children for node in images)
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "unlocked"]
    modes = ["textual", "visual"] if images else ["textual"]
    if images and described:
        features.append("alternativeText")
    return [
        *(("schema:accessMode", mode) for mode in modes),
        ("schema:accessModeSufficient", "textual" if described else "textual,visual"),
        *(("schema:accessibilityFeature", feature) for feature in features),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", edition.words.accessible),
    ]

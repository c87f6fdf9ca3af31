"""The single page: the whole book in one file, with its styles, scripts and pictures inside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from markupsafe import Markup

from octavo.document import Chapter
from octavo.render.contents import contents
from octavo.render.edition import Edition
from octavo.render.page_breaks import IMPRINT, NO_BREAKS, TITLE_PAGE, PageBreaks
from octavo.render.rendered import Marks, rendered
from octavo.render.renderer import Renderer
from octavo.render.sheet_files import files_of, with_addresses
from octavo.render.target import Format, Target
from octavo.render.templates import parse_markup
from octavo.web.scripts import HEAD, SINGLE, inlined, joined, script


def write_single(edition: Edition, path: Path, breaks: PageBreaks = NO_BREAKS) -> None:
    """Write the single page, with marks where printed pages begin; nothing in it asks for another file."""
    target = Target(
        format=Format.SINGLE,
        pictures={file: edition.inlined(file) for file in edition.pictures},
        shift=1,
        mark=edition.marker(breaks, Format.SINGLE),
    )
    renderer = edition.renderer(target)
    chapters = edition.document.chapters
    page = edition.render(
        "site/single.html",
        Format.SINGLE,
        description=edition.description,
        style=_sheet(edition, "tokens", "book", *edition.formula_sheets(font=True), "site", "extra"),
        dark=_sheet(edition, "dark"),
        theme_script=inlined(script(HEAD)),
        script=inlined(joined(SINGLE)),
        title_page=renderer.marked_by(TITLE_PAGE, edition.title_page(Format.SINGLE)),
        abstract=edition.abstract(renderer),
        contents=edition.contents(edition.table, renderer),
        outline=edition.contents(contents(edition.document, depth=2), renderer),
        body=Markup("\n").join(_chapters(edition, renderer, breaks)),
        imprint=renderer.marked_by(IMPRINT, edition.imprint(Format.SINGLE)),
        notes=renderer.furniture.notes(tuple(note for chapter in chapters for note in chapter.notes)),
    )
    parse_markup(page, "the single page")
    path.write_text(page + "\n", "utf-8")


def _sheet(edition: Edition, *names: str) -> Markup:
    """Return sheets as one, with the files that they name inside."""
    style = edition.styles.with_tokens(*names)
    style = with_addresses(style, {file: edition.inlined(file) for file in files_of(style)})
    return Markup(style.replace("</", "<\\/"))


def _chapters(edition: Edition, renderer: Renderer, breaks: PageBreaks) -> Iterator[Markup]:
    kept, marks = rendered("single", edition, lambda: (renderer.target.pictures,)), Marks(edition, breaks)
    for chapter in edition.document.chapters:
        key = f"{chapter.identifier} {marks.of(chapter)}"
        yield kept.of(chapter, key, partial(_chapter, edition, chapter, renderer))


def _chapter(edition: Edition, chapter: Chapter, renderer: Renderer) -> Markup:
    language = Markup(' lang="{}"').format(told) if (told := edition.language_of(chapter)) else ""
    return Markup('<div class="chapter" id="{}"{}>\n{}\n</div>').format(
        chapter.identifier, language, renderer.blocks(chapter.children)
    )

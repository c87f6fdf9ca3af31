"""The single page: the whole book in one file, with its style and its pictures inside."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from markupsafe import Markup

from octavo.document import Chapter
from octavo.media import media_type
from octavo.render.contents import contents
from octavo.render.edition import Edition
from octavo.render.renderer import Renderer
from octavo.render.target import Format, Target
from octavo.render.templates import parse_markup


def write_single(edition: Edition, path: Path) -> None:
    """Write the single page; nothing in it asks for another file."""
    renderer = edition.renderer(
        Target(format=Format.SINGLE, pictures={file: _inlined(edition, file) for file in edition.pictures}, shift=1)
    )
    chapters = edition.document.chapters
    page = edition.render(
        "site/single.html",
        Format.SINGLE,
        description=edition.description,
        style=Markup(edition.styles.with_tokens("book", "site").replace("</", "<\\/")),
        title_page=edition.title_page(Format.SINGLE),
        abstract=edition.abstract(renderer),
        contents=edition.contents(contents(edition.document), renderer),
        body=Markup("\n").join(_chapter(chapter, renderer) for chapter in chapters),
        notes=renderer.furniture.notes(tuple(note for chapter in chapters for note in chapter.notes)),
    )
    parse_markup(page, "the single page")
    path.write_text(page + "\n", "utf-8")


def _chapter(chapter: Chapter, renderer: Renderer) -> Markup:
    return Markup('<div class="chapter" id="{}">\n{}\n</div>').format(
        chapter.identifier, renderer.blocks(chapter.children)
    )


def _inlined(edition: Edition, file: str) -> str:
    data = b64encode(edition.book.files.read_bytes(file, None)).decode("ascii")
    return f"data:{media_type(file)};base64,{data}"

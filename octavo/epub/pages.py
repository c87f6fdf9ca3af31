"""The files of the EPUB that are read: the title page, the imprint, and one file a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from markupsafe import Markup

from octavo.epub.languages import with_languages
from octavo.epub.package import XHTML, File
from octavo.epub.parts import part_of
from octavo.epub.sizes import divided
from octavo.render.edition import Edition
from octavo.render.page_breaks import IMPRINT, NO_BREAKS, Marker, PageBreaks
from octavo.render.page_breaks import TITLE_PAGE as TITLE
from octavo.render.pages import Page, places, split
from octavo.render.rendered import Marks, rendered
from octavo.render.renderer import Renderer
from octavo.render.target import Format, Target
from octavo.render.templates import parse_markup

ENDING = ".xhtml"
TITLE_PAGE = "title.xhtml"
# What the manifest says of a file that holds it (EPUB 3.3, D.5).
_HELD = {"mathml": "{http://www.w3.org/1998/Math/MathML", "svg": "{http://www.w3.org/2000/svg"}


@dataclass(frozen=True, kw_only=True)
class EpubPages:
    """Make the files of an edition, with marks where the printed pages begin that `breaks` tell."""

    edition: Edition
    breaks: PageBreaks = NO_BREAKS
    pages: tuple[Page, ...] = field(init=False)
    places: dict[str, str] = field(init=False)
    mark: Marker | None = field(init=False)

    def __post_init__(self) -> None:
        pages = split(self.edition.document)
        object.__setattr__(self, "mark", None)
        object.__setattr__(self, "places", {})
        pages = divided(pages, lambda page: len(self.page(page).content))
        object.__setattr__(self, "pages", pages)
        object.__setattr__(self, "places", places(pages, ENDING, self.edition.document.abstract, TITLE_PAGE))
        object.__setattr__(self, "mark", self.edition.marker(self.breaks, Format.EPUB))

    @property
    def first(self) -> str:
        """Return the file with which the text begins."""
        return self.pages[0].name + ENDING if self.pages else TITLE_PAGE

    def title_page(self) -> File:
        """Return the title page, which holds the abstract too."""
        edition, renderer = self.edition, self._renderer(TITLE_PAGE)
        title = renderer.marked_by(TITLE, edition.title_page(Format.EPUB))
        return self._file(
            TITLE_PAGE,
            title=edition.document.metadata.title,
            kind="titlepage",
            matter="frontmatter",
            body=title + Markup("\n") + edition.abstract(renderer),
        )

    def imprint(self) -> list[File]:
        """Return the imprint, where there is one."""
        edition, renderer = self.edition, self._renderer("imprint.xhtml")
        imprint = edition.imprint(Format.EPUB)
        if not imprint:
            return []
        body = Markup('<h1 class="page-title">{}</h1>\n').format(edition.words.imprint) + imprint
        return [
            self._file(
                "imprint.xhtml",
                title=edition.words.imprint,
                kind="copyright-page",
                matter="frontmatter",
                body=renderer.marked_by(IMPRINT, body),
            )
        ]

    def page(self, page: Page) -> File:
        """Return the file of a page."""
        edition, renderer = self.edition, self._renderer(page.name + ENDING, page.shift)
        part = part_of(page)
        body = renderer.blocks(page.blocks)
        if page.heading is None and not page.continues:
            body = Markup('<h1 class="page-title">{}</h1>\n').format(edition.document.metadata.title) + body
        return self._file(
            page.name + ENDING,
            title=edition.title_of((page.continues or page).heading),
            kind=part.kind,
            role=part.role,
            matter=part.matter,
            language=edition.language_of(page.chapter),
            body=body,
            notes=renderer.furniture.notes(page.notes),
        )

    def text(self) -> list[File]:
        """Return the files of all pages, those that are the same in every way as an earlier build has made them."""
        kept, marks = rendered("epub", self.edition, lambda: (self.places,)), Marks(self.edition, self.breaks)
        return [
            kept.of(page.chapter, f"{page.name} {marks.of(page.chapter)}", partial(self.page, page))
            for page in self.pages
        ]

    def _renderer(self, name: str, shift: int = 0) -> Renderer:
        return self.edition.renderer(
            Target(
                format=Format.EPUB,
                page=name,
                places=self.places,
                pictures=self.edition.pictures,
                shift=shift,
                mark=self.mark,
            )
        )

    def _file(self, name: str, **variables: object) -> File:
        usual = {"role": None, "language": None, "notes": Markup("")}
        return file_of(name, self.edition.render("epub/page.xhtml", Format.EPUB, **{**usual, **variables}))


def file_of(name: str, markup: Markup, *properties: str) -> File:
    """Return a file that is read, with what its markup holds."""
    root = parse_markup(markup, name)  # a reader shows nothing at all of a file that is not well-formed
    namespaces = {str(element.tag).partition("}")[0] for element in root.iter()}
    held = [kind for kind, namespace in _HELD.items() if namespace in namespaces]
    return File(
        name=name,
        media_type=XHTML,
        content=f"{with_languages(markup)}\n".encode(),
        properties=(*properties, *held),
        spine=True,
        identifiers=tuple(identifier for element in root.iter() if (identifier := element.get("id"))),
    )

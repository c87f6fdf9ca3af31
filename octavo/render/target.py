"""What a fragment is rendered for. The closed list of differences between the formats stands here, and only here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from markupsafe import Markup, escape

from octavo.diagnostics import Position
from octavo.document import IndexEntry, Note, Shape
from octavo.render.index import Page, Place, by_page, by_section
from octavo.render.lists import Captioned

# Where the PDF finds the files of the book.
BOOK = "octavo:/book/"


class Format(Enum):
    """Name what is written: pages of a site, one page with all in it, a PDF, an EPUB."""

    SITE = "site"
    SINGLE = "single"
    PDF = "pdf"
    EPUB = "epub"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """State where a fragment will stand.

    `page` is the file it goes to, `places` the address of each identifier, `pictures` the address of each image file,
    `notes` the notes by identifier, `lists` the captions by kind, `pages` the page that each identifier is on,
    `hidden` the calls of notes and works that this format does not show, `current` the headings that begin the
    page, `shift` what is added to the level of a heading, `ink` and `fonts` the colour and the fonts of words in
    drawings, `attaches_formulas` whether formulas that are drawn bear their MathML too, `broken` the shapes of
    those, by their places, that are broken into lines, `fitted` the classes of tables, by their places, that would be
    wider than the page without them, `mark` what marks the printed pages that begin in a piece of the book
    (Difference: page marker), `keys` the keys of the pieces by the ids of their nodes.
    """

    format: Format
    page: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Captioned]] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    current: frozenset[str] = frozenset()
    shift: int = 0
    highlight: bool = True
    ink: str = "#000"
    fonts: str = "serif"
    attaches_formulas: bool = False
    broken: Mapping[Position, Shape] = field(default_factory=dict)
    fitted: Mapping[Position, tuple[str, ...]] = field(default_factory=dict)
    mark: Callable[[str, Markup], Markup] | None = None
    keys: Mapping[int, str] = field(default_factory=dict)

    def href(self, identifier: str) -> str:
        """Return the address of a node of this book. (Difference: href)"""
        address = self.places.get(identifier, f"#{identifier}")
        file, _, fragment = address.partition("#")
        return f"#{fragment}" if fragment and file == self.page else address

    def picture(self, file: str) -> str:
        """Return the address of an image. (Difference: picture)"""
        return self.pictures.get(file, file)

    def calls(self, note: Note) -> list[int]:
        """Return which calls of a note this format shows."""
        return [call for call in range(1, note.calls + 1) if f"{note.identifier}-call-{call}" not in self.hidden]

    @property
    def brackets_readings(self) -> bool:
        """Tell whether readings have brackets for what cannot set them: not in EPUB, whose readers can (EPUBCheck)."""
        return self.format is not Format.EPUB

    def permalink(self, identifier: str | None) -> str | None:
        """Return the address of a thing at itself, which readers on the web can copy. (Difference: permalink)"""
        shown = self.format in (Format.SITE, Format.SINGLE)
        return f"#{identifier}" if shown and identifier else None

    @property
    def notes_at_foot(self) -> bool:
        """Tell whether notes are printed where they are called, to float to the foot. (Difference: note)"""
        return self.format is Format.PDF

    @property
    def draws_formulas(self) -> bool:
        """Tell whether formulas are drawings, for nothing there sets MathML. (Difference: formula)"""
        return self.format is Format.PDF

    @property
    def prints_pages(self) -> bool:
        """Tell whether pages have numbers that a reader can turn to. (Difference: page reference)"""
        return self.format is Format.PDF

    def locators(self, entry: IndexEntry) -> list[Place]:
        """Return where an entry of the index leads to. (Difference: index locator)"""
        shown = [locator for locator in entry.locators if self.shows(locator.formats)]
        return by_page(shown, self.pages) if self.prints_pages else by_section(shown)

    def shows(self, formats: Collection[str]) -> bool:
        """Tell whether what is meant for these formats is shown in this one. (Difference: only)"""
        name = "html" if self.format in (Format.SITE, Format.SINGLE) else self.format.value
        return name in formats

    def semantics(self, kind: str, role: str | None = None) -> Markup:
        """Return the attributes that say what an element is: `epub:type` too in an EPUB. (Difference: epub:type)"""
        role = role or f"doc-{kind}"
        epub_type = f' epub:type="{escape(kind)}"' if self.format is Format.EPUB else ""
        return Markup(f'{epub_type} role="{escape(role)}"')

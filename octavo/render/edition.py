"""What the writers of all formats share: the document, the templates and styles over it, and its pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from markupsafe import Markup

from octavo.book import Book, slug_of
from octavo.diagnostics import Position, Report
from octavo.document import (
    FORMATS,
    Chapter,
    CitationLink,
    Document,
    Formats,
    Heading,
    Image,
    Node,
    Note,
    NoteReference,
    Only,
    OnlySpan,
    Paragraph,
    note_formats,
    spoken_text,
    walk,
    walk_formats,
)
from octavo.media import font_type, media_type
from octavo.render.contents import Entry, contents, contents_lines
from octavo.render.formula_font import FILE as FORMULA_FONT
from octavo.render.formula_font import formula_sheet, has_formulas
from octavo.render.imprint import imprint_lines, title_page_lines
from octavo.render.layers import check_theme, layers_of
from octavo.render.lists import Captioned, captions
from octavo.render.own_files import check_sheets, check_templates
from octavo.render.own_sheets import own_sheets
from octavo.render.page_breaks import Marker, PageBreaks, keys_of
from octavo.render.renderer import Renderer
from octavo.render.sheet_files import sheet_file_finder
from octavo.render.styles import Sheet, Styles
from octavo.render.target import Format, Target
from octavo.render.templates import Templates
from octavo.render.title_words import title_parts, written_date
from octavo.store import programs_now
from octavo.words import Words, words_of


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Hold a normalised document and all that its writers need beside it; `digests` are of its nodes, by their ids."""

    document: Document
    book: Book
    report: Report
    kind: str
    slug: str
    templates: Templates = field(init=False)
    styles: Styles = field(init=False)
    sheet_files: list[str] = field(init=False)
    digests: dict[int, str | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        check_theme(self.book, self.report)
        templates, sheets = layers_of(self.book, "templates"), layers_of(self.book, "styles")
        check_sheets(sheets, self.report)
        check_templates(templates, self.report)
        find = sheet_file_finder(self.book.files, self.book.settings.limits.pixels, self.report)
        sheets, files = own_sheets(sheets, find, self.report)
        styles = Styles(self.document.metadata.language, self.book.settings.theme.tokens, sheets)
        styles.check_tokens(self.place_of_token, self.report)
        object.__setattr__(self, "templates", Templates(templates))
        object.__setattr__(self, "styles", styles)
        object.__setattr__(self, "sheet_files", files)

    def place_of_token(self, name: str) -> Position:
        """Return where octavo.toml sets a token; its name may be written with underscores."""
        keys = [("theme", name), ("theme", name.replace("-", "_"))]
        return max(self.book.configuration.value(key) for key in keys)

    @property
    def words(self) -> Words:
        """Return the words of the book's language."""
        return words_of(self.document.metadata.language)

    def language_of(self, chapter: Chapter) -> str | None:
        """Return the language of a chapter where that is another than the book's."""
        language = chapter.language or ""
        return language if language.lower() not in ("", self.document.metadata.language.lower()) else None

    @cached_property
    def notes(self) -> dict[str, Note]:
        """Return all notes by identifier."""
        return {note.identifier: note for note in walk(self.document, Note) if note.identifier}

    @cached_property
    def lists(self) -> dict[str, tuple[Captioned, ...]]:
        """Return all captions by kind."""
        return captions(self.document)

    @cached_property
    def pictures(self) -> dict[str, str]:
        """Return for each image file of the text the name that it gets in an output."""
        return {file: self.names[file] for file in self._pictures}

    @cached_property
    def names(self) -> dict[str, str]:
        """Return for each file of text and styles the name that it gets in an output: ASCII, and used once."""
        names: dict[str, str] = {}
        of_formulas = [FORMULA_FONT] if has_formulas(self.document) else []
        for file in dict.fromkeys((*self._pictures, *self.sheet_files, *of_formulas)):
            path = PurePosixPath(file)
            folder, base = "fonts" if font_type(file) else "images", slug_of(str(path.with_suffix("")))
            name, count = f"{folder}/{base}{path.suffix.lower()}", 1
            while name in names.values():
                count += 1
                name = f"{folder}/{base}-{count}{path.suffix.lower()}"
            names[file] = name
        return names

    def formula_sheets(self, *, font: bool) -> tuple[str, ...]:
        """Return the sheets of formulas that are set as MathML: how they look, and that of their font where wanted."""
        if not has_formulas(self.document):
            return ()
        return ("formulas", self._formula_font) if font else ("formulas",)

    @cached_property
    def _formula_font(self) -> Sheet:
        return Sheet(formula_sheet(self.document, self.book.files))

    @cached_property
    def _pictures(self) -> list[str]:
        images = walk(self.document, Image)
        return list(dict.fromkeys(image.file for image in images if image.file))

    def inlined(self, file: str) -> str:
        """Return an address that holds a file itself."""
        data = b64encode(self.book.files.read_bytes(file, None)).decode("ascii")
        return f"data:{media_type(file) or font_type(file)};base64,{data}"

    def marker(self, breaks: PageBreaks, format: Format) -> Marker | None:
        """Return what marks in one format where printed pages begin, or None where no pages are known."""
        semantics = Target(format=format).semantics("pagebreak") if format is Format.EPUB else Markup("")
        return Marker(breaks, semantics) if breaks else None

    def renderer(self, target: Target) -> Renderer:
        """Return a renderer for one target, which is told of the book's notes and captions."""
        keys = self.keys if target.mark else {}
        told = replace(target, notes=self.notes, lists=self.lists, hidden=self._hidden(target), keys=keys)
        return Renderer(told, self.templates, self.words)

    @property
    def around(self) -> tuple[object, ...]:
        """Return all that a chapter may show beside what it holds, its notes among that, but for lists of captions."""
        parts = (self.document.metadata, self.document.abstract, self._partial_calls)
        settings = self.book.settings.model_dump_json()
        return programs_now(), self.kind, self.slug, settings, self.templates.own_texts, self.names, *parts

    def _hidden(self, target: Target) -> frozenset[str]:
        """Return the calls of notes and works that a target does not show."""
        return frozenset(call for call, formats in self._partial_calls if not target.shows(formats))

    @cached_property
    def _partial_calls(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the calls of notes and works that are for some formats only, and for which."""
        return tuple(
            (
                node.identifier or "" if isinstance(node, CitationLink) else f"{node.note}-call-{node.call}",
                tuple(formats),
            )
            for node, formats in self._partial()
            if isinstance(node, NoteReference | CitationLink)
        )

    def _partial(self) -> Iterator[tuple[Node, Formats]]:
        """Yield what is for some formats only, with these: what stands in a note, where the note is called."""
        if any(True for _ in walk(self.document, Only, OnlySpan)):
            for node, formats in walk_formats(self.document, note_formats(self.document)):
                if formats != FORMATS:
                    yield node, formats

    def title_of(self, heading: Heading | None) -> str:
        """Return the text of a heading with its number and label, or the book's title."""
        if heading is None:
            return self.document.metadata.title
        label = f"{heading.label}{self.words.colon}" if heading.label else ""
        number = f"{heading.number} " if heading.number else ""
        return f"{number}{label}{spoken_text(heading.children)}"

    def render(self, name: str, format: Format, **variables: object) -> Markup:
        """Render a frame or a piece that is no node, with the variables that all of them get."""
        target = Target(format=format)
        return self.templates.render(
            name, metadata=self.document.metadata, words=self.words, semantics=target.semantics, **variables
        )

    def title_page(self, format: Format) -> Markup:
        """Render what stands on the title page."""
        metadata = self.document.metadata
        return self.render(
            "title.html",
            format,
            parts=title_parts(metadata.title),
            date=written_date(metadata.date, metadata.language),
            lines=title_page_lines(metadata) if self.kind != "book" else [],
        )

    def imprint(self, format: Format) -> Markup:
        """Render the imprint of a book, or nothing where there is nothing to print on it."""
        lines = imprint_lines(self.document.metadata)
        if self.kind != "book" or not lines:
            return Markup("")
        metadata = self.document.metadata
        return self.render("imprint.html", format, lines=lines, date=written_date(metadata.date, metadata.language))

    def abstract(self, renderer: Renderer) -> Markup:
        """Render abstract with its notes, and keywords, or nothing where there are none."""
        abstract, keywords = self.document.abstract, self.document.metadata.keywords
        if not abstract and not keywords:
            return Markup("")
        return self.render(
            "abstract.html",
            renderer.target.format,
            abstract=renderer.blocks(abstract.children) if abstract else None,
            notes=renderer.furniture.notes(abstract.notes if abstract else (), self.words.abstract),
            keywords=keywords,
        )

    def contents(self, entries: tuple[Entry, ...], renderer: Renderer, mark: Marker | None = None) -> Markup:
        """Render a table of contents as seen from one page, or nothing where it would be empty.

        `mark` marks the lines with which printed pages begin.
        """
        if not entries:
            return Markup("")
        lines = contents_lines(entries, renderer, mark)
        return self.render("contents.html", renderer.target.format, entries=lines)

    @cached_property
    def table(self) -> tuple[Entry, ...]:
        """Return the contents of the book."""
        return contents(self.document)

    @cached_property
    def keys(self) -> dict[int, str]:
        """Return the keys by which the places are told at which printed pages begin."""
        return keys_of(self.document)

    @property
    def description(self) -> str:
        """Return one paragraph about the book, or an empty text."""
        blocks = self.document.abstract.children if self.document.abstract else ()
        paragraphs = (node for block in blocks for node in walk(block, Paragraph))
        return self.document.metadata.description or " ".join(map(spoken_text, paragraphs))

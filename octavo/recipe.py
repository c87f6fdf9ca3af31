"""The story: read the book, parse it, normalise it, write what was asked for, move it into place."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeAlias

from octavo.book import Book, Excerpt, FrontMatter, SourceFile, clean, read_book, read_front_matter, slug_of
from octavo.book.pdf_settings import Standard
from octavo.citations.foretold import foretell
from octavo.citations.read import Bibliographies
from octavo.citations.sources import citation_sources
from octavo.collector import without_collector
from octavo.diagnostics import Failure, Position, Report, Rule
from octavo.diagrams import diagram_drawer
from octavo.document import Abstract, Chapter, Document, Heading, Text, with_chapters_of
from octavo.mathematics import formula_setter
from octavo.normalise import Context, OwnKind, normalise
from octavo.normalise.code_files import code_reader
from octavo.normalise.metadata import state_metadata
from octavo.normalise.own_passes import load_own_passes
from octavo.normalise.pictures import picture_finder
from octavo.parse import Parsed, Reading, kept_chapter, parse_chapter
from octavo.publish import staging
from octavo.record import Witness, outputs_of
from octavo.render.edition import Edition
from octavo.render.page_breaks import PageBreaks
from octavo.store import limit, open_store, remember, remembered
from octavo.timings import Timings
from octavo.writers import ALONE, Work, write_formats

__all__ = ["FORMATS", "FormatName", "Timings", "build", "kind_of", "parse", "prepare", "write"]

FormatName: TypeAlias = Literal["html", "pdf", "epub"]
FORMATS: tuple[FormatName, ...] = ("html", "pdf", "epub")

# The tree is walked by functions that call themselves: 256 levels of text are some thousand calls deep.
_CALLS = 20_000


def build(
    path: Path,
    output: Path,
    formats: Sequence[FormatName],
    report: Report,
    timings: Timings,
    *,
    trust: bool = False,
    standard: Standard | None = None,
    work: Work = ALONE,
    witness: Witness | None = None,
) -> None:
    """Build a book into `output`; `trust` lets passes of the book's own run, `standard` is what the PDF shall keep to.

    `work` says how it is done. Whatever is wrong is in `report` afterwards; where that has an error, nothing in
    `output` was touched. `witness` hears of all that was read and written.
    """
    store, witness = open_store("builds", report), witness or Witness()
    try:
        edition = prepare(path, report, timings, trust=trust, standard=standard, witness=witness)
        if edition is None:
            return
        write(edition, output, formats, timings, work=work, witness=witness)
    except Failure as failure:
        report.take(failure.diagnostic)
    finally:
        store.trim(limit())


def write(
    edition: Edition,
    output: Path,
    formats: Sequence[FormatName],
    timings: Timings,
    *,
    work: Work = ALONE,
    witness: Witness | None = None,
) -> PageBreaks:
    """Write some formats of a prepared book into `output`, and return where the pages of the PDF begin.

    Where the report of the edition has an error then, nothing in `output` was touched. Raises Failure as writers do.
    """
    with staging(output, edition.report) as folder:
        breaks = write_formats(edition, folder, formats, timings.stage, work)
        if witness is not None:
            witness.wrote = outputs_of(folder)
    return breaks


def prepare(
    path: Path,
    report: Report,
    timings: Timings,
    *,
    trust: bool = False,
    standard: Standard | None = None,
    witness: Witness | None = None,
) -> Edition | None:
    """Return what the writers need, or None where the book has errors. Raises Failure where it cannot be read."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _CALLS))
    with timings.stage("read"):
        book = read_book(path, report, witness or Witness())
        if standard is not None:
            book = _with_standard(book, standard)
    bibliographies = Bibliographies(book.files)
    foretell(book, bibliographies)
    with without_collector():
        with timings.stage("parse"):
            document, fronts = parse(book, report)
        with timings.stage("normalise"):
            context = _context(book, document, fronts, bibliographies, report, trust=trust)
            document = _as_before(normalise(document, context), book)
            if cover := book.settings.book.cover:
                context.find_image(cover, book.configuration.value(("book", "cover")))
    return None if report.failed else _edition(document, book, report)


def _as_before(document: Document, book: Book) -> Document:
    """Return a document with the chapters of the last build of this process that are the same."""
    name = f"{book.files.root} {book.name}"
    document = with_chapters_of(remembered("document", name, lambda: document), document)
    remember("document", name, document)
    return document


def _with_standard(book: Book, standard: Standard) -> Book:
    """Return a book whose PDF shall keep to another standard than its configuration says."""
    pdf = book.settings.pdf.model_copy(update={"standard": standard})
    return replace(book, settings=book.settings.model_copy(update={"pdf": pdf}))


def _edition(document: Document, book: Book, report: Report) -> Edition | None:
    """Return the edition, which reads the book's own styles, or None where they or the theme have errors."""
    settings = book.settings.book
    slug = settings.slug or slug_of(book.name)
    edition = Edition(document=document, book=book, report=report, kind=kind_of(book, document), slug=slug)
    return None if report.failed else edition


def kind_of(book: Book, document: Document) -> str:
    """Return what kind of book this is: one of one file is an article unless it says otherwise."""
    return book.settings.book.kind or ("article" if len(document.chapters) == 1 else "book")


def parse(book: Book, report: Report) -> tuple[Document, Sequence[FrontMatter]]:
    """Return the document as it was written, with what the book states of itself, and the front matter of each file."""
    chapters: list[Chapter] = []
    fronts: list[FrontMatter] = []
    part = None
    for source, parsed in _parse_files(book, report):
        if source.part is not None and source.part != part:
            chapters.append(_part(source.part, book))
            part = source.part
        front = read_front_matter(parsed.front_matter, 2, source.path, report) if parsed.front_matter else FrontMatter()
        chapters.append(replace(parsed.chapter, title=front.title, language=front.language))
        fronts.append(front)
    if not any(chapter.children for chapter in chapters if chapter.role != "part"):
        report.add(Rule.BOOK_EMPTY, Position(chapters[0].file), "the book holds no text", "write into its chapters")
    stated = state_metadata(book, fronts[0] if len(fronts) == 1 else FrontMatter(), report)
    abstract = _parse_abstract(stated.abstract, book, report) if stated.abstract else None
    document = Document(
        metadata=stated.metadata, chapters=tuple(chapters), abstract=abstract, position=Position(book.chapters[0].path)
    )
    return document, fronts


def _part(index: int, book: Book) -> Chapter:
    """Return the page that begins a part of octavo.toml: a chapter with its title and nothing else."""
    place = book.configuration.value(("part", index, "title"))
    title = Text(text=book.settings.part[index].title, position=place)
    heading = Heading(level=1, children=(title,), position=place)
    return Chapter(file=f"part-{index + 1}", role="part", children=(heading,), position=place)


def _parse_files(book: Book, report: Report) -> Sequence[tuple[SourceFile, Parsed]]:
    """Return what each file holds; one that lies in the folder, and that a chapter includes, is no chapter itself."""
    files = [
        (source, kept_chapter(source.text, source.path, report, role=source.role, **_reading(book, report)))
        for source in book.chapters
    ]
    included = {file for _, parsed in files for file in parsed.included}
    return [(source, parsed) for source, parsed in files if source.listed or source.path not in included] or files


def _reading(book: Book, report: Report) -> Reading:
    """Return how the files of a book are read, whichever they are."""

    def open_file(path: str, position: Position) -> str:
        return clean(book.files.read_text(path, position), path, report)

    return {"depth": book.settings.limits.depth, "open": open_file}


def _parse_abstract(stated: Excerpt, book: Book, report: Report) -> Abstract:
    parsed = parse_chapter(stated.text, stated.file, report, place=stated.position, **_reading(book, report))
    return Abstract(file=stated.file, children=parsed.chapter.children, position=stated.begins)


def _context(
    book: Book,
    document: Document,
    fronts: Sequence[FrontMatter],
    bibliographies: Bibliographies,
    report: Report,
    *,
    trust: bool,
) -> Context:
    return Context(
        report=report,
        numbering=book.settings.book.numbering,
        notes=book.settings.book.notes,
        kinds={name: OwnKind(kind.label, kind.numbered) for name, kind in book.settings.kinds.items()},
        by_chapter=kind_of(book, document) != "article",
        name=book.name,
        single=book.single,
        find_image=picture_finder(book.files, book.settings.limits.pixels, report),
        read_text=code_reader(book.files, report),
        draw=diagram_drawer(book.files),
        set_formulas=formula_setter(),
        macros=book.settings.math.macros,
        has_file=lambda name: _has_file(book, name),
        sources=citation_sources(book, fronts, document.metadata.language, bibliographies, report),
        variables=book.settings.variables,
        own_passes=load_own_passes(book, report, trust=trust),
        expand=book.settings.abbreviations.expand,
        index_order=book.settings.index.order,
        link_notes=book.settings.pdf.has_link_notes,
    )


def _has_file(book: Book, name: str) -> bool:
    try:
        book.files.find(name, None)
    except Failure as failure:
        return failure.diagnostic.rule in (Rule.FILE_NOT_REGULAR, Rule.FILE_TOO_LARGE, Rule.FILE_OUTSIDE_BOOK)
    return True

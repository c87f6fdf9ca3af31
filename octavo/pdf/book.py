"""The PDF: the whole book as one piece of markup, its fonts checked, laid out and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from concurrent.futures import Executor
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from octavo.diagnostics import Position, Report
from octavo.document import Index, Shape, walk
from octavo.pdf.broken_formulas import broken_formulas
from octavo.pdf.coarse_pictures import report_coarse_pictures
from octavo.pdf.fonts import characters_of, check_characters, check_families, families_of, font_faces, signs_of
from octavo.pdf.generated import characters_of_markup, generated_texts, template_texts
from octavo.pdf.libraries import check_libraries
from octavo.pdf.own_families import check_named, named_families
from octavo.pdf.own_fonts import own_fonts
from octavo.pdf.page_breaks import page_breaks
from octavo.pdf.parts import WHOLE, Part, Printing, Workers, is_long, make_ready, parts_of, write_apart
from octavo.pdf.printed import printed_texts
from octavo.pdf.sheets import ROLES, PrintSheet, font_stacks, print_sheets, sheet_names
from octavo.pdf.unit import LaidOut, lay_out, pages_of, write_pages
from octavo.pdf.wide_formulas import report_wide_formulas
from octavo.pdf.wide_tables import Fits, fits_of, report_wide_tables, wide_tables
from octavo.render.edition import Edition
from octavo.render.index import Page
from octavo.render.page_breaks import IMPRINT, NO_BREAKS, TITLE_PAGE, PageBreaks, Tracer
from octavo.render.rendered import rendered
from octavo.render.renderer import Renderer
from octavo.render.target import BOOK, Format, Target

# A second time for an index or a table that is too wide, a third where one of them moves what the index leads to; and
# so on if that makes it longer.
_ROUNDS = 5


def write_pdf(
    edition: Edition, path: Path, *, jobs: int = 1, executor: Executor | None = None, one_piece: bool = False
) -> PageBreaks:
    """Write the PDF, and return where its pages begin.

    Chapters are laid out apart, with at most `jobs` processes at a time or by an `executor`, unless it shall be in
    `one_piece`. Missing libraries, fonts and characters are reported before.
    """
    check_libraries(edition.report)
    prepared = None if edition.report.failed else _prepare(edition)
    if prepared is None:
        return NO_BREAKS
    printing, known = prepared
    pieces = parts_of(edition)
    if one_piece or pieces == (WHOLE,):
        whole = printing.write(WHOLE, {}, {})
        _check_characters(printing, {whole: characters_of_markup(whole)}, known)
        return NO_BREAKS if edition.report.failed else _write_whole(printing, whole, path)
    with Workers(jobs, executor) as workers:
        if printing.kept.is_new and is_long(sum(len(chapter.text) for chapter in edition.book.chapters)):
            workers.begin(make_ready, printing.plain_sheets())  # which takes them as long as what comes next
        parts = {part: printing.written(part, {}, {}) for part in pieces}
        _check_characters(printing, {written.markup: written.signs for written in parts.values()}, known)
        if edition.report.failed:
            return NO_BREAKS
        breaks = write_apart(printing, parts, path, workers)
    return _write_whole(printing, printing.write(WHOLE, {}, {}), path) if breaks is None else breaks


def _check_characters(printing: Printing, signs: Mapping[str, Set[str]], known: frozenset[int]) -> None:
    """Report what no font has; `signs` are those of each piece of markup."""
    edition, fine = printing.edition, signs_of(known)
    # Most markup has no others, and is not parsed for them.
    in_templates = (template_texts(markup, known, edition) for markup, found in signs.items() if not fine >= found)
    texts = chain(printed_texts(edition, fine, printing.kept), generated_texts(printing.sheets, known), *in_templates)
    check_characters(texts, known, edition.report)


def _prepare(edition: Edition) -> tuple[Printing, frozenset[int]] | None:
    """Return what the book is printed with, and which characters its fonts have; None where a font is missing."""

    def read(name: str) -> bytes:
        return edition.book.files.read_bytes(name, None)

    sheets = sheet_names(edition)
    stacks = font_stacks(edition, *sheets)
    families = families_of(stacks[ROLES[0]])  # each role has those of all
    printed = print_sheets(edition, *sheets)
    own = own_fonts([sheet.text for sheet in printed], read)
    others = [family for family in families if family.casefold() not in own]
    check_families(others, edition.report)
    named = named_families(printed)
    check_named(named, lambda family: family.casefold() in own or bool(characters_of(family)), edition.report)
    if edition.report.failed:
        return None
    broken = broken_formulas(edition, *sheets)
    ink, fonts = edition.styles.token("ink", *sheets), stacks["serif"]
    roles = tuple(chapter.role for chapter in edition.document.chapters)
    kept = rendered("print", edition, lambda: (broken, ink, fonts, roles))

    def write(part: Part, pages: Mapping[str, Page], fitted: Fits) -> str:
        return markup_of(edition, part, pages, broken, fitted, ink, fonts)

    faces, addresses = font_faces(dict.fromkeys([*others, *(family for each in named for family in each.families)]))
    printing = Printing(
        edition=edition,
        sheets=(PrintSheet(text=faces), *printed),
        addresses=addresses,
        read=read,
        write=write,
        kept=kept,
    )
    return printing, frozenset[int]().union(*map(characters_of, others), *own.values())


def _write_whole(printing: Printing, first: str, path: Path) -> PageBreaks:
    """Write the book in one piece."""
    edition, settings = printing.edition, printing.edition.book.settings.pdf
    markup, laid_out = _with_pages(
        first,
        lambda pages, fitted: printing.write(WHOLE, pages, fitted),
        lambda markup, report: lay_out(
            markup, printing.sheets, printing.addresses, printing.read, report, settings.image_resolution
        ),
        edition,
    )
    report_wide_formulas(laid_out.document.pages, edition.document, edition.report)
    report_coarse_pictures(laid_out.document.pages, edition.document, settings.image_resolution, edition.report)
    path.write_bytes(write_pages(laid_out, settings.standard, printing.identifier(markup), edition.report))
    return page_breaks(laid_out.document.pages, laid_out.trace, frozenset(pages_of(laid_out)))


def _with_pages(
    first: str,
    write: Callable[[Mapping[str, Page], Fits], str],
    lay: Callable[[str, Report], LaidOut],
    edition: Edition,
) -> tuple[str, LaidOut]:
    """Return the markup and its pages, `first` being what is written where nothing is known of them.

    The pages of an index are known when the book is laid out, so that one with an index is laid out twice; and again
    where its index is so long, and stands so early, that it moves what it leads to. So is one with tables that are too
    wide, which are set in another way then.
    """
    following, fitted, has_index = first, dict[Position, tuple[str, ...]](), any(walk(edition.document, Index))
    for _ in range(_ROUNDS):
        markup, report = following, Report()
        laid_out = lay(markup, report)
        wide = wide_tables(laid_out.document.pages, laid_out.root, edition.document)
        more = fits_of(table for table in wide if table.place not in fitted)
        if not (more or has_index):
            break
        fitted |= more
        following = write(pages_of(laid_out) if has_index else {}, fitted)
        if following == markup:
            break
    report_wide_tables(wide, fitted, report)
    for found in report:
        edition.report.take(found)
    return markup, laid_out


def markup_of(
    edition: Edition,
    part: Part,
    pages: Mapping[str, Page],
    broken: Mapping[Position, Shape],
    fitted: Fits,
    ink: str,
    fonts: str,
) -> str:
    """Return the markup of a part of the book, given what is known of its pages; words in drawings are in `ink`."""
    target = Target(
        format=Format.PDF,
        pictures={file: f"{BOOK}{quote(file)}" for file in edition.pictures},
        pages=pages,
        shift=1,
        ink=ink,
        fonts=fonts,
        attaches_formulas=edition.book.settings.pdf.standard == "ua-2",
        broken=broken,
        fitted=fitted,
        mark=Tracer(),
    )
    renderer = edition.renderer(target)
    blank_versos = edition.book.settings.pdf.has_blank_versos
    return edition.render(
        "pdf/book.html",
        Format.PDF,
        kind=edition.kind,
        blank_versos=blank_versos,
        description=edition.description,
        # Without blank versos it would move the title page to a left-hand page, and the imprint to a right-hand one.
        half_title=part.front and edition.kind == "book" and blank_versos,
        title_page=_traced(TITLE_PAGE, edition.title_page(Format.PDF), renderer) if part.front else "",
        imprint=_traced(IMPRINT, edition.imprint(Format.PDF), renderer) if part.front else "",
        abstract=edition.abstract(renderer) if part.front else "",
        contents=edition.contents(edition.table, renderer) if part.contents else "",
        chapters=list(_chapters(edition, renderer, part.chapters)),
    )


def _traced(key: str, markup: Markup, renderer: Renderer) -> Markup:
    return markup and renderer.marked_by(key, markup)  # what is empty has no page


def _chapters(edition: Edition, renderer: Renderer, wanted: range) -> Iterator[dict[str, object]]:
    """Yield what the template is given of each chapter: the first is the one at which pages are counted from 1."""
    chapters = edition.document.chapters
    first = next((chapter for chapter in chapters if chapter.role != "front"), chapters[0])
    in_part = False
    for index, chapter in enumerate(chapters):
        in_part = chapter.role == "body" and in_part
        if index in wanted:
            yield {
                "identifier": chapter.identifier,
                "role": chapter.role,
                "first": chapter is first,
                "in_part": in_part,
                "body": renderer.blocks(chapter.children),
            }
        in_part = in_part or chapter.role == "part"

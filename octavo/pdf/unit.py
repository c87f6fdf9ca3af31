"""Markup → laid-out pages → the bytes of a PDF: the one place where WeasyPrint is called."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from octavo.collector import without_collector
from octavo.diagnostics import Failure, Report, Rule
from octavo.pdf.document import finish
from octavo.pdf.folios import labels_of
from octavo.pdf.links import join_links
from octavo.pdf.markers import draw_markers_in_place
from octavo.pdf.patches import applied
from octavo.pdf.patches.called_notes import called_notes, liner
from octavo.pdf.patches.drawn_paths import drawer, drawn_paths
from octavo.pdf.patches.line_ends import line_ends, splitter
from octavo.pdf.patches.line_grid import aligner, line_grid
from octavo.pdf.patches.moved_notes import moved_notes, remaker
from octavo.pdf.patches.scaled_pictures import scaled_pictures, scaler
from octavo.pdf.patches.set_lines import liner_of_paragraphs, measured_lines, measurer, set_lines
from octavo.pdf.patches.tagging import tagger, tagging
from octavo.pdf.patches.whole_notes import preparer, whole_notes
from octavo.pdf.sheets import PrintSheet
from octavo.pdf.surroundings import neutral
from octavo.pdf.traced import Trace, parse_traced
from octavo.pdf.used_rules import names_in, used_rules
from octavo.pdf.warnings import Warnings
from octavo.render.index import Page
from octavo.render.target import BOOK

# WeasyPrint stretches spaces alone, which tears holes into lines of Han: a ragged edge is the better setting then.
_RAGGED = ":is(:root:lang(zh), :root:lang(ja)) :is(body, .foot-note) { text-align: start !important }"

Read = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """Hold laid-out pages, the markup that they were made of, and where the pieces of the book are in that."""

    document: Any
    root: ElementTree.Element
    trace: Trace


def lay_out(
    markup: str,
    sheets: Iterable[PrintSheet],
    addresses: Mapping[str, Path],
    read: Read,
    report: Report,
    resolution: int | None = None,
) -> LaidOut:
    """Return the pages of XML markup; every warning of WeasyPrint becomes a diagnostic.

    Pictures are written with at most `resolution` pixels an inch. `addresses` are files that the sheets name, `read`
    opens the book's own by their path. Raises Failure (layout-failed) where WeasyPrint gives up.
    """
    import cssselect2  # noqa: PLC0415 (all of these take half a second to load)
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    class Page(weasyprint.HTML):  # type: ignore[misc]  # the library has no types
        """Take a tree as it is: the library's own way would parse it as HTML, which closes <p> before a block."""

        def __init__(self, root: ElementTree.Element, fetch: Callable[..., Any]) -> None:
            self.base_url = BOOK
            self.url_fetcher = fetch
            self.media_type = "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    root, trace = parse_traced(markup, "the PDF")
    fetch = _fetcher(addresses, read)
    with _reported(report) as warnings, without_collector(), neutral():
        fonts, styles, names = FontConfiguration(), [], names_in(root)
        for sheet in sheets:
            with warnings.of(sheet):
                text = used_rules(sheet, names)
                styles.append(weasyprint.CSS(string=text, url_fetcher=fetch, font_config=fonts, base_url=BOOK))
        with _mended(report) as lines_are_set:
            if not lines_are_set:
                styles.append(weasyprint.CSS(string=_RAGGED))
            document = Page(root, fetch).render(stylesheets=styles, font_config=fonts, pdf_tags=True, dpi=resolution)
    join_links(document.pages)
    draw_markers_in_place(document.pages)
    return LaidOut(document=document, root=root, trace=trace)


def pages_of(laid_out: LaidOut) -> dict[str, Page]:
    """Return the page that each identifier is on."""
    labels = labels_of(laid_out.document.pages)
    return {
        name: Page(index, label)
        for index, (page, label) in enumerate(zip(laid_out.document.pages, labels, strict=True))
        for name in page.anchors
    }


@contextmanager
def _mended(report: Report) -> Iterator[bool]:
    """Put in place what mends the layout; hand out whether lines are set by us."""
    with ExitStack() as stack:
        for patch, replacement in (
            (line_ends(), splitter()),
            (moved_notes(), remaker()),
            (called_notes(), liner()),
            (whole_notes(), preparer()),
            (measured_lines(), measurer()),
            (line_grid(), aligner()),
        ):
            stack.enter_context(applied(patch, replacement, report))
        yield stack.enter_context(applied(set_lines(), liner_of_paragraphs(), report))


def write_pages(laid_out: LaidOut, standard: str, identifier: bytes, report: Report) -> bytes:
    """Return laid-out pages as a PDF that keeps to `standard`: “a-3a+ua-1”, one of the two, “ua-2” or “none”.

    Where our tags cannot be put in place the file claims nothing, for WeasyPrint's own do not keep to either.
    """
    out = BytesIO()
    patched = applied(tagging(), tagger(laid_out.root, modern=standard == "ua-2"), report)
    fast = applied(drawn_paths(), drawer(), report)
    scaled = applied(scaled_pictures(), scaler(), report)
    with _reported(report), without_collector(), neutral(), fast, scaled, patched as tagged:
        claims = standard.split("+") if tagged else []

        def finisher(document: Any, pdf: Any) -> None:
            finish(pdf, document.pages, claims)

        laid_out.document.write_pdf(
            out,
            finisher=finisher,
            pdf_tags=True,
            pdf_variant=f"pdf/{claims[0]}" if claims and claims[0] != "none" else None,
            pdf_identifier=identifier,
        )
    return out.getvalue()


def _fetcher(addresses: Mapping[str, Path], read: Read) -> Callable[..., Any]:
    """Return what serves WeasyPrint: the fonts and the pictures that were admitted, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
        """Serve from memory and disk, never from a network."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if path := addresses.get(url):
                return URLFetcherResponse(url, path.read_bytes())
            if url.startswith(BOOK):
                return URLFetcherResponse(url, read(unquote(url.removeprefix(BOOK))))
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"{url} is no file of the book")  # the library says so and goes on

    return Fetcher()


@contextmanager
def _reported(report: Report) -> Iterator[Warnings]:
    """Turn what WeasyPrint logs into diagnostics, and what it raises into a Failure (layout-failed)."""
    logger = logging.getLogger("weasyprint")
    handler = Warnings(report)
    before, propagate = logger.handlers[:], logger.propagate
    logger.handlers[:], logger.propagate = [handler], False
    try:
        yield handler
    except Failure:
        raise
    except Exception as error:  # whatever a style sheet makes it trip over
        message = f"WeasyPrint cannot lay out the book: {type(error).__name__}: {error}"
        raise Failure(Rule.LAYOUT_FAILED, None, message, "take the book's own style sheets out one by one") from error
    finally:
        logger.handlers[:], logger.propagate = before, propagate

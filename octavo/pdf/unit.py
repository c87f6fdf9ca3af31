"""Markup → laid-out pages → the bytes of a PDF, all of the book in one piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from octavo.collector import without_collector
from octavo.diagnostics import Report
from octavo.pdf.document import finish
from octavo.pdf.engine import Read, fetcher, mended, page_of, ragged, reported, styles_of
from octavo.pdf.folios import labels_of
from octavo.pdf.links import join_links
from octavo.pdf.markers import draw_markers_in_place
from octavo.pdf.patches import applied
from octavo.pdf.patches.drawn_paths import drawer, drawn_paths
from octavo.pdf.patches.scaled_pictures import scaled_pictures, scaler
from octavo.pdf.patches.tagging import tagger, tagging
from octavo.pdf.sheets import PrintSheet
from octavo.pdf.surroundings import neutral
from octavo.pdf.traced import Trace, parse_traced
from octavo.pdf.used_rules import names_in, used_rules
from octavo.render.index import Page


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
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 (takes half a second to load)

    root, trace = parse_traced(markup, "the PDF")
    fetch, names = fetcher(addresses, read), names_in(root)
    with reported(report) as warnings, without_collector(), neutral():
        fonts = FontConfiguration()
        used = (replace(sheet, text=used_rules(sheet, names)) for sheet in sheets)
        styles = styles_of(used, fetch, fonts, warnings)
        with mended(report) as lines_are_set:
            if not lines_are_set:
                styles.append(ragged())
            document = page_of(root, fetch).render(stylesheets=styles, font_config=fonts, pdf_tags=True, dpi=resolution)
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


def write_pages(laid_out: LaidOut, standard: str, identifier: bytes, report: Report) -> bytes:
    """Return laid-out pages as a PDF that keeps to `standard`: “a-3a+ua-1”, one of the two, “ua-2” or “none”.

    Where our tags cannot be put in place the file claims nothing, for WeasyPrint's own do not keep to either.
    """
    out = BytesIO()
    patched = applied(tagging(), tagger(laid_out.root, modern=standard == "ua-2"), report)
    fast = applied(drawn_paths(), drawer(), report)
    scaled = applied(scaled_pictures(), scaler(), report)
    with reported(report), without_collector(), neutral(), fast, scaled, patched as tagged:
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

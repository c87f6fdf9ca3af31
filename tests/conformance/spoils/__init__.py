"""What is spoiled in sound outputs, each thing for the judge that has to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from conformance.books import PDF_2
from conformance.spoils import epub, pdf, web


@dataclass(frozen=True, slots=True)
class Spoil:
    """Name what is spoiled in a copy of the one output that a pattern names, and what the judge says of it."""

    judge: str
    pattern: str
    name: str
    spoil: Callable[[Path], None]
    said: str


SPOILS = (
    Spoil("epubcheck", "*.epub", "picture left out of the manifest", epub.forget_picture, "RSC-008"),
    Spoil("epubcheck", "*.epub", "unknown element", epub.invent_element, "RSC-005"),
    Spoil("ace", "*.epub", "picture without text", epub.silence_picture, "image-alt"),
    Spoil("ace", "*.epub", "no access mode", epub.forget_access_modes, "metadata-accessmode"),
    Spoil("verapdf", "*.pdf", "not said to be PDF-UA", pdf.drop_ua_claim, "ua1: does not claim to be that"),
    Spoil("verapdf", "*.pdf", "not said to be PDF-A", pdf.drop_a_claim, "3a: does not claim to be that"),
    Spoil("verapdf", "*.pdf", "no language", pdf.drop_language, "ua1: 7.2-"),
    Spoil("verapdf", "*.pdf", "font without Unicode", pdf.drop_to_unicode, "3a: 6.2.11.7.2-"),
    Spoil("verapdf-ua-2", PDF_2, "not said to be PDF-UA", pdf.drop_ua_claim, "ua2: does not claim to be that"),
    Spoil(
        "verapdf-ua-2", PDF_2, "not said to be well tagged", pdf.drop_declarations, "wt1a: does not claim to be that"
    ),
    Spoil("verapdf-ua-2", PDF_2, "title in a paragraph", pdf.misplace_title, "ua2: Table 5. P-Title-1"),
    Spoil("verapdf-ua-2", PDF_2, "links to pages alone", pdf.forget_tags_of_destinations, "ua2: 8.8-1"),
    Spoil("verapdf-ua-2", PDF_2, "note that does not know its calls", pdf.forget_calls, "ua2: 8.2.5.14-"),
    Spoil("verapdf-ua-2", PDF_2, "font without Unicode", pdf.drop_to_unicode, "ua2: 8.4.5.8-1"),
    Spoil("links", PDF_2, "no such place", pdf.lead_astray, "leads nowhere"),
    Spoil("outloud", "*.pdf", "picture with a blank text", pdf.blank_alternative, "FIG-002"),
    Spoil("qpdf", "*.pdf", "table of objects elsewhere", pdf.move_cross_references, "xref not found"),
    Spoil("qpdf", "*.pdf", "cut short", pdf.cut_short, "can't find startxref"),
    Spoil("nu", "site", "stray tag in one page", web.in_site(web.stray_tag), "Stray end tag"),
    Spoil("nu", "site", "unknown property in the sheet", web.in_sheet(web.unknown_property), "colour"),
    Spoil("nu", "*.html", "no language", web.drop_language, "lang"),
    Spoil("axe", "*.html", "faint in the dark", web.faint_in_the_dark, "color-contrast"),
    Spoil(
        "axe", "*.html", "faint in the dark at one width", web.faint_in_the_dark_at(768), "'dark', 768): color-contrast"
    ),
    Spoil("axe", "*.html", "button without a name", web.nameless_button, "button-name"),
    Spoil("axe", "*.html", "wide", web.wide, "320): wider than the screen by"),
    Spoil("axe", "*.html", "complaint", web.complain, "console: it went wrong"),
    Spoil("axe", "*.html", "broken script", web.throw, "console: Error: it broke"),
    Spoil("axe", "*.html", "picture of another host", web.ask_elsewhere, "elsewhere: https://elsewhere.invalid/"),
    Spoil("axe", "*.html", "picture that is not there", web.ask_for_nothing, "missing: "),
    Spoil("axe", "site", "button without a name", web.in_site(web.nameless_button), "button-name"),
    Spoil("links", "site", "no such place", web.in_site(web.lead_astray), "no such id"),
    Spoil("links", "site", "sheet of another host", web.in_sheet(web.import_elsewhere), "fetched from elsewhere"),
    Spoil("links", "*.html", "no such place", web.lead_astray, "no such id"),
    Spoil("links", "*.epub", "no such place", epub.lead_astray, "no such id"),
    Spoil("links", "*.pdf", "no such place", pdf.lead_astray, "leads nowhere"),
    Spoil("own_links", "site", "no such place", web.in_site(web.lead_astray), "nowhere-at-all"),
    Spoil("own_links", "*.html", "no such place", web.lead_astray, "nowhere-at-all"),
    Spoil("own_links", "*.epub", "no such place", epub.lead_astray, "nowhere-at-all"),
)

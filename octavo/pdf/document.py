"""What the PDF says of itself: links described, pictures as archives want them, and its claims of conformance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pydyf

from octavo.pdf.folios import folios_of, labels_of, page_labels
from octavo.pdf.links import describe_links
from octavo.pdf.packed import pack_streams

# PDF/A admits a property of another standard only with a description of its schema (ISO 19005-3, 6.6.2.3).
_PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
# The two levels of Well-Tagged PDF are claimed by declarations (WTPDF 1.0, 6.1).
_WELL_TAGGED = b"""<rdf:Description rdf:about="" xmlns:pdfd="http://pdfa.org/declarations/"><pdfd:declarations><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo></rdf:li>
<rdf:li rdf:parseType="Resource">
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#reuse1.0</pdfd:conformsTo></rdf:li>
</rdf:Bag></pdfd:declarations></rdf:Description>
"""
# WeasyPrint states this, which the schema of PDF/UA does not have (ISO 14289-2, 5).
_NO_PROPERTY = b' pdfuaid:conformance="PDF/UA-2"'
_END = b"</rdf:RDF>"


def finish(pdf: Any, pages: Sequence[Any], claims: Collection[str]) -> None:
    """Complete a PDF before it is written; `claims` are the standards that nothing was found to contradict."""
    describe_links(
        pages, {name: label for page, label in zip(pages, labels_of(pages), strict=True) for name in page.anchors}
    )
    _label_pages(pdf, pages)
    for number, page in zip(pdf.pages["Kids"][::3], pages, strict=True):
        pdf.objects[number]["ArtBox"] = pydyf.Array(type_area(page._page_box))
    state_claims(pdf, claims)


def state_claims(pdf: Any, claims: Collection[str]) -> None:
    """Let a file say which standards it keeps to, and let its pictures be drawn as archives want them."""
    for item in pdf.objects:
        _without_interpolation(item)
    if "Metadata" in pdf.catalog:
        metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
        metadata.stream = [_claim(part, claims) for part in metadata.stream]
    pack_streams(pdf)


def _claim(packet: bytes, claims: Collection[str]) -> bytes:
    """Return metadata with the claims that WeasyPrint cannot make, one beside another."""
    if {"a-3a", "ua-1"} <= set(claims):
        return packet.replace(_END, _PDF_UA + _END)
    if "ua-2" in claims:
        return packet.replace(_NO_PROPERTY, b"").replace(_END, _WELL_TAGGED + _END)
    return packet


def _label_pages(pdf: Any, pages: Sequence[Any]) -> None:
    """Let a viewer call the pages by the numbers that are printed on them."""
    numbers = pydyf.Array()
    for index, style, first in page_labels(folios_of(pages)):
        numbers += [index, pydyf.Dictionary({"S": f"/{style}", "St": first})]
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def type_area(box: Any) -> list[float]:
    """Return the edges of what a page sets its text in (ISO 32000-1, 14.11.2): a check holds its contents to that."""
    left, top = box.content_box_x(), box.content_box_y()
    height = box.margin_height()
    edges = (left, height - top - box.height, left + box.width, height - top)
    return [round(edge * 0.75, 3) for edge in edges]


def _without_interpolation(item: Any) -> None:
    extra = getattr(item, "extra", None)
    if isinstance(extra, dict) and extra.get("Subtype") == "/Image":
        extra.pop("Interpolate", None)

"""What the PDF says of itself: links described, pictures as archives want them, and its claims of conformance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf

from octavo.pdf.folios import folios_of, page_labels
from octavo.pdf.links import describe_links

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
_END = b"</rdf:RDF>"


def finish(pdf: Any, pages: Sequence[Any], *, claims_ua: bool) -> None:
    """Complete a PDF before it is written; `claims_ua` says that nothing was found which contradicts PDF/UA-1."""
    describe_links(pages)
    _label_pages(pdf, pages)
    for item in pdf.objects:
        _without_interpolation(item)
    if claims_ua and "Metadata" in pdf.catalog:
        metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
        metadata.stream = [part.replace(_END, _PDF_UA + _END) for part in metadata.stream]


def _label_pages(pdf: Any, pages: Sequence[Any]) -> None:
    """Let a viewer call the pages by the numbers that are printed on them."""
    numbers = pydyf.Array()
    for index, style, first in page_labels(folios_of(pages)):
        numbers += [index, pydyf.Dictionary({"S": f"/{style}", "St": first})]
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def _without_interpolation(item: Any) -> None:
    extra = getattr(item, "extra", None)
    if isinstance(extra, dict) and extra.get("Subtype") == "/Image":
        extra.pop("Interpolate", None)

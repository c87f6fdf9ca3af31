"""What the PDF says of itself: links described, pictures as archives want them, and its claims of conformance."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

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


def finish(pdf: Any, root: Element, *, claims_ua: bool) -> None:
    """Complete a PDF before it is written; `claims_ua` says that nothing was found which contradicts PDF/UA-1."""
    import pydyf  # noqa: PLC0415 (comes with WeasyPrint)

    texts = _link_texts(root)
    for item in pdf.objects:
        if not isinstance(item, dict):
            _without_interpolation(item)
        elif item.get("Subtype") == "/Link" and (name := _destination(item)) in texts:
            item["Contents"] = pydyf.String(texts[name])
    if claims_ua and "Metadata" in pdf.catalog:
        metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
        metadata.stream = [part.replace(_END, _PDF_UA + _END) for part in metadata.stream]


def _link_texts(root: Element) -> dict[str, str]:
    """Return for each destination the text of the first link that leads there."""
    texts: dict[str, str] = {}
    for link in root.iter("a"):
        text = " ".join("".join(link.itertext()).split())
        if text:
            texts.setdefault((link.get("href") or "").removeprefix("#"), text)
    return texts


def _destination(annotation: Any) -> str | None:
    destination = annotation.get("Dest")
    return getattr(destination, "string", None)


def _without_interpolation(item: Any) -> None:
    extra = getattr(item, "extra", None)
    if isinstance(extra, dict) and extra.get("Subtype") == "/Image":
        extra.pop("Interpolate", None)

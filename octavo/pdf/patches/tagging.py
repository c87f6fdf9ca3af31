"""Tags of our own in place of WeasyPrint's.

Replaces `weasyprint.pdf.add_tags`, which makes a new tree on every page, tags running heads as text, has no tag for
code, notes and contents, and breaks PDF/UA on loose lists. It can go when WeasyPrint lets a caller build the tree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from octavo.pdf.destinations import lead_to_tags
from octavo.pdf.patches import Patch
from octavo.pdf.structure import write_structure
from octavo.pdf.tags import build_tags
from octavo.pdf.vocabulary import say_in_pdf_1, say_in_pdf_2


def tagging() -> Patch:
    """Return the patch."""
    import weasyprint.pdf  # noqa: PLC0415 (takes half a second to load)

    return Patch(module=weasyprint.pdf, name="add_tags", digest="f0e74575b0bafaf3", purpose="a better tree of tags")


def tagger(root: Element, *, modern: bool) -> Callable[..., None]:
    """Return what tags the PDF that was laid out from `root`; `modern` says that it is one of PDF 2.0."""

    def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
        pages = [page._page_box for page in document.pages]
        tree = build_tags(root, pages, [stream._tags for stream in page_streams])
        if not modern:
            say_in_pdf_1(tree.root)
            write_structure(pdf, tree, page_streams, modern=False)
            return
        places = tree.places
        say_in_pdf_2(tree.root, places.named)
        written = write_structure(pdf, tree, page_streams, modern=True)
        lead_to_tags(pdf, pages, lambda name: written[places.named(name)], lambda part: written[places.tag(part)])

    return add_tags

"""Notes are prepared before they are laid out: white space between their blocks takes no line, and long ones are cut.

Replaces `weasyprint.document.layout_document`. White space in notes is left as it was written, so that a line of
nothing stands between two blocks; and a note that is higher than a page is drawn beyond its edge, where nobody reads
it. It can go when WeasyPrint breaks notes between pages and treats their white space like that of other text.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from octavo.pdf.note_pieces import call_pieces, pieces_of
from octavo.pdf.patches import Patch


def whole_notes() -> Patch:
    """Return the patch."""
    import weasyprint.document  # noqa: PLC0415 (takes half a second to load)

    purpose = "to print long notes whole"
    return Patch(module=weasyprint.document, name="layout_document", digest="a5cbf437e99caf72", purpose=purpose)


def preparer() -> Callable[..., Any]:
    """Return what lays out a document, its notes prepared."""
    from weasyprint.document import layout_document  # noqa: PLC0415

    def lay_out(html: Any, root: Any, context: Any, *options: Any) -> Any:
        for note in context.footnotes:
            note.process_whitespace()
            note.process_text_transform()
        if context.footnotes:
            _cut_long(html, root, context)
        return layout_document(html, root, context, *options)

    return lay_out


def _cut_long(html: Any, root: Any, context: Any) -> None:
    """Let each piece of a note that is too high for a page be a note of its own, called where the note is."""
    area = _note_area(html, context)
    if area.max_height == inf:
        return
    notes, context.footnotes = context.footnotes, []  # what is measured calls none
    pieces = {id(note): pieces_of(note, area, context) for note in notes}
    context.footnotes = [piece for note in notes for piece in pieces[id(note)]]
    if len(context.footnotes) > len(notes):
        call_pieces(root, pieces)


def _note_area(html: Any, context: Any) -> Any:
    """Return the box of the notes on a usual page: how wide it is, and how high it may be."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox, PageBox  # noqa: PLC0415
    from weasyprint.layout import page as pages  # noqa: PLC0415
    from weasyprint.layout.percent import resolve_percentages  # noqa: PLC0415

    # No page of a document is its millionth: none that is made later is of this type.
    usual = pages.PageType(side="right", blank=False, name="", index=10**6, groups=())
    pages.set_page_type_computed_styles(usual, html, context.style_for)
    page = PageBox(usual, context.style_for(usual))
    size = page.style["size"]
    resolve_percentages(page, size)
    page.position_x = page.position_y = 0
    pages.page_width(page, context, size[0])
    pages.page_height(page, context, size[1])
    style = context.style_for(usual, "@footnote")
    area = FootnoteAreaBox(page, page.style.anonymous_style if style is None else style)
    resolve_percentages(area, page)
    area.position_x = area.position_y = 0
    area.width = page.width
    context.current_page = 1
    context.current_footnote_area = area
    return area

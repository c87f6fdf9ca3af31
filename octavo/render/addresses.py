"""The addresses of links on paper: as a note at the foot of the page, or behind a link that stands in a note itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.document import Link

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer


def render_address(link: Link, renderer: Renderer) -> Markup:
    """Return what stands behind a link in print; nothing in other formats, and where its text is its address."""
    if link.address_mark is None or not renderer.target.notes_at_foot:
        return Markup("")
    address = Markup('<span class="address">{}</span>').format(link.destination)
    if not link.address_mark or renderer.inside_note:
        return Markup(" ") + Markup(renderer.words.in_brackets).format(address)
    return renderer.templates.render(
        "foot-note.html",
        identifier=link.address_note,
        number=link.address_mark,
        body=Markup("<p>{}</p>").format(address),
        call=True,
    )

"""Citations, and the lists of works that they lead to → markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from octavo.document import Bibliography, BibliographyEntry, Citation, CitationLink, plain_text
from octavo.render.attributes import attributes

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer


def render_citation(node: Citation | CitationLink, renderer: Renderer) -> Markup:
    """Return the markup of a citation, or of one of the links in it."""
    if isinstance(node, CitationLink):
        return _link(node, renderer)
    return renderer.inlines(node.children) or escape(node.written)  # not set, which was reported


def _link(node: CitationLink, renderer: Renderer) -> Markup:
    identifier = Markup(' id="{}"').format(node.identifier) if node.identifier else ""
    label = ""
    if node.numbered:  # a screen reader that says “3, link” says nothing
        label = Markup(' aria-label="{}"').format(renderer.words.cited.format(plain_text(node.children)))
    return Markup('<a href="{}"{} class="citation"{}{}>{}</a>').format(
        renderer.target.href(node.target),
        identifier,
        renderer.target.semantics("biblioref"),
        label,
        renderer.inlines(node.children),
    )


def render_works(node: Bibliography | BibliographyEntry, renderer: Renderer) -> Markup:
    """Render `bibliography.html` with attributes and entries, or `entry.html` for one of them.

    An entry is given identifier, language, number, text and the addresses of its citations.
    """
    target = renderer.target
    if isinstance(node, Bibliography):
        numbered = any(entry.number for entry in node.entries)
        return renderer.templates.render(
            "bibliography.html",
            words=renderer.words,
            semantics=target.semantics,
            attributes=attributes(node, "bibliography", *(["numbered"] if numbered else [])),
            entries=[renderer.marked(entry, render_works(entry, renderer)) for entry in node.entries],
        )
    return renderer.templates.render(
        "entry.html",
        words=renderer.words,
        semantics=target.semantics,
        identifier=node.identifier,
        language=node.language,
        number=renderer.inlines(node.number),
        text=renderer.inlines(node.children),
        calls=[target.href(call) for call in node.calls if call not in target.hidden],
    )

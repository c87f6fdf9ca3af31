"""Inline nodes → polyglot markup: the same string is HTML and XML."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, assert_never

from markupsafe import Markup, escape

from octavo.document import (
    Abbreviation,
    Citation,
    CitationLink,
    Code,
    Emphasis,
    Formula,
    HardBreak,
    Image,
    IndexMark,
    Inline,
    Link,
    NoteReference,
    OnlySpan,
    RawInline,
    Reference,
    ReferenceGroup,
    Ruby,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    TermReference,
    Text,
    Variable,
)
from octavo.render.addresses import render_address
from octavo.render.attributes import attributes, size
from octavo.render.citations import render_citation

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer


_TAGS: dict[type[Inline], str] = {
    Emphasis: "em",
    Strong: "strong",
    Strikethrough: "del",
    Subscript: "sub",
    Superscript: "sup",
}


# Two calls of notes side by side would read as one number.
_BETWEEN_CALLS = Markup('<span class="between-calls"></span>')


def render_inlines(nodes: Sequence[Inline], renderer: Renderer) -> Markup:
    """Return the markup of a run of inlines."""
    if renderer.target.mark is None:
        rendered = [_render(node, renderer) for node in nodes]
    else:
        rendered = [renderer.marked(node, _render(node, renderer)) for node in nodes]
    for index, (node, behind) in enumerate(pairwise(nodes), 1):
        if isinstance(node, NoteReference) and isinstance(behind, NoteReference):
            rendered[index] = _BETWEEN_CALLS + rendered[index]
    return Markup("").join(rendered)


def _render(node: Inline, renderer: Renderer) -> Markup:
    match node:
        case Text():
            return escape(node.text)
        case SoftBreak():
            return Markup("\n")
        case HardBreak():
            return Markup("<br />\n")
        case Emphasis() | Strong() | Strikethrough() | Subscript() | Superscript():
            return _wrap(_TAGS[type(node)], node.children, renderer)
        case Span():
            return _span(node, renderer)
        case Ruby():
            return _ruby(node, renderer)
        case Abbreviation():
            return Markup('<abbr title="{}">{}</abbr>').format(node.expansion, node.text)
        case Code():
            return Markup("<code{}>{}</code>").format(attributes(node), node.text)
        case Link():
            return _link(node, renderer)
        case Image():
            return _image(node, renderer)
        case RawInline():
            return Markup(node.text)
        case NoteReference():
            return _note_reference(node, renderer)
        case Reference():
            return _reference(node, renderer)
        case ReferenceGroup():
            return _group(node, renderer)
        case Citation() | CitationLink():
            return render_citation(node, renderer)
        case Formula():
            return renderer.formula(node)
        case Variable():
            return escape(node.written)  # nothing has that name, which was reported
        case IndexMark():
            text = render_inlines(node.children, renderer)
            return Markup('<span id="{}" class="index-mark">{}</span>').format(node.identifier, text)
        case TermReference():
            return _term(node, renderer)
        case OnlySpan():
            return render_inlines(node.children, renderer) if renderer.target.shows(node.formats) else Markup("")
        case _:
            assert_never(node)


def _wrap(tag: str, children: Sequence[Inline], renderer: Renderer) -> Markup:
    return Markup(f"<{tag}>{render_inlines(children, renderer)}</{tag}>")


def _span(node: Span, renderer: Renderer) -> Markup:
    if node.tag == "wbr":
        return Markup("<wbr />")  # it has no content, and a browser would read an end tag as a second one
    return Markup(f"<{node.tag}{attributes(node)}>{render_inlines(node.children, renderer)}</{node.tag}>")


def _ruby(node: Ruby, renderer: Renderer) -> Markup:
    base, reading = render_inlines(node.children, renderer), render_inlines(node.reading, renderer)
    before, behind = map(Markup, ("<rp>（</rp>", "<rp>）</rp>") if renderer.target.brackets_readings else ("", ""))
    return Markup(f"<ruby>{base}{before}<rt>{reading}</rt>{behind}</ruby>")


def _title(title: str | None) -> Markup:
    return Markup(' title="{}"').format(title) if title else Markup("")


def _link(node: Link, renderer: Renderer) -> Markup:
    text = render_inlines(node.children, renderer)
    href = renderer.target.href(node.target) if node.target else renderer.outside(node.destination)
    if href is None:
        return text  # it led nowhere, which was reported
    link = Markup('<a href="{}"{}{}>{}</a>').format(href, attributes(node), _title(node.title), text)
    return link + render_address(node, renderer)


def _reference(node: Reference, renderer: Renderer) -> Markup:
    if node.target is None or node.text is None:
        return escape(node.written)  # it refers to nothing, which was reported
    text = renderer.page_of(node) or escape(node.text)
    reference = Markup('<a href="{}" class="reference">{}</a>').format(renderer.target.href(node.target), text)
    if node.form == "page":
        reference = Markup('<span class="page-reference">{}</span>').format(reference)
    return render_inlines(node.prefix, renderer) + reference + render_inlines(node.suffix, renderer)


def _group(node: ReferenceGroup, renderer: Renderer) -> Markup:
    if not all(child.target for child in node.children):
        return escape(node.written)
    separators = (*map(escape, node.separators), Markup(""))
    return Markup("").join(
        renderer.marked(child, _reference(child, renderer)) + separator
        for child, separator in zip(node.children, separators, strict=False)
    )


def _term(node: TermReference, renderer: Renderer) -> Markup:
    text = render_inlines(node.children, renderer)
    if node.target is None:
        return text  # no glossary explains it, which was reported
    semantics = renderer.target.semantics("glossref")
    return Markup('<a href="{}" class="term"{}>{}</a>').format(renderer.target.href(node.target), semantics, text)


def _image(node: Image, renderer: Renderer) -> Markup:
    source = renderer.picture(node)
    if source is None:
        return Markup('<span class="missing-image">{}</span>').format(node.spoken)
    # An empty one says that there is nothing to hear of; where its author only said nothing, none may be there (HTML,
    # 4.8.4.4.8), so that whoever judges the page can tell.
    alternative = Markup(' alt="{}"').format(node.spoken) if node.spoken or node.decorative else ""
    return Markup('<img src="{}"{}{}{}{} />').format(
        source, alternative, attributes(node), size(node), _title(node.title)
    )


def _note_reference(node: NoteReference, renderer: Renderer) -> Markup:
    if node.note is None:
        return escape(f"[^{node.label}]")  # never defined, which was reported
    return renderer.furniture.note_reference(node)

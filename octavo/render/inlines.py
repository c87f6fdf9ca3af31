"""Inline nodes → polyglot markup: the same string is HTML and XML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from markupsafe import Markup, escape

from octavo.document import (
    Code,
    Emphasis,
    HardBreak,
    Image,
    Inline,
    Link,
    NoteReference,
    RawInline,
    SoftBreak,
    Strikethrough,
    Strong,
    Text,
    plain_text,
)

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer


def render_inlines(nodes: Sequence[Inline], renderer: Renderer) -> Markup:
    """Return the markup of a run of inlines."""
    return Markup("").join(_render(node, renderer) for node in nodes)


def _render(node: Inline, renderer: Renderer) -> Markup:
    match node:
        case Text():
            return escape(node.text)
        case SoftBreak():
            return Markup("\n")
        case HardBreak():
            return Markup("<br />\n")
        case Emphasis():
            return _wrap("em", node.children, renderer)
        case Strong():
            return _wrap("strong", node.children, renderer)
        case Strikethrough():
            return _wrap("del", node.children, renderer)
        case Code():
            return Markup("<code>{}</code>").format(node.text)
        case Link():
            return _link(node, renderer)
        case Image():
            return _image(node, renderer)
        case RawInline():
            return Markup(node.text)
        case NoteReference():
            return _note_reference(node, renderer)
        case _:
            assert_never(node)


def _wrap(tag: str, children: Sequence[Inline], renderer: Renderer) -> Markup:
    return Markup(f"<{tag}>{render_inlines(children, renderer)}</{tag}>")


def _title(title: str | None) -> Markup:
    return Markup(' title="{}"').format(title) if title else Markup("")


def _link(node: Link, renderer: Renderer) -> Markup:
    text = render_inlines(node.children, renderer)
    href = renderer.target.href(node.target) if node.target else renderer.outside(node.destination)
    if href is None:
        return text  # it led nowhere, which was reported
    return Markup('<a href="{}"{}>{}</a>').format(href, _title(node.title), text)


def _image(node: Image, renderer: Renderer) -> Markup:
    source = renderer.picture(node)
    alternative = plain_text(node.children)
    if source is None:
        return Markup('<span class="missing-image">{}</span>').format(alternative)
    return Markup('<img src="{}" alt="{}"{} />').format(source, alternative, _title(node.title))


def _note_reference(node: NoteReference, renderer: Renderer) -> Markup:
    if node.note is None:
        return escape(f"[^{node.label}]")  # never defined, which was reported
    return renderer.furniture.note_reference(node)

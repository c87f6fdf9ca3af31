"""One renderer a page: it knows its target and its templates, and hands each node to the module that renders it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from markupsafe import Markup

from octavo.document import Block, Equation, Formula, Image, Inline, Node, Reference
from octavo.normalise.links import is_outside
from octavo.render.blocks import render_blocks, render_contents
from octavo.render.formulas import formula_drawing, formula_mathml
from octavo.render.furniture import Furniture
from octavo.render.inlines import render_inlines
from octavo.render.target import Target
from octavo.render.templates import Templates
from octavo.words import Words


class Renderer:
    """Turn nodes into markup for one target."""

    def __init__(self, target: Target, templates: Templates, words: Words, *, trusted: bool = False) -> None:
        """Take what to render for.

        `trusted` lets addresses through that no pass has resolved, as CommonMark does.
        """
        self.target = target
        self.templates = templates
        self.furniture = Furniture(self, words)
        self.words = words
        self.inside_note = False
        self._trusted = trusted

    def blocks(self, nodes: Sequence[Block]) -> Markup:
        """Return the markup of blocks."""
        return render_blocks(nodes, self)

    def contents(self, nodes: Sequence[Block]) -> Markup:
        """Return the markup of blocks in an item or a cell, where a tight paragraph is text and no element."""
        return render_contents(nodes, self)

    def inlines(self, nodes: Sequence[Inline]) -> Markup:
        """Return the markup of inlines."""
        return render_inlines(nodes, self)

    def marked(self, node: Node, markup: Markup, part: str = "") -> Markup:
        """Return a node, or a part of it, with the marks of the printed pages that begin in it."""
        return markup if (key := self.target.keys.get(id(node))) is None else self.marked_by(key + part, markup)

    def marked_by(self, key: str, markup: Markup) -> Markup:
        """Return the piece that has this key with the marks of the printed pages that begin in it."""
        return markup if self.target.mark is None else self.target.mark(key, markup)

    @contextmanager
    def unmarked(self) -> Iterator[None]:
        """Render what stands elsewhere too, such as headings in the contents: no page begins there."""
        before, self.target = self.target, replace(self.target, mark=None)
        try:
            yield
        finally:
            self.target = before

    def outside(self, destination: str) -> str | None:
        """Return the address of a link that leaves the book, or None for one that leads nowhere."""
        return destination if self._trusted or is_outside(destination) else None

    def picture(self, node: Image) -> str | None:
        """Return the address of an image, or None where it was not found."""
        if node.file is None:
            return node.source if self._trusted else None
        return self.target.picture(node.file)

    def formula(self, node: Formula | Equation) -> Markup:
        """Return a formula as this target shows it."""
        if self.target.draws_formulas:
            target = self.target
            if broken := target.broken.get(node.position):
                node = replace(node, shape=broken)
            return formula_drawing(node, target.ink, target.fonts, mathml=target.attaches_formulas)
        return formula_mathml(node, self.words.formula)

    def page_of(self, node: Reference) -> Markup | None:
        """Return what a reference to a page reads in print, where the sheet fills the number in; else None."""
        if node.form != "page" or not self.target.prints_pages:
            return None
        before, _, after = self.words.page.partition("{}")
        href = self.target.href(node.target or "")
        return Markup('{}<span class="page-number" data-target="{}"></span>{}').format(before, href, after)

    @contextmanager
    def within_note(self) -> Iterator[None]:
        """Render what stands inside a note, where no other note may float."""
        before, self.inside_note = self.inside_note, True
        try:
            yield
        finally:
            self.inside_note = before

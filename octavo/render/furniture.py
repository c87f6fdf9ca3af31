"""The pieces of a page that a designer may change: each is one template, used by all formats.

Each method says what its template is given; `semantics` is given to all that need it, and is the only way in which a
template may depend on the format.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias, assert_never

from markupsafe import Markup, escape

from octavo.document import (
    Answer,
    Callout,
    CodeBlock,
    Equation,
    Figure,
    Formula,
    Heading,
    Index,
    ListOf,
    Note,
    NoteReference,
    Table,
    Theorem,
    spoken_text,
    walk,
)
from octavo.render.attributes import attributes, size
from octavo.render.cells import cells_of
from octavo.render.code import code_markup
from octavo.render.formulas import is_empty
from octavo.render.index import entry_variables
from octavo.render.lists import list_lines
from octavo.render.page_breaks import CODE
from octavo.words import Words

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer


Piece: TypeAlias = Heading | CodeBlock | Table | Figure | Equation | Callout | Theorem | ListOf | Index | Note | Answer


class Furniture:
    """Render pieces for one renderer."""

    def __init__(self, renderer: Renderer, words: Words) -> None:
        self._renderer = renderer
        self._words = words

    def _render(self, name: str, **variables: object) -> Markup:
        return self._renderer.templates.render(
            f"{name}.html", words=self._words, semantics=self._renderer.target.semantics, **variables
        )

    def piece(self, node: Piece) -> Markup:
        """Render whichever piece a node is."""
        match node:
            case Heading():
                return self.heading(node)
            case CodeBlock():
                return self.listing(node)
            case Table():
                return self.table(node)
            case Figure():
                return self.figure(node)
            case Equation():
                return self.equation(node)
            case Callout():
                return self.callout(node)
            case Theorem():
                return self.theorem(node)
            case ListOf():
                return self.list_of(node)
            case Index():
                return self.index(node)
            case Note():
                return self.note(node)
            case Answer():
                return self.answer(node)
            case _:
                assert_never(node)

    def heading(self, node: Heading) -> Markup:
        """Render `heading.html` with level (1–6), attributes, heading, text, label (with its colon) and spoken.

        That is what a heading says in an outline, where its formulas cannot be shown.
        """
        highest = 2 if node.inner else 1  # a page has one title
        return self._render(
            "heading",
            level=max(highest, min(node.level + self._renderer.target.shift, 6)),
            attributes=attributes(node, *(["inner"] if node.inner else [])),
            heading=node,
            text=self._renderer.inlines(node.children),
            label=f"{node.label}{self._words.colon}" if node.label else None,
            spoken=spoken_text(node.children) if any(walk(node, Formula, NoteReference)) else None,
        )

    def permalink(self, node: Heading) -> Markup:
        """Render `permalink.html` with href and title, or nothing where nobody could use it."""
        href = self._renderer.target.permalink(node.anchor)
        if href is None:
            return Markup("")
        label = f"{node.label}{self._words.colon}" if node.label else ""
        title = f"{node.number or ''} {label}{spoken_text(node.children)}".strip()
        return self._render("permalink", href=href, title=title)

    def figure(self, node: Figure) -> Markup:
        """Render `figure.html` with attributes, label, caption and body."""
        return self._render(
            "figure",
            attributes=attributes(
                node, *(["figure-group"] if any(isinstance(c, Figure) for c in node.children) else [])
            )
            + size(node),
            label=node.label,
            permalink=self._renderer.target.permalink(node.anchor),
            caption=self._renderer.inlines(node.caption),
            body=self._renderer.contents(node.children),
        )

    def listing(self, node: CodeBlock) -> Markup:
        """Render `listing.html` with attributes, label, caption, language and code, highlighted."""
        classes = {"listing": node.label or node.caption, "numbered": node.numbers}
        code = code_markup(node) if self._renderer.target.highlight else escape(node.text)
        return self._render(
            "listing",
            attributes=attributes(node, *(name for name, holds in classes.items() if holds)),
            label=node.label,
            permalink=self._renderer.target.permalink(node.anchor),
            caption=self._renderer.inlines(node.caption),
            language=node.language,
            code=self._renderer.marked(node, code, CODE),
        )

    def table(self, node: Table) -> Markup:
        """Render `table.html` with attributes, label, caption, head and rows: lists of cells."""
        return self._render(
            "table",
            attributes=attributes(node, "table", *self._renderer.target.fitted.get(node.position, ())),
            label=node.label,
            permalink=self._renderer.target.permalink(node.anchor),
            caption=self._renderer.inlines(node.caption),
            head=[cells_of(row, self._renderer) for row in node.head],
            rows=[cells_of(row, self._renderer) for row in node.rows],
        )

    def equation(self, node: Equation) -> Markup:
        """Render `equation.html` with attributes, label and formula; nothing where there is nothing to see."""
        if is_empty(node):
            return Markup("")
        formula = self._renderer.formula(node)
        return self._render(
            "equation",
            attributes=attributes(node, "equation", *(["labelled"] if node.label else [])),
            label=node.label,
            permalink=self._renderer.target.permalink(node.anchor),
            formula=formula,
        )

    def callout(self, node: Callout) -> Markup:
        """Render `callout.html` with attributes, kind, label, title and body."""
        return self._render(
            "callout",
            kind=node.kind,
            attributes=attributes(node, "callout", node.kind),
            label=node.label,
            permalink=self._renderer.target.permalink(node.anchor),
            title=self._renderer.inlines(node.title) or getattr(self._words, node.kind),
            body=self._renderer.blocks(node.children),
        )

    def theorem(self, node: Theorem) -> Markup:
        """Render `theorem.html` with attributes, kind, label, title and body."""
        return self._render(
            "theorem",
            kind=node.kind,
            attributes=attributes(node, "theorem", node.kind),
            label=node.label or node.kind,
            permalink=self._renderer.target.permalink(node.anchor),
            title=self._renderer.inlines(node.title),
            body=self._renderer.blocks(node.children),
        )

    def list_of(self, node: ListOf) -> Markup:
        """Render `list-of.html` with attributes and entries: the numbered things of a kind, in order."""
        lines = list_lines(node, self._renderer)
        return self._render("list-of", attributes=attributes(node, "list-of", f"list-of-{node.kind}s"), entries=lines)

    def index(self, node: Index) -> Markup:
        """Render `index.html` with attributes and groups: each with label and entries."""
        entries = partial(entry_variables, target=self._renderer.target, marked=self._renderer.marked_by)
        groups = [{"label": group.label, "entries": [*map(entries, group.entries)]} for group in node.groups]
        return self._render("index", attributes=attributes(node, "index"), groups=groups)

    def answer(self, node: Answer) -> Markup:
        """Render `answer.html` with label and body."""
        label = f"{node.label}{self._words.colon}"
        return self._render("answer", label=label, body=self._renderer.blocks(node.children))

    def task(self, done: bool) -> Markup:
        """Render `task.html` with done and text."""
        return self._render("task", done=done, text=self._words.done if done else self._words.to_do)

    # Notes: at the end of the page, or where they are called, to float to the foot of a printed page.

    def note_reference(self, node: NoteReference) -> Markup:
        """Render `note-reference.html` with number, href and identifier; in print with the note at its first call."""
        target = self._renderer.target
        note = target.notes.get(node.note or "")
        if note and target.notes_at_foot and [node.call] == target.calls(note)[:1] and not self._renderer.inside_note:
            return self._foot(note, call=True)
        return self._render(
            "note-reference",
            number=node.number,
            href=target.href(node.note or ""),
            identifier=f"{node.note}-call-{node.call}",
        )

    def _foot(self, note: Note, call: bool) -> Markup:
        """Render `foot-note.html`; notes that are called first inside this one follow it, with no mark in the text."""
        with self._renderer.within_note():
            body = self._renderer.blocks(note.children)
        first_calls = [node.note for node in walk(note, NoteReference) if node.call == 1]
        inner = [inside for name in first_calls if (inside := self._renderer.target.notes.get(name or ""))]
        printed = self._render("foot-note", identifier=note.identifier, number=note.number, body=body, call=call)
        return printed + Markup("").join(self._foot(inside, call=False) for inside in inner)

    def notes(self, notes: tuple[Note, ...], of: str | None = None) -> Markup:
        """Render `notes.html` with label and items, each a rendered note; nothing where there are none.

        `of` names what they belong to, where a page has notes of more than one thing.
        """
        shown = [note for note in notes if self._renderer.target.calls(note)]
        if not shown or self._renderer.target.notes_at_foot:
            return Markup("")
        label = f"{of}{self._words.colon}{self._words.notes}" if of else self._words.notes
        return self._render("notes", label=label, items=[self.note(note) for note in shown])

    def note(self, node: Note) -> Markup:
        """Render `note.html` with identifier, number, body and the addresses of its calls."""
        target = self._renderer.target
        calls = [target.href(f"{node.identifier}-call-{call}") for call in target.calls(node)]
        return self._render(
            "note",
            identifier=node.identifier,
            number=node.number,
            body=self._renderer.blocks(node.children),
            calls=calls,
        )

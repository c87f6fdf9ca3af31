"""Inline tokens → inline nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.token import Token

from octavo.diagnostics import Position, Report, Rule
from octavo.document import (
    Block,
    Code,
    Emphasis,
    Formula,
    HardBreak,
    Image,
    Inline,
    Link,
    Note,
    NoteReference,
    Paragraph,
    RawInline,
    Reference,
    ReferenceForm,
    ReferenceGroup,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Variable,
)
from octavo.parse.left_over import TEXTS, find_left_over
from octavo.parse.marks import marks
from octavo.parse.places import Places
from octavo.parse.syntax.formulas import BEGINS
from octavo.parse.tokens import top_level

# What the rules say of links whose text is their address, with angle brackets and without.
_ADDRESSES = ("auto", "address")

_SPANS: dict[str, type[Emphasis | Strong | Strikethrough | Subscript | Superscript]] = {
    "em_open": Emphasis,
    "strong_open": Strong,
    "s_open": Strikethrough,
    "sub_open": Subscript,
    "sup_open": Superscript,
}


class InlineReader:
    """Build the inlines of one block; notes written in place are gathered in `notes`."""

    def __init__(
        self, places: Places, inline_notes: dict[int, dict[str, Any]], notes: list[Block], report: Report
    ) -> None:
        self._places = places
        self._report = report
        self._inline_notes = inline_notes
        self._notes = notes

    def read(self, tokens: Sequence[Token], base: int = 0, *, address: bool = False) -> tuple[Inline, ...]:
        """Return the nodes of `tokens`, whose offsets count from `base`; an `address` is no text."""
        nodes: list[Inline] = []
        if not address:
            self._report_left_over(tokens, base)
        for token, inside in top_level(tokens):
            if token.type not in TEXTS:
                nodes.append(self._node(token, inside, base))
            elif nodes and isinstance(last := nodes[-1], Text):
                nodes[-1] = Text(text=last.text + token.content, position=last.position)
            elif token.content:
                nodes.append(Text(text=token.content, position=self._places.at(base + _offset(token))))
        return tuple(nodes)

    def _node(self, token: Token, inside: Sequence[Token], base: int) -> Inline:
        offset = base + _offset(token)
        position = self._places.at(offset)
        if span := _SPANS.get(token.type):
            return span(children=self.read(inside, base), position=position)
        if leaf := _LEAVES.get(token.type):
            return leaf(token, position)
        match token.type:
            case "link_open":
                return Link(
                    destination=str(token.attrs["href"]),
                    title=_title(token),
                    children=self.read(inside, base, address=token.info in _ADDRESSES),
                    **marks(token, "href", "title"),
                    position=position,
                )
            case "span_open":
                return Span(children=self.read(inside, base), **marks(token), position=position)
            case "image":
                return Image(
                    source=str(token.attrs["src"]),
                    title=_title(token),
                    children=self.read(token.children or (), offset + len("![")),
                    alternative=str(token.attrs.get("alt") or "") or None,
                    decorative="decorative" in str(token.attrs.get("class", "")).split(),
                    **marks(token, "src", "title", "alt"),
                    position=position,
                )
            case "formula":
                return self._formula(token, position, offset)
            case "reference":
                return Reference(**token.meta, position=position)
            case "references":
                return self._references(token, position, base)
            case "variable":
                return Variable(kind=token.meta["kind"], name=token.meta["name"], position=position)
            case "footnote_ref":
                return self._note(token, position, offset)
        raise AssertionError(f"unknown inline token {token.type}")

    def _formula(self, token: Token, position: Position, offset: int) -> Formula:
        begins = offset + int(token.meta[BEGINS])
        starts = [0, *(at + 1 for at, character in enumerate(token.content) if character == "\n")]
        lines = tuple(self._places.at(begins + start) for start in starts)
        return Formula(tex=token.content, lines=lines, position=position)

    def _report_left_over(self, tokens: Sequence[Token], base: int) -> None:
        """Report what was meant as syntax and became text."""
        for left_over in find_left_over(tokens):
            self._report.add(
                Rule.SYNTAX_LEFT_OVER,
                self._places.at(base + _offset(left_over.token) + left_over.offset),
                f"“{left_over.written}” looks like syntax and stays text",
                f"{left_over.hint}; write \\ before it where it is meant as text",
            )

    def _references(self, token: Token, position: Position, base: int) -> ReferenceGroup:
        form: ReferenceForm | None = "page" if "page" in str(token.attrs.get("class", "")).split() else None
        children = tuple(
            Reference(
                name=item["name"],
                written=item["written"],
                form=form or item["form"],
                prefix=self.read(item["prefix"], base + item["prefix_offset"]),
                suffix=self.read(item["suffix"], base + item["suffix_offset"]),
                position=self._places.at(base + item["offset"]),
            )
            for item in token.meta["items"]
        )
        return ReferenceGroup(children=children, written=token.meta["written"], position=position)

    def _note(self, token: Token, position: Position, offset: int) -> NoteReference:
        if label := token.meta.get("label"):
            return NoteReference(label=label, position=position)
        tokens = self._inline_notes[token.meta["id"]]["tokens"]
        # The place makes the label of a note without one: it is unique in the book, and no author can write it.
        label = f"^{position}"
        children = self.read(tokens, offset + len("^["))
        paragraph = Paragraph(children=children, position=children[0].position if children else position)
        self._notes.append(Note(label=label, children=(paragraph,), position=position))
        return NoteReference(label=label, position=position)


def _offset(token: Token) -> int:
    """Return where a token begins: some rules push theirs when they have stepped over a marker, or before one."""
    assert token.map is not None
    if token.type == "link_open" and token.info in _ADDRESSES:
        return token.map[0]
    return token.map[0] - _LATE.get(token.type, 0)


def _title(token: Token) -> str | None:
    title = token.attrs.get("title")
    return str(title) if title else None


def _soft_break(_: Token, position: Position) -> Inline:
    return SoftBreak(position=position)


def _hard_break(_: Token, position: Position) -> Inline:
    return HardBreak(position=position)


def _code(token: Token, position: Position) -> Inline:
    return Code(text=token.content, **marks(token), position=position)


def _raw(token: Token, position: Position) -> Inline:
    return RawInline(text=token.content, position=position)


# How far behind the beginning of their text these are pushed: of two asterisks the second became the token.
_LATE = {"strong_open": 1, "link_open": 1, "span_open": 1, "sub_open": 1, "sup_open": 1}

_LEAVES: dict[str, Callable[[Token, Position], Inline]] = {
    "softbreak": _soft_break,
    "hardbreak": _hard_break,
    "code_inline": _code,
    "html_inline": _raw,
}

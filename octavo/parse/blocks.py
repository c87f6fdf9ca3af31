"""Block tokens → block nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from markdown_it.token import Token

from octavo.diagnostics import Position
from octavo.document import (
    Alignment,
    Block,
    BlockQuote,
    Callout,
    CalloutKind,
    CodeBlock,
    Definition,
    DefinitionList,
    Heading,
    Inline,
    List,
    ListItem,
    Note,
    Paragraph,
    RawBlock,
    Table,
    TableCell,
    TableRow,
    Term,
    ThematicBreak,
)
from octavo.parse.inlines import InlineReader
from octavo.parse.places import Places, locate, locate_cell
from octavo.parse.tokens import top_level

_ALIGNMENTS: dict[object, Alignment] = {
    "text-align:left": "left",
    "text-align:center": "center",
    "text-align:right": "right",
}


class BlockReader:
    """Build the blocks of one file. Notes written in place are in `inline_notes` afterwards."""

    def __init__(self, file: str, lines: Sequence[str], env: dict[str, Any]) -> None:
        self._file = file
        self._lines = lines
        self._note_tokens = env.get("footnotes", {}).get("list", {})
        self.inline_notes: list[Block] = []

    def read(self, tokens: Sequence[Token], line: int = 0) -> tuple[Block, ...]:
        """Return the nodes of `tokens`; `line` is where the block around them begins, counted from 0."""
        return tuple(
            _READERS[token.type](self, token, inside, self._position(token, line))
            for token, inside in top_level(tokens)
            if token.type in _READERS
        )

    def _position(self, token: Token, line: int) -> Position:
        line = token.map[0] if token.map else line
        text = self._lines[line] if line < len(self._lines) else ""
        # Blocks begin behind the markers of those around them; the first line of a nested one is found by its text.
        return Position(self._file, line + 1, len(text) - len(text.lstrip()) + 1)

    def inlines(self, inside: Sequence[Token], places: Places | None = None) -> tuple[Inline, ...]:
        """Return the inlines of the one inline token in `inside`."""
        token = inside[0]
        assert token.map is not None
        places = places or locate(self._file, self._lines, token.map[0], token.content)
        return InlineReader(places, self._note_tokens, self.inline_notes).read(token.children or ())

    # One method a block, in the order of document.py.

    def heading(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a heading; its attributes were put on the token by a rule of ours."""
        attributes = {name: str(value) for name, value in token.attrs.items()}
        return Heading(
            level=int(token.tag[1]),
            children=self.inlines(inside),
            identifier=attributes.pop("id", None),
            classes=tuple(attributes.pop("class", "").split()),
            attributes=tuple(attributes.items()),
            position=position,
        )

    def paragraph(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a paragraph; markdown-it hides those of tight lists."""
        children = self.inlines(inside)
        start = children[0].position if children else position
        return Paragraph(children=children, tight=token.hidden, position=start)

    def thematic_break(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a rule between paragraphs."""
        return ThematicBreak(position=position)

    def block_quote(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a quotation."""
        return BlockQuote(children=self.read(inside, position.line - 1), position=position)

    def list(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a list; it is loose where one of its paragraphs shows."""
        items = tuple(self._item(item, within, position.line - 1) for item, within in top_level(inside))
        tight = all(block.tight for item in items for block in item.children if isinstance(block, Paragraph))
        return List(
            items=items,
            ordered=token.type == "ordered_list_open",
            start=int(token.attrs.get("start", 1)),
            tight=tight,
            position=position,
        )

    def _item(self, token: Token, inside: Sequence[Token], line: int) -> ListItem:
        position = self._position(token, line)
        children = self.read(inside, position.line - 1)
        return ListItem(children=children, checked=token.meta.get("checked"), position=position)

    def code_block(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a fenced or indented listing."""
        return CodeBlock(text=token.content, info=token.info.strip(), position=position)

    def raw_block(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read raw HTML."""
        return RawBlock(text=token.content, position=position)

    def table(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a table: its head is one row."""
        rows = [
            self._row(row, cells) for part, rows in top_level(inside) for row, cells in top_level(rows) if part.nesting
        ]
        return Table(head=rows[0], rows=tuple(rows[1:]), position=position)

    def _row(self, token: Token, inside: Sequence[Token]) -> TableRow:
        assert token.map is not None
        line, column = token.map[0], 0
        cells = []
        for cell, within in top_level(inside):
            places, column = locate_cell(self._file, self._lines[line], line, within[0].content, column)
            cells.append(
                TableCell(
                    children=self.inlines(within, places),
                    alignment=_ALIGNMENTS.get(cell.attrs.get("style")),
                    position=places.at(0),
                )
            )
        return TableRow(cells=tuple(cells), position=self._position(token, line))

    def definition_list(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read terms and their definitions."""
        items: list[Term | Definition] = []
        for item, within in top_level(inside):
            place = self._position(item, position.line - 1)
            if item.type == "dt_open":
                items.append(Term(children=self.inlines(within), position=place))
            else:
                items.append(Definition(children=self.read(within, place.line - 1), position=place))
        return DefinitionList(items=tuple(items), position=position)

    def callout(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read an alert; its first paragraph is the kind, which the tree knows already."""
        kind = cast(CalloutKind, str(token.meta["kind"]).lower())
        content = [child for title, within in top_level(inside) if title.type == "alert_title_open" for child in within]
        return Callout(kind=kind, children=self.read(inside[len(content) + 2 :], position.line - 1), position=position)

    def note(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read the definition of a footnote."""
        label = str(token.meta["label"])
        return Note(label=label, children=self.read(inside, position.line - 1), position=position)


Reader = Callable[[BlockReader, Token, Sequence[Token], Position], Block]

_READERS: dict[str, Reader] = {
    "heading_open": BlockReader.heading,
    "paragraph_open": BlockReader.paragraph,
    "hr": BlockReader.thematic_break,
    "blockquote_open": BlockReader.block_quote,
    "bullet_list_open": BlockReader.list,
    "ordered_list_open": BlockReader.list,
    "fence": BlockReader.code_block,
    "code_block": BlockReader.code_block,
    "html_block": BlockReader.raw_block,
    "table_open": BlockReader.table,
    "dl_open": BlockReader.definition_list,
    "alert_open": BlockReader.callout,
    "footnote_reference_open": BlockReader.note,
}

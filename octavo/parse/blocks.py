"""Block tokens → block nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, repeat
from typing import Any, TypeAlias, cast

from markdown_it.token import Token

from octavo.diagnostics import Position, Report, Rule
from octavo.document import (
    AbbreviationDefinition,
    Alignment,
    Block,
    BlockQuote,
    Callout,
    CalloutKind,
    Definition,
    DefinitionList,
    Division,
    Equation,
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
from octavo.parse.captioned import with_caption
from octavo.parse.code import caption_of, listing_of
from octavo.parse.inlines import InlineReader
from octavo.parse.marks import marked, marks
from octavo.parse.offsets import OFFSETS
from octavo.parse.places import Places, Source, Steps, steps_of_cells, steps_of_lines
from octavo.parse.syntax.captions import ABOVE_TABLE
from octavo.parse.syntax.formulas import BEGINS
from octavo.parse.tokens import top_level

_ALIGNMENTS: dict[object, Alignment] = {
    "text-align:left": "left",
    "text-align:center": "center",
    "text-align:right": "right",
}


# From the path of an included file, the place that names it and how deep it stands to the blocks in its place.
Include: TypeAlias = Callable[[str, Position, int], tuple[Block, ...]]


def _offset(token: Token) -> int:
    return int(token.meta[OFFSETS][0])


def _is_blank(token: Token, inside: Sequence[Token]) -> bool:
    """Tell whether a paragraph is a line of full-width spaces: a blank one to whoever wrote it."""
    return token.type == "paragraph_open" and not inside[0].content


class BlockReader:
    """Build the blocks of one file. Notes written in place are in `inline_notes` afterwards."""

    def __init__(self, source: Source, env: dict[str, Any], include: Include, report: Report) -> None:
        self._source = source
        self._include = include
        self._report = report
        self._note_tokens = env.get("footnotes", {}).get("list", {})
        self.inline_notes: list[Block] = []

    def read(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """Return the nodes of `tokens`."""
        nodes: list[Block] = []
        waiting: Table | None = None  # no table yet, but a caption that stands above one
        for token, inside in top_level(tokens):
            if token.type == "caption_open":
                caption = self._caption(token, inside)
                if token.meta[ABOVE_TABLE]:
                    waiting = caption
                elif isinstance(table := nodes[-1], Table):
                    nodes[-1] = with_caption(table, caption)
            elif token.type == "include":
                nodes += self._include(token.content, self._position(token), token.level)
            elif token.type in _READERS and not _is_blank(token, inside):
                node = marked(token, _READERS[token.type](self, token, inside, self._position(token)))
                nodes.append(with_caption(node, waiting) if waiting and isinstance(node, Table) else node)
                waiting = None
        return tuple(nodes)

    def _caption(self, token: Token, inside: Sequence[Token]) -> Table:
        """Return the caption of a table, as a table that has nothing else."""
        start = _offset(token) + token.meta["indent"]
        _, *steps = steps_of_lines(self._source, inside[0].content, inside[0].meta[OFFSETS])
        children = self._inlines(inside, [(0, start), *steps])
        return Table(head=(), rows=(), caption=children, **marks(token), position=self._position(token))

    def _position(self, token: Token) -> Position:
        return self._source.position(_offset(token))

    def _inlines(self, inside: Sequence[Token], steps: Steps | None = None) -> tuple[Inline, ...]:
        """Return the inlines of the one inline token in `inside`."""
        token = inside[0]
        places = Places(self._source, steps or steps_of_lines(self._source, token.content, token.meta[OFFSETS]))
        return InlineReader(places, self._note_tokens, self.inline_notes, self._report).read(token.children or ())

    # One method a block, in the order of document/blocks.py.

    def heading(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a heading; its attributes were put on the token by a rule of ours."""
        # The text of a heading with # begins behind these.
        text = self._source.text_from(_offset(token) + len(token.markup))
        return Heading(
            level=int(token.tag[1]),
            children=self._inlines(inside, [(0, text)] if "#" in token.markup else None),
            **marks(token),
            position=position,
        )

    def paragraph(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a paragraph; markdown-it hides those of tight lists."""
        children = self._inlines(inside)
        return Paragraph(children=children, tight=token.hidden, position=children[0].position)

    def thematic_break(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a rule between paragraphs."""
        return ThematicBreak(position=position)

    def block_quote(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a quotation."""
        return BlockQuote(children=self.read(inside), position=position)

    def list(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a list; it is loose where one of its paragraphs shows."""
        items = tuple(self._item(item, within) for item, within in top_level(inside))
        tight = all(block.tight for item in items for block in item.children if isinstance(block, Paragraph))
        return List(
            items=items,
            ordered=token.type == "ordered_list_open",
            start=int(token.attrs.get("start", 1)),
            tight=tight,
            position=position,
        )

    def _item(self, token: Token, inside: Sequence[Token]) -> ListItem:
        return ListItem(children=self.read(inside), checked=token.meta.get("checked"), position=self._position(token))

    def code_block(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a fenced or indented listing; its caption stands behind the marker or in a line of the code."""
        caption, start = caption_of(token), _offset(token)
        end = max(token.meta[OFFSETS][-1], start + len(self._source.line_from(start)))
        places = Places(self._source, [(0, max(self._source.text.find(caption, start, end), start))])
        inlines = InlineReader(places, self._note_tokens, self.inline_notes, self._report).read(token.children or ())
        listing = listing_of(token, inlines, position, self._report)
        if listing.language == "math" and listing.text.strip():  # as GitHub has it
            return Equation(tex=listing.text.strip(), identifier=listing.identifier, position=position)
        return listing

    def abbreviation(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read the definition of an abbreviation."""
        return AbbreviationDefinition(text=token.content, expansion=token.info, position=position)

    def equation(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a formula that stands by itself."""
        offsets = token.meta[OFFSETS]
        lines = tuple(
            self._source.position(self._source.text_from(offsets[row]) + indent) for row, indent in token.meta[BEGINS]
        )
        return Equation(tex=token.content, lines=lines, **marks(token), position=position)

    def division(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a fenced division."""
        return Division(children=self.read(inside), **marks(token), position=position)

    def raw_block(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read raw HTML."""
        return RawBlock(text=token.content, position=position)

    def table(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read a table: its head is one row."""
        rows = [
            self._row(row, cells) for part, rows in top_level(inside) for row, cells in top_level(rows) if part.nesting
        ]
        return Table(head=(rows[0],), rows=tuple(rows[1:]), position=position)

    def _row(self, token: Token, inside: Sequence[Token]) -> TableRow:
        start = self._source.text_from(_offset(token))
        row = self._source.line_from(start)
        missing = [(0, start + len(row))]
        written, read = list(steps_of_cells(row, start)), list(top_level(inside))
        cells = tuple(
            self._cell(cell, within, steps)
            for (cell, within), steps in zip(read, chain(written, repeat(missing)), strict=False)
        )
        if len(written) > len(read) and row[written[len(read)][0][1] - start :].strip("| \t"):
            place = Places(self._source, written[len(read)]).at(0)
            message = f"the row has {len(written)} cells, and the table {len(read)} columns; the rest is left out"
            self._report.add(Rule.TABLE_IRREGULAR, place, message, "a bar inside a cell is written \\|, in code too")
        return TableRow(cells=cells, position=self._position(token))

    def _cell(self, token: Token, inside: Sequence[Token], steps: Steps) -> TableCell:
        position = Places(self._source, steps).at(0)
        inlines = self._inlines(inside, steps)
        return TableCell(
            children=(Paragraph(children=inlines, tight=True, position=position),) if inlines else (),
            alignment=_ALIGNMENTS.get(token.attrs.get("style")),
            position=position,
        )

    def definition_list(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read terms and their definitions."""
        items: list[Term | Definition] = []
        for item, within in top_level(inside):
            if item.type == "dt_open":
                items.append(Term(children=self._inlines(within), position=self._position(item)))
            else:
                items.append(Definition(children=self.read(within), position=self._definition_position(item, within)))
        return DefinitionList(items=tuple(items), position=position)

    def _definition_position(self, token: Token, inside: Sequence[Token]) -> Position:
        if not inside:
            return self._position(token)
        # The library gives the first definition of a later term the line of that term.
        return self._source.position(self._source.last_before(_offset(inside[0])))

    def callout(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read an alert; the paragraph that repeats its kind has no reader, and is not read."""
        kind = cast(CalloutKind, str(token.meta["kind"]).lower())
        return Callout(kind=kind, children=self.read(inside), position=position)

    def note(self, token: Token, inside: Sequence[Token], position: Position) -> Block:
        """Read the definition of a footnote."""
        label = str(token.meta["label"])
        return Note(label=label, children=self.read(inside), position=position)


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
    "abbreviation": BlockReader.abbreviation,
    "equation": BlockReader.equation,
    "division_open": BlockReader.division,
    "html_block": BlockReader.raw_block,
    "table_open": BlockReader.table,
    "dl_open": BlockReader.definition_list,
    "alert_open": BlockReader.callout,
    "footnote_reference_open": BlockReader.note,
}

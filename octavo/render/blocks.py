"""Block nodes → polyglot markup; furniture goes through templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.document import (
    AbbreviationDefinition,
    Bibliography,
    BibliographyEntry,
    Block,
    BlockQuote,
    Definition,
    DefinitionList,
    Details,
    Division,
    List,
    ListItem,
    Only,
    Paragraph,
    RawBlock,
    Section,
    TableCell,
    TableRow,
    Term,
    ThematicBreak,
)
from octavo.render.attributes import attributes
from octavo.render.citations import render_works

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer


def render_blocks(nodes: Sequence[Block], renderer: Renderer) -> Markup:
    """Return the markup of a run of blocks, one a line."""
    return Markup("\n").join(render_block(node, renderer) for node in nodes)


def render_block(node: Block, renderer: Renderer) -> Markup:
    """Return the markup of one block."""
    match node:
        case Paragraph():
            return Markup(f"<p>{renderer.inlines(node.children)}</p>")
        case ThematicBreak():
            return Markup("<hr />")
        case BlockQuote():
            return Markup(f"<blockquote>\n{renderer.blocks(node.children)}\n</blockquote>")
        case List():
            return _list(node, renderer)
        case ListItem():
            return _item(node, renderer)
        case RawBlock():
            return Markup(node.text.rstrip("\n"))
        case TableRow() | TableCell():
            raise AssertionError("rows and cells are rendered by their table")
        case DefinitionList():
            items = "\n".join(render_block(item, renderer) for item in node.items)
            return Markup(f"<dl>\n{items}\n</dl>")
        case Term():
            name = Markup(' id="{}"').format(node.identifier) if node.identifier else ""
            return Markup(f"<dt{name}>{renderer.inlines(node.children)}</dt>")
        case Definition():
            return Markup(f"<dd>{render_contents(node.children, renderer)}</dd>")
        case Division():
            return Markup(f"<div{attributes(node)}>\n{renderer.blocks(node.children)}\n</div>")
        case Details():
            return _details(node, renderer)
        case Only():
            return renderer.blocks(node.children) if renderer.target.shows(node.formats) else Markup("")
        case AbbreviationDefinition():
            return Markup("")  # it shows where the abbreviation is used
        case Bibliography() | BibliographyEntry():
            return render_works(node, renderer)
        case Section():
            return _section(node, renderer)
        case _:
            return renderer.marked(node, renderer.furniture.piece(node))


def _list(node: List, renderer: Renderer) -> Markup:
    tag = "ol" if node.ordered else "ul"
    start = f' start="{node.start}"' if node.ordered and node.start != 1 else ""
    items = "\n".join(_item(item, renderer) for item in node.items)
    return Markup(f"<{tag}{start}>\n{items}\n</{tag}>")


def _item(node: ListItem, renderer: Renderer) -> Markup:
    if node.checked is None:
        return Markup(f"<li>{render_contents(node.children, renderer)}</li>")
    task, children = renderer.furniture.task(node.checked), node.children
    if children and isinstance(first := children[0], Paragraph) and not first.tight:
        # In the line that it belongs to, not above it.
        task = Markup(f"\n<p>{task}{renderer.inlines(first.children)}</p>\n")
        children = children[1:]
    return Markup(f'<li class="with-task">{task}{render_contents(children, renderer)}</li>')


def _details(node: Details, renderer: Renderer) -> Markup:
    opened = ' open="open"' if node.opened else ""
    summary = renderer.inlines(node.summary)
    return Markup(
        f"<details{attributes(node)}{opened}>\n<summary>{summary}</summary>\n{renderer.blocks(node.children)}\n</details>"
    )


def render_contents(children: Sequence[Block], renderer: Renderer) -> Markup:
    """Return the blocks of an item; a tight paragraph is text without a paragraph around it."""
    parts: list[str] = []
    for child in children:
        if isinstance(child, Paragraph) and child.tight:
            parts.append(renderer.inlines(child.children))
        else:
            parts.append(f"\n{render_block(child, renderer)}\n")
    return Markup("".join(parts))


def _section(node: Section, renderer: Renderer) -> Markup:
    return Markup(
        f'<section class="{node.role} level-{node.heading.level}">\n'
        f"{render_block(node.heading, renderer)}{renderer.furniture.permalink(node.heading)}\n"
        f"{renderer.blocks(node.children)}\n</section>"
    )

"""Listings in a language of diagrams: drawn, and made figures, where this machine has what draws them.

A local pass. In: listings as parsed. Out: figures with a picture; a listing stays where the author wants to show the
code, and where nothing draws it, which is noted once.
"""

from __future__ import annotations

from octavo.diagnostics import Failure, Rule
from octavo.diagrams import language_of
from octavo.document import CodeBlock, Document, Figure, Image, Node, Paragraph, plain_text, rewrite
from octavo.normalise.context import Context

# What concerns lines of code only: who asks for it wants to see them.
_OF_CODE = frozenset({"lines", "anchor", "start", "mark", "hl_lines"})
_CODE = "code"
_DECORATIVE = "decorative"
_OF_THE_PICTURE = frozenset({"width", "height"})
# What Quarto says of cells, of which most tell how they are run.
_OF_CELLS = frozenset({"echo", "eval", "output", "include", "warning", "error", "cache", "file"})


def draw_diagrams(document: Document, context: Context) -> Document:
    """Make a figure of each listing that is a diagram."""
    left: list[CodeBlock] = []

    def change(node: CodeBlock) -> Node:
        if (language := language_of(node.language)) is None or _is_code(node):
            return node
        try:
            if (source := _source(node, context)) is None:
                return node
            drawn = context.draw(language, source, node.position)
        except Failure as failure:
            context.report.take(failure.diagnostic)
            return node
        if drawn is None:
            left.append(node)
            return node
        return _figure(node, drawn)

    document = rewrite(document, change, CodeBlock)
    if left:
        _note(left, context)
    return document


def _is_code(node: CodeBlock) -> bool:
    asked = _OF_CODE.intersection(dict(node.attributes))
    return bool(asked) or node.numbers or _CODE in node.classes or (node.identifier or "").startswith("lst-")


def _source(node: CodeBlock, context: Context) -> str | None:
    name = node.attribute("file")
    return node.text if name is None else context.read_text(name, node.position)


def _figure(node: CodeBlock, source: str) -> Figure:
    """Return the figure of a diagram, whose caption is its alternative where there is none."""
    said = dict(node.attributes)
    picture = Image(
        source=source,
        children=(),
        attributes=tuple(pair for pair in node.attributes if pair[0] in _OF_THE_PICTURE),
        alternative=said.get("alt", plain_text(node.caption)),
        decorative=_DECORATIVE in node.classes,
        position=node.position,
    )
    return Figure(
        children=(Paragraph(children=(picture,), tight=True, position=node.position),),
        caption=node.caption,
        identifier=node.identifier,
        classes=tuple(name for name in node.classes if name != _DECORATIVE),
        attributes=tuple(pair for pair in node.attributes if _is_of_the_figure(pair[0])),
        position=node.position,
    )


def _is_of_the_figure(name: str) -> bool:
    return name not in _OF_THE_PICTURE | _OF_CELLS | {"alt"} and not name.startswith("fig-")


def _note(left: list[CodeBlock], context: Context) -> None:
    languages = " and ".join(sorted({language_of(node.language) or "" for node in left}))
    many = f"{len(left)} diagrams are" if len(left) > 1 else "this diagram is"
    context.report.add(
        Rule.DIAGRAM_LEFT_AS_CODE,
        min(node.position for node in left),
        f"{many} printed as code: nothing here draws {languages}",
        "install Graphviz for dot, octavo[diagrams] for mermaid; {.code} says that the code is what to show",
    )

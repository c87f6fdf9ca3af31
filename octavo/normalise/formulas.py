"""Formulas: set, each in its shape for those who see and for those who listen, with the macros that hold there.

A pass of the book: a macro holds from where it is written to the end, in the order of reading. In: TeX. Out: the shape
of each formula; one that is wrong keeps its TeX and is reported at its column, and where nothing at hand sets formulas
that is said once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from octavo.diagnostics import Position, Rule, nearest
from octavo.document import (
    Document,
    Equation,
    Figure,
    Formula,
    Image,
    Macro,
    Node,
    Shape,
    Written,
    plain_text,
    rewrite,
    spoken_text,
    walk,
    walk_up,
)
from octavo.engine import MEND, ScriptError
from octavo.mathematics import Wrong, command_names, prepared
from octavo.mathematics.source import Prepared, labels, left_out, numbered_lines
from octavo.normalise.context import Context
from octavo.normalise.macros import by_name, stated_macro, take_definitions, used_macros

_UNKNOWN = re.compile(r"(?:Unsupported function name: |Undefined control sequence[: ]*)\\?(.+)")
# A name that is like any other of its length.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """Hold a formula with what is set of it, the macros that it uses and the names of all that it could use."""

    node: Formula | Equation
    source: Prepared
    macros: tuple[Macro, ...]
    known: tuple[str, ...]


def set_formulas(document: Document, context: Context) -> Document:
    """Give each formula its shape."""
    asked = _asked(document, context)
    if not asked:
        return document
    for each in asked:
        _report_labels(each.node, context)
        _report_left_out(each.node, context)
    written = [Written(tex=a.source.tex, display=isinstance(a.node, Equation), macros=a.macros) for a in asked]
    seen = [index for index, each in enumerate(written) if each.tex.strip()]
    try:
        results = context.set_formulas([written[index] for index in seen], document.metadata.language)
    except ScriptError as error:
        context.report.add(Rule.FORMULA_WRONG, asked[0].node.position, f"the formulas cannot be set: {error}")
        return document
    if results is None:
        _note(asked, context)
        return document
    shapes: dict[int, Shape | Wrong] = dict.fromkeys(range(len(asked)), Shape())
    for index, result in zip(seen, results, strict=True):
        again = written[index] if isinstance(asked[index].node, Equation) else None
        shapes[index] = result if isinstance(result, Wrong) else replace(result, written=again)
    for index, each in enumerate(asked):
        if isinstance(shape := shapes[index], Wrong):
            _report(each, shape, context)
    return _with_shapes(document, {id(each.node): shapes[index] for index, each in enumerate(asked)})


def _asked(document: Document, context: Context) -> list[_Asked]:
    """Return the formulas in the order of reading, each with the macros that it uses."""
    macros = by_name(stated_macro(name, body) for name, body in context.macros.items())
    asked = []
    for node in walk(document, Formula, Equation):
        defined = take_definitions(node.tex)
        macros.update(by_name(defined.macros))
        source = prepared(defined.tex)
        asked.append(_Asked(node, source, used_macros(source.tex, macros), tuple(macros)))
    return asked


def _with_shapes(document: Document, shapes: dict[int, Shape | Wrong]) -> Document:
    # In the order of the change, which gets a node only when what is below it may be another.
    waiting = iter([shapes.get(id(node)) for node in walk_up(document) if isinstance(node, Formula | Equation)])

    def change(node: Formula | Equation) -> Node:
        shape = next(waiting)
        return replace(node, shape=shape) if isinstance(shape, Shape) and shape != node.shape else node

    return rewrite(rewrite(document, change, Formula, Equation), _described, Figure)


def _described(figure: Figure) -> Node:
    """Return a figure whose picture is described by the words of its caption: the formulas in it are in words now."""
    written, words = plain_text(figure.caption), spoken_text(figure.caption)
    if written == words:
        return figure

    def change(image: Image) -> Node:
        return replace(image, alternative=words) if image.alternative == written else image

    return rewrite(figure, change, Image)


def _report(asked: _Asked, wrong: Wrong, context: Context) -> None:
    if unknown := _UNKNOWN.fullmatch(wrong.message):
        name = unknown[1].strip()
        hint = nearest(name, (*command_names(), *asked.known)) if len(name) > _SHORT else None
        context.report.add(
            Rule.FORMULA_COMMAND,
            _place(asked, wrong, rf"\{name}"),
            rf"the formula uses the command “\{name}”, which nothing defines",
            hint.replace("“", "“\\") if hint else r"define it with \newcommand, or in octavo.toml under [math.macros]",
        )
        return
    message = wrong.message[:1].lower() + wrong.message[1:]
    context.report.add(
        Rule.FORMULA_WRONG,
        _place(asked, wrong, None),
        f"the formula cannot be set: {message}",
        "look at the braces, \\left and \\right, and \\begin and \\end around this place",
    )


def _place(asked: _Asked, wrong: Wrong, word: str | None) -> Position:
    """Return the place in the file of what is wrong; where no program tells it, that of the word, or of the formula."""
    place = wrong.place
    if place is None:
        place = asked.source.tex.find(word) if word else -1
    if place < 0:
        return asked.node.position
    return _place_in(asked.node, asked.source.offset(place))


def _place_in(node: Formula | Equation, offset: int) -> Position:
    before = node.tex[:offset]
    line = before.count("\n")
    if line >= len(node.lines):
        return node.position
    begin = node.lines[line]
    return replace(begin, column=begin.column + len(before) - (before.rfind("\n") + 1))


def _report_labels(node: Formula | Equation, context: Context) -> None:
    """Report each label inside a formula: a name for references stands behind it."""
    for name, offset in labels(node.tex):
        context.report.add(
            Rule.FORMULA_LABEL,
            _place_in(node, offset),
            rf"the label “{name}” names nothing: it stands inside the formula",
            f"write {{#{name}}} behind the closing $$, and refer to it as @{name}"
            if isinstance(node, Equation)
            else "only a formula on lines of its own, between $$ and $$, can be referred to",
        )


def _report_left_out(node: Formula | Equation, context: Context) -> None:
    r"""Report each `\notag` that does not do what it says: the number is that of all lines, or no line has one."""
    label = node.label if isinstance(node, Equation) else None
    found = list(left_out(node.tex))
    if found and not label and not numbered_lines(node.tex):
        return
    for command, offset in found:
        context.report.add(
            Rule.FORMULA_NUMBER,
            _place_in(node, offset),
            f"“{command}” leaves out no number: "
            + (f"the formula is {label}, whatever its lines" if label else "no line of the formula has one"),
            "give each line that is to have a number a formula of its own, between $$ and $$, with a label behind it",
        )


def _note(asked: Sequence[_Asked], context: Context) -> None:
    many = f"{len(asked)} formulas are" if len(asked) > 1 else "this formula is"
    context.report.add(
        Rule.FORMULA_LEFT_AS_TEX,
        min(each.node.position for each in asked),
        f"{many} printed as TeX: what sets formulas was not fetched when Octavo was set up",
        MEND,
    )

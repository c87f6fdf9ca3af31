"""The files in a book's own folders of templates and sheets: each takes the place of one of ours, or helps such a one.

A file that does neither was meant to do something, and its name is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from jinja2 import Environment, meta
from jinja2.exceptions import TemplateSyntaxError

from octavo.book.files import printable
from octavo.diagnostics import Position, Report, Rule, nearest
from octavo.render.layers import BELOW, Layers

_SHEETS = (".css", ".scss", ".sass", ".less")
_ABOUT = ("readme", "license", "licence", "copying")  # what is said about the folder itself


def check_templates(layers: Layers, report: Report) -> None:
    """Report each template of the book's own that no other uses and that takes the place of none of ours."""
    own = [(layer, name) for layer in layers.layers if layer.own for name in layer.names]
    used: set[str] = set()
    waiting = [name for _, name in own if name in layers.names]
    while waiting:
        name = waiting.pop()
        if name in used:
            continue
        references = {found for layer in layers.layers if layer.own for found in _references(layer.read(name) or "")}
        if None in references:
            return  # one is named while the book is built: it may be any
        used.add(name)
        waiting += [reference.removeprefix(BELOW) for reference in references if reference]
    for layer, name in sorted(own, key=lambda pair: (pair[0].place, pair[1])):
        if name not in used and PurePosixPath(name).stem.lower() not in _ABOUT:
            _report(layer.place, name, "template", layers.names, report)


def check_sheets(layers: Layers, report: Report) -> None:
    """Report each style sheet of the book's own that takes the place of none of ours."""
    for layer in layers.layers:
        for name in sorted(layer.names - layers.names) if layer.own else ():
            if name.lower().endswith(_SHEETS):
                _report(layer.place, name, "style sheet", layers.names, report)


def _report(folder: str, name: str, kind: str, known: Iterable[str], report: Report) -> None:
    report.add(
        Rule.FILE_NOT_USED,
        Position(f"{folder}/{printable(name)}"),
        f"Octavo has no {kind} of this name, so nothing asks for it",
        nearest(name, sorted(known)) or f"name it like the {kind} whose place it shall take",
    )


def _references(template: str) -> set[str | None]:
    try:
        return set(meta.find_referenced_templates(Environment(autoescape=True).parse(template)))
    except TemplateSyntaxError:
        return set()  # it is reported when it is rendered

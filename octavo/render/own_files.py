"""The files in a book's own `templates/` and `styles/`: each takes the place of one of ours, or helps one that does.

A file that does neither was meant to do something, and its name is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from jinja2 import Environment, meta
from jinja2.exceptions import TemplateSyntaxError

from octavo.book.files import printable
from octavo.diagnostics import Position, Report, Rule, nearest
from octavo.render.templates import shipped

_SHEETS = (".css", ".scss", ".sass", ".less")
_ABOUT = ("readme", "license", "licence", "copying")  # what is said about the folder itself


def check_templates(names: Iterable[str], own: Callable[[str], str | None], report: Report) -> None:
    """Report each template of the book's own that no other uses and that takes the place of none of ours."""
    known, names = _known("templates"), set(names)
    used: set[str] = set()
    waiting = [name for name in names if name in known]
    while waiting:
        name = waiting.pop()
        references = _references(own(name) or "")
        if None in references:
            return  # one is named while the book is built: it may be any
        used.add(name)
        waiting += [reference for reference in references if reference in names and reference not in used]
    for name in sorted(names - used):
        if PurePosixPath(name).stem.lower() not in _ABOUT:
            _report("templates", name, "template", known, report)


def check_sheets(names: Iterable[str], report: Report) -> None:
    """Report each style sheet of the book's own that takes the place of none of ours."""
    known = _known("styles")
    for name in sorted(set(names) - known):
        if name.lower().endswith(_SHEETS):
            _report("styles", name, "style sheet", known, report)


def _report(folder: str, name: str, kind: str, known: Iterable[str], report: Report) -> None:
    report.add(
        Rule.FILE_NOT_USED,
        Position(f"{folder}/{printable(name)}"),
        f"Octavo has no {kind} of this name, so nothing asks for it",
        nearest(name, known) or f"name it like the {kind} whose place it shall take",
    )


def _known(folder: str) -> set[str]:
    root = shipped(folder)
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and path.suffix}


def _references(template: str) -> set[str | None]:
    try:
        return set(meta.find_referenced_templates(Environment(autoescape=True).parse(template)))
    except TemplateSyntaxError:
        return set()  # it is reported when it is rendered

"""The templates: ours, each of which a book's own `templates/` may replace."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, FunctionLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from octavo.diagnostics import Failure, Position, Rule

_CALLS = 500
_PAGE = re.compile(r"<[?!]")  # a declaration, which begins a page


def shipped(folder: str) -> Path:
    """Return where `templates` or `styles` are: inside the package, or beside it in a development checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


class Templates:
    """Render templates by name; a fault in one is an error at its line.

    `own` returns the text of a template of the book's own, or None where it has none of that name.
    """

    def __init__(self, own: Callable[[str], str | None]) -> None:
        loaders: list[BaseLoader] = [FunctionLoader(_with_name(own)), FileSystemLoader(shipped("templates"))]
        self._own = own
        # A book may come from anyone, and its templates with it: they may lay out text, and run nothing.
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, **variables: Any) -> Markup:
        """Return what the template makes of its variables, without white space around it.

        Raises Failure (template-failed) at the line of the template that is at fault; where one of the book's own
        makes markup that is not well-formed, at the template.
        """
        try:
            with _few_calls():
                markup = Markup(self._environment.get_template(name).render(**variables).strip())
        except TemplateSyntaxError as error:
            raise _failure(error.name or name, error.lineno, str(error)) from error
        except TemplateNotFound as error:
            raise _failure(*_place(error, name), f"there is no template “{error.name}”") from error
        except RecursionError as error:
            reason, hint = "it includes or calls itself without end", "let a condition end it, or include another"
            raise _failure(*_place(error, name), reason, hint) from error
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise _failure(*_place(error, name), str(error)) from error
        if self._own(name) is not None:
            _check_piece(name, markup)
        return markup


def parse_markup(markup: str, place: str, position: Position | None = None) -> ElementTree.Element:
    """Return markup as a tree. Raises Failure (template-failed) where the templates left an element open."""
    try:
        return ElementTree.fromstring(markup)
    except ElementTree.ParseError as error:
        line = markup.splitlines()[error.position[0] - 1].strip()[:60]
        message = f"the templates make markup for {place} that is not well-formed: {error.msg}, at “{line}”"
        raise Failure(Rule.TEMPLATE_FAILED, position, message, _hint(error)) from error


def _check_piece(name: str, markup: Markup) -> None:
    """Raise Failure where what a template of the book's own makes would break the page around it."""
    position = Position(f"templates/{name}")
    if not _PAGE.match(markup):
        markup = Markup('<div xmlns:epub="http://www.idpf.org/2007/ops">\n{}\n</div>').format(markup)
    parse_markup(markup, "this piece", position)


def _hint(error: ElementTree.ParseError) -> str:
    if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
        return "write the character itself: XML, and so an EPUB, knows none of the names of HTML"
    return "close every element that a template opens, the innermost first"


@contextmanager
def _few_calls() -> Iterator[None]:
    """Let templates call one another a hundred deep, where the tree may go thousands of calls deep.

    Text arrives in a template as finished markup, so a template has no need of more, and one that includes itself would
    take half a minute to get there.
    """
    frame: FrameType | None = sys._getframe()
    depth = 0
    while frame := frame.f_back if frame else None:
        depth += 1
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(min(before, depth + _CALLS))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _with_name(own: Callable[[str], str | None]) -> Callable[[str], tuple[str, str, None] | None]:
    """Let a template of the book's own be called by its name where it fails."""

    def load(name: str) -> tuple[str, str, None] | None:
        text = own(name)
        return None if text is None else (text, f"templates/{name}", None)

    return load


def _place(error: BaseException, name: str) -> tuple[str, int]:
    """Return the innermost template and line that the error went through; Jinja puts them on the traceback."""
    place = (name, 1)
    trace = error.__traceback__
    while trace:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _failure(name: str, line: int, reason: str, hint: str | None = None) -> Failure:
    ours = str(shipped("templates"))
    file = name.removeprefix(ours).lstrip("/\\")
    return Failure(
        Rule.TEMPLATE_FAILED,
        Position(f"templates/{file.removeprefix('templates/')}", line),
        f"the template cannot be rendered: {reason}",
        hint or "the variables of each template are listed at its head",
    )

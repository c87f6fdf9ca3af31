"""The templates: ours, each of which a book's own `templates/` may replace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, FunctionLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from octavo.diagnostics import Failure, Position, Rule


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

        Raises Failure (template-failed) at the line of the template that is at fault.
        """
        try:
            return Markup(self._environment.get_template(name).render(**variables).strip())
        except TemplateSyntaxError as error:
            raise _failure(error.name or name, error.lineno, str(error)) from error
        except TemplateNotFound as error:
            raise _failure(*_place(error, name), f"there is no template “{error.name}”") from error
        except RecursionError as error:
            raise _failure(*_place(error, name), "it includes or calls itself without end") from error
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise _failure(*_place(error, name), str(error)) from error


def parse_markup(markup: str, place: str) -> ElementTree.Element:
    """Return markup as a tree. Raises Failure (template-failed) where the templates left an element open."""
    try:
        return ElementTree.fromstring(markup)
    except ElementTree.ParseError as error:
        line = markup.splitlines()[error.position[0] - 1].strip()[:60]
        message = f"the templates make markup for {place} that is not well-formed: {error.msg}, at “{line}”"
        raise Failure(Rule.TEMPLATE_FAILED, None, message, "close every element that a template opens") from error


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


def _failure(name: str, line: int, reason: str) -> Failure:
    ours = str(shipped("templates"))
    file = name.removeprefix(ours).lstrip("/\\")
    return Failure(
        Rule.TEMPLATE_FAILED,
        Position(f"templates/{file.removeprefix('templates/')}", line),
        f"the template cannot be rendered: {reason}",
        "the variables of each template are listed at its head",
    )

"""The templates: ours, each of which a book's own `templates/` may replace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateSyntaxError
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
        loaders: list[BaseLoader] = [FunctionLoader(own), FileSystemLoader(shipped("templates"))]
        self._environment = Environment(
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
            raise _failure(error.name or name, error.lineno, error) from error
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise _failure(*_place(error, name), error) from error


def _place(error: BaseException, name: str) -> tuple[str, int]:
    """Return the innermost template and line that the error went through; Jinja puts them on the traceback."""
    place = (name, 1)
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_globals.get("__jinja_template__") or "__TEMPLATE__" in trace.tb_frame.f_globals:
            place = (Path(trace.tb_frame.f_code.co_filename).name, trace.tb_lineno)
        elif trace.tb_frame.f_code.co_filename.endswith((".html", ".xhtml", ".svg")):
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _failure(name: str, line: int, error: BaseException) -> Failure:
    ours = str(shipped("templates"))
    file = name.removeprefix(ours).lstrip("/\\")
    return Failure(
        Rule.TEMPLATE_FAILED,
        Position(f"templates/{file.removeprefix('templates/')}", line),
        f"the template cannot be rendered: {error}",
        "the variables of each template are listed at its head",
    )

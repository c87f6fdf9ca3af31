"""The templates: ours, each of which a theme or a book's own `templates/` may replace or extend."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from octavo.diagnostics import Failure, Position, Rule, nearest
from octavo.render.compiled import CompiledTemplates
from octavo.render.layers import BELOW, Found, Layer, Layers

_CALLS = 500
_PAGE = re.compile(r"<(\?xml|!)")  # a declaration, which begins a page


class Templates:
    """Render templates by name; a fault in one is an error at its line."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        # A book may come from anyone, and its templates with it: they may lay out text, and run nothing.
        self._environment = _Environment(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=CompiledTemplates(),
        )
        self._environment.layers = layers

    @property
    def own(self) -> tuple[Layer, ...]:
        """Return the layers that are the book's."""
        return tuple(layer for layer in self._layers.layers if layer.own)

    @property
    def own_texts(self) -> dict[str, str | None]:
        """Return the text of each file in these layers; None where it has none, for not all need be templates."""
        return {f"{layer.place}/{name}": _text_of(layer, name) for layer in self.own for name in sorted(layer.names)}

    def render(self, name: str, **variables: Any) -> Markup:
        """Return what the template makes of its variables, without white space around it.

        Raises Failure (template-failed) at the line of the template that is at fault; where one of the book's own
        makes markup that is not well-formed, at the template.
        """
        try:
            with _few_calls():
                markup = Markup(self._environment.get_template(name).render(**variables).strip())
        except TemplateSyntaxError as error:
            raise _failure(error.filename or self._file(name), error.lineno, str(error)) from error
        except TemplateNotFound as error:
            raise self._not_found(error, name) from error
        except RecursionError as error:
            reason, hint = "it includes or calls itself without end", "let a condition end it, or include another"
            raise _failure(*self._place(error, name), reason, hint) from error
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise _failure(*self._place(error, name), str(error)) from error
        if (found := self._layers.find(name)) and found.own:
            _check_piece(found.file, markup)
        return markup

    def _load(self, name: str) -> tuple[str, str, None] | None:
        """Return a template, and what it is called where it fails."""
        found = find_template(self._layers, name)
        return None if found is None else (found.text, found.file, None)

    def _file(self, name: str) -> str:
        found = find_template(self._layers, name)
        return found.file if found else f"templates/{name}"

    def _place(self, error: BaseException, name: str) -> tuple[str, int]:
        """Return the innermost template and line that the error went through; Jinja puts them on the traceback."""
        place = (self._file(name), 1)
        trace = error.__traceback__
        while trace:
            if "__jinja_exception__" in trace.tb_frame.f_globals:
                place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
            trace = trace.tb_next
        return place

    def _not_found(self, error: TemplateNotFound, name: str) -> Failure:
        start, wanted = _start_and_name(str(error.name))
        below = f"below this one there is no template “{wanted}”" if start else f"there is no template “{wanted}”"
        return _failure(*self._place(error, name), below, nearest(wanted, sorted(self._layers.names)))


class _Environment(ImmutableSandboxedEnvironment):
    """Let a template name the one below it."""

    layers: Layers

    def join_path(self, template: str, parent: str) -> str:
        """Return by which name a template is loaded that another one, `parent`, asks for."""
        found = find_template(self.layers, parent)
        if found is None or not template.startswith(BELOW):
            return template
        return f"{found.depth + 1}:{template.removeprefix(BELOW)}"


def _text_of(layer: Layer, name: str) -> str | None:
    try:
        return layer.read(name)
    except Failure:  # which is told where it is asked for, if ever
        return None


def find_template(layers: Layers, name: str) -> Found | None:
    """Return the template of a name, before which may stand how many layers are left out."""
    start, name = _start_and_name(name)
    return layers.find(name, start)


def _start_and_name(name: str) -> tuple[int, str]:
    start, colon, rest = name.partition(":")
    return (int(start), rest) if colon and start.isdecimal() else (0, name)


def parse_markup(
    markup: str, place: str, position: Position | None = None, parser: ElementTree.XMLParser | None = None
) -> ElementTree.Element:
    """Return markup as a tree. Raises Failure (template-failed) where the templates left an element open.

    `parser` sees more of it than the tree holds.
    """
    try:
        return ElementTree.fromstring(markup, parser)
    except ElementTree.ParseError as error:
        line = markup.splitlines()[error.position[0] - 1].strip()[:60]
        message = f"the templates make markup for {place} that is not well-formed: {error.msg}, at “{line}”"
        raise Failure(Rule.TEMPLATE_FAILED, position, message, _hint(error)) from error


def _check_piece(file: str, markup: Markup) -> None:
    """Raise Failure where what a template of the book's own makes would break the page around it."""
    position = Position(file)
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


def _failure(file: str, line: int, reason: str, hint: str | None = None) -> Failure:
    return Failure(
        Rule.TEMPLATE_FAILED,
        Position(file, line),
        f"the template cannot be rendered: {reason}",
        hint or "the variables of each template are listed at its head",
    )

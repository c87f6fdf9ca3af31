"""Read octavo.toml.

In: its text. Out: the settings, or None and every error at its line and column: first those of TOML itself, of which
there is one at a time, then all those of keys and values at once.
"""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, time
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from octavo.book.files import line_and_column, printable
from octavo.book.settings import Settings
from octavo.book.toml_positions import KeyPath, TomlPositions
from octavo.diagnostics import Position, Report, Rule, nearest

CONFIGURATION = "octavo.toml"

_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_MUST = {
    "string_type": "must be a string",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "tuple_type": "must be a list",
    "too_short": "must not be empty",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}
_SHOWN = 60
_BRACKETS = re.compile(r"[\[\]{}]")
_DEEPEST = 100
_BARE_KEY = re.compile(r"\s*([\w-]+)\s*=")


def read_configuration(text: str, file: str, report: Report) -> Settings | None:
    """Return the settings that `text` states, or None after every error was reported."""
    if (index := _too_deep(text)) is not None:
        place = Position(file, *line_and_column(text, index))
        report.add(Rule.CONFIGURATION_SYNTAX, place, "this is not TOML: values nest too deep")
        return None
    try:
        values = tomllib.loads(text)
    except ValueError as error:
        _report_syntax(error, text, file, report)
        return None
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        positions = TomlPositions(file, text)
        for details in error.errors(include_url=False):
            _report_value(details, positions, report)
        return None


def _too_deep(text: str) -> int | None:
    """Return where brackets open deeper than anybody writes: the library would call itself until Python gives up."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += 1 if found[0] in "[{" else -1
        if depth > _DEEPEST:
            return found.start()
    return None


def _report_syntax(error: Exception, text: str, file: str, report: Report) -> None:
    place, reason = (1, 1), "a number has too many digits"
    if match := _PLACE.fullmatch(str(error)):  # before Python 3.14 the place stands in the words only
        place = (int(match[2]), int(match[3])) if match[2] else line_and_column(text, len(text))
        reason = _lower_first(match[1])
    hint = _syntax_hint(next(iter(text.split("\n")[place[0] - 1 :]), ""), place[1])
    report.add(Rule.CONFIGURATION_SYNTAX, Position(file, *place), f"this is not TOML: {reason}", hint)


def _syntax_hint(line: str, column: int) -> str | None:
    key = _BARE_KEY.match(line)
    if key and not key[1].isascii():
        return f'a key with other letters than a to z stands in quotation marks: "{key[1]}"'
    is_word = key and key.end() < column and re.match(r"[^\W\d]|[“‘«「]", line[column - 1 :])
    return 'a text stands in straight quotation marks: "…"' if is_word else None


def _report_value(details: ErrorDetails, positions: TomlPositions, report: Report) -> None:
    path: KeyPath = tuple(part for part in details["loc"] if part != "[key]")
    if details["type"] == "extra_forbidden":
        message = f"{printable(str(path[-1]))} is not a key of {_table(path[:-1])}"
        report.add(Rule.CONFIGURATION_KEY, positions.key(path), message, _known_key(path))
    elif details["type"] == "missing":
        message = f"{_table(path[:-1])} needs the key {path[-1]}"
        report.add(Rule.CONFIGURATION_VALUE, positions.key(path), message)
    else:
        place = positions.key(path) if "[key]" in details["loc"] else positions.value(path)
        message, hint = _sentence(path, details)
        report.add(Rule.CONFIGURATION_VALUE, place, message, hint)


def _sentence(path: KeyPath, details: ErrorDetails) -> tuple[str, str | None]:
    context = details.get("ctx", {})
    subject, value = _subject(path), details["input"]
    if details["type"] == "wanted":
        end = "" if context["alone"] else f", not {_shown(value)}"
        return f"{subject} {context['must']}{end}", context["hint"] or None
    if details["type"] == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        hint = nearest(value, choices) if isinstance(value, str) else None
        return f"{subject} must be {', '.join(choices[:-1])} or {choices[-1]}, not {_shown(value)}", hint
    if details["type"] == "greater_than_equal":
        return f"{subject} must be at least {context['ge']}, not {_shown(value)}", None
    must = _MUST.get(details["type"], _lower_first(details["msg"]))
    return f"{subject} {must}, not {_shown(value)}", None


def _subject(path: KeyPath) -> str:
    name = next((part for part in reversed(path) if isinstance(part, str)), CONFIGURATION)
    return printable(f"item {path[-1] + 1} of {name}" if path and isinstance(path[-1], int) else name)


def _table(path: KeyPath) -> str:
    name = printable(".".join(part for part in path if isinstance(part, str)))
    if not name:
        return CONFIGURATION
    return f"[[{name}]]" if isinstance(path[-1], int) else f"[{name}]"


def _shown(value: Any) -> str:
    """Return a value as TOML writes it, shortened."""
    match value:
        case dict():
            return "a table"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case date() | time():
            return value.isoformat()
        case _:
            text = printable(json.dumps(value, ensure_ascii=False))
            return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _known_key(path: KeyPath) -> str | None:
    """Return a hint for an unknown key: a key with nearly this name, or the table where it belongs."""
    name = str(path[-1])
    model = _model_at(path[:-1])
    if hint := nearest(name, model.model_fields):
        return hint
    for table, schema in Settings.model_fields.items():
        inner = _model_in(schema.annotation)
        if inner is not None and inner is not model and name in inner.model_fields:
            return f"{name} is a key of {_table((table,))}"
    return None


def _model_at(path: KeyPath) -> type[BaseModel]:
    model: type[BaseModel] = Settings
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the first model that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]

"""The reference of octavo.toml: a table of keys for each of its tables, from the JSON Schema of the models."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from octavo.book.settings import json_schema

# Keys that are read and checked, and that nothing asks for so far. A test looks whether the code still says so.
WITHOUT_EFFECT = ("limits.seconds",)
_NONE_YET = "*No effect so far.*"
_TYPES = {"string": "text", "boolean": "true or false", "integer": "whole number", "number": "number", "null": ""}
_HEADS = {"part": "[[part]]", "kinds": "[kinds.NAME]"}


def configuration() -> str:
    """Return a section for each table of octavo.toml, and one for the tables that name authors."""
    schema = json_schema()
    parts = []
    for name, table in schema["properties"].items():
        parts.append(_section(name, table, schema["$defs"]))
        if name == "book":
            author = schema["$defs"]["AuthorSettings"]
            parts.append(_table("authors", author, schema["$defs"], "## An author as a table"))
    return "\n\n".join(parts)


def _section(name: str, table: Mapping[str, Any], models: Mapping[str, Any]) -> str:
    head = f"## {_HEADS.get(name, f'[{name}]')}"
    inner = table.get("items") or table.get("additionalProperties") or table
    if "$ref" not in inner:  # the names are the author's
        return f"{head}\n\n{table['description']} Each is a {_type(inner, models)}."
    return _table(name, models[_model_name(inner)], models, head, table.get("description"))


def _table(
    name: str, model: Mapping[str, Any], models: Mapping[str, Any], head: str, description: str | None = None
) -> str:
    idle = f" {_NONE_YET}" if name in WITHOUT_EFFECT else ""
    rows = ["| key | value | default | meaning |", "|---|---|---|---|"]
    required = model.get("required", [])
    for key, value in model["properties"].items():
        default = "*required*" if key in required else _default(value.get("default"))
        mark = f" {_NONE_YET}" if f"{name}.{key}" in WITHOUT_EFFECT else ""
        rows.append(f"| `{key}` | {_type(value, models)} | {default} | {value['description']}{mark} |")
    return "\n".join([head, "", f"{description or model['description']}{idle}", "", *rows])


def _model_name(schema: Mapping[str, Any]) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _type(schema: Mapping[str, Any], models: Mapping[str, Any]) -> str:
    """Return the type that a JSON Schema states, in words."""
    words = list(dict.fromkeys(filter(None, _words(schema, models))))
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _words(schema: Mapping[str, Any], models: Mapping[str, Any]) -> list[str]:
    if "anyOf" in schema:
        return [word for one in schema["anyOf"] for word in _words(one, models)]
    if "enum" in schema or "const" in schema:
        return [f"`{json.dumps(one)}`" for one in schema.get("enum", [schema.get("const")])]
    if "$ref" in schema or schema.get("type") == "object":
        return ["table"]
    if schema.get("type") == "array":
        return [f"list of {_plural(_type(schema['items'], models))}" if "items" in schema else "list of two lengths"]
    return ["date" if schema.get("format") == "date" else _TYPES[schema["type"]]]


def _plural(words: str) -> str:
    return " or ".join(f"{word}s" for word in words.split(" or "))


def _default(value: object) -> str:
    if value is None:
        return "none"
    return "empty" if value in ([], {}) else f"`{json.dumps(value, ensure_ascii=False)}`"

"""Read the values that the known keys of a front matter take.

In: the YAML node of a value and the name it goes by in messages. Out: the value, or `WrongValueError` with the index
of the character where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml

from octavo.book.files import FORBIDDEN, quoted
from octavo.book.values import bare_orcid, is_language_tag
from octavo.book.yaml_nodes import NULL
from octavo.document import Author

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[ T].*)?")


class WrongValueError(Exception):
    """Say that a key cannot have this value."""

    def __init__(self, node: yaml.Node, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.index, self.message, self.hint = node.start_mark.index, message, hint


def read_text(node: yaml.Node, key: str) -> str | None:
    """Return a scalar as it is written, or None where it is empty."""
    if not isinstance(node, yaml.ScalarNode):
        kind = "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"
        raise WrongValueError(node, f"{key} must be a text, not {kind}")
    if match := FORBIDDEN.search(node.value):
        raise WrongValueError(node, f"{key} must not hold the character U+{ord(match[0]):04X}")
    return None if node.tag == NULL else node.value.strip() or None


def read_language(node: yaml.Node, key: str) -> str | None:
    """Return a BCP 47 tag."""
    text = read_text(node, key)
    if text is None or is_language_tag(text):
        return text
    mended = text.replace("_", "-")
    hint = f"did you mean “{mended}”?" if is_language_tag(mended) else None
    raise WrongValueError(node, f"{key} must be a language tag such as zh-CN or en, not {quoted(text)}", hint)


def read_date(node: yaml.Node, key: str) -> str | None:
    """Return a date as ISO 8601, and any other words as they are."""
    text = read_text(node, key)
    if text is None or not (match := _DAY.fullmatch(text)):
        return text
    try:
        return date(*(int(part) for part in match.groups() if part)).isoformat()
    except ValueError as error:
        raise WrongValueError(node, f"{key} must be a day of the calendar, not {quoted(text)}") from error


def read_keywords(node: yaml.Node, key: str) -> tuple[str, ...]:
    """Return the items of a list, or what stands between the commas and semicolons of a text."""
    if isinstance(node, yaml.SequenceNode):
        words = [read_text(item, f"item {index} of {key}") for index, item in enumerate(node.value, 1)]
    else:
        words = [word.strip() for word in re.split("[,，;；、]", read_text(node, key) or "")]
    return tuple(word for word in words if word)


def read_identifier(node: yaml.Node, key: str) -> str | None:
    """Return an identifier: a text, Pandoc's mapping with scheme and text, or the first of a list of them."""
    if isinstance(node, yaml.SequenceNode) and node.value:
        node = node.value[0]
    return _named(node, key, "text")


def read_authors(node: yaml.Node, key: str) -> tuple[Author, ...]:
    """Return authors: a name, a mapping, or a list of them."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    authors = (
        _author(item, f"item {index} of {key}" if item is not node else key) for index, item in enumerate(items, 1)
    )
    return tuple(author for author in authors if author)


def _author(node: yaml.Node, key: str) -> Author | None:
    if not isinstance(node, yaml.MappingNode):
        name = read_text(node, key)
        return Author(name=name) if name else None
    fields = _fields(node)
    name = _person(fields["name"], key) if "name" in fields else None
    if not name:
        raise WrongValueError(node, f"{key} needs a name")
    return Author(
        name=name,
        affiliation=_first(fields, ("affiliation", "affiliations", "institute")),
        orcid=_orcid(fields["orcid"]) if "orcid" in fields else None,
        role=_first(fields, ("role", "roles")),
    )


def _orcid(node: yaml.Node) -> str | None:
    text = read_text(node, "orcid")
    if text is None:
        return None
    if orcid := bare_orcid(text):
        return orcid
    raise WrongValueError(node, f"orcid must be one such as 0000-0002-1825-0097, not {quoted(text)}")


def _person(node: yaml.Node, key: str) -> str | None:
    """Return a name that is a text, or Quarto's mapping: literal, or given and family."""
    if not isinstance(node, yaml.MappingNode):
        return read_text(node, f"name of {key}")
    fields = _fields(node)
    parts = ("literal",) if "literal" in fields else ("given", "family")
    return " ".join(filter(None, (read_text(fields[part], part) for part in parts if part in fields))) or None


def _first(fields: dict[str, yaml.Node], keys: tuple[str, ...]) -> str | None:
    """Return the first of these fields: a text, a mapping with a name, or a list of them, joined."""
    for key in keys:
        if node := fields.get(key):
            items = node.value if isinstance(node, yaml.SequenceNode) else [node]
            return "; ".join(filter(None, (_named(item, key, "name") for item in items))) or None
    return None


def _named(node: yaml.Node, key: str, field: str) -> str | None:
    """Return a text, or that field of a mapping."""
    if not isinstance(node, yaml.MappingNode):
        return read_text(node, key)
    fields = _fields(node)
    return read_text(fields[field], field) if field in fields else None


def _fields(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value if isinstance(key.value, str)}


Read = Callable[[yaml.Node, str], Any]

KEYS: dict[str, tuple[str, Read]] = {
    "title": ("title", read_text),
    "subtitle": ("subtitle", read_text),
    "author": ("authors", read_authors),
    "authors": ("authors", read_authors),
    "lang": ("language", read_language),
    "language": ("language", read_language),
    "date": ("date", read_date),
    "keywords": ("keywords", read_keywords),
    "abstract": ("abstract", read_text),
    "description": ("description", read_text),
    "rights": ("rights", read_text),
    "publisher": ("publisher", read_text),
    "series": ("series", read_text),
    "version": ("version", read_text),
    "identifier": ("identifier", read_identifier),
    "toc-title": ("toc_title", read_text),
}

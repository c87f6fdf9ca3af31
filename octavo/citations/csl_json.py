"""A CSL-JSON file → its works; what is wrong in it is reported at its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from octavo.citations.works import Variables, Work, language_of, settle_name
from octavo.diagnostics import Position, Report, Rule

_PEOPLE = re.compile(
    r"author|composer|curator|director|editor|translator|compiler|illustrator|interviewer|performer|recipient|host|producer|chair"
)


def read_csl_json(text: str, file: str, report: Report) -> Iterator[Work]:
    """Yield the works of a file in order."""
    try:
        items = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        place = Position(file, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        report.add(Rule.BIBLIOGRAPHY_SYNTAX, place, f"this is not JSON: {_reason(error)}")
        return
    if not isinstance(items, list):
        items = items.get("items", [items]) if isinstance(items, dict) else [items]
    places = _Places(text, file)
    for item in items:
        if not isinstance(item, dict) or not isinstance(item.get("id"), str | int):
            report.add(
                Rule.BIBLIOGRAPHY_SYNTAX, places.next(None), "a work is a table with an id", "see citationstyles.org"
            )
            continue
        place = places.next(str(item["id"]))
        variables = _variables(item)
        yield Work(str(item["id"]), variables, language_of(variables), place)


def _reason(error: Exception) -> str:
    return str(getattr(error, "msg", "it nests too deep")).lower()


def _variables(item: dict[str, Any]) -> Variables:
    """Return a copy whose names are as they are printed, and whose values citeproc-js can take."""
    result = {name: value for name, value in item.items() if value not in (None, "")}
    for name, value in result.items():
        if _PEOPLE.search(name) and isinstance(value, list):
            result[name] = [settle_name(person) for person in value if isinstance(person, dict)]
    result.setdefault("type", "document")
    return result


class _Places:
    """Find each work in the text, in order."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file, self._behind = text, file, 0

    def next(self, key: str | None) -> Position:
        """Return where the id of the next work stands."""
        pattern = rf'"id"\s*:\s*"?{re.escape(json.dumps(key, ensure_ascii=False)[1:-1])}"?' if key else r"\S"
        found = re.compile(pattern).search(self._text, self._behind)
        if found is None:
            return Position(self._file)
        self._behind = found.end()
        line = self._text.count("\n", 0, found.start()) + 1
        return Position(self._file, line, found.start() - self._text.rfind("\n", 0, found.start()))

"""Read the front matter of a Markdown file: Pandoc's names, in YAML.

In: the text between the two lines of hyphens. Out: what it says of the file. Jekyll, Hugo and Quarto keep much else
there, so unknown keys are kept without complaint. Where a text is wanted, a number, a date or a word such as `no`
counts as it is written: `version: 1.10` is “1.10” and `lang: no` is Norwegian.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from octavo.book.files import line_and_column, quoted
from octavo.diagnostics import Position, Report, Rule
from octavo.document import Author

if TYPE_CHECKING:
    import yaml

_HINTS = {
    "mapping values are not allowed": "a value that holds “: ” needs quotation marks around it",
    "character '\\t'": "indent with spaces",
    "anchor": "write the value out again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """State what a file says of itself.

    `date` is ISO 8601 where the author wrote a date, else free words. `abstract` is Markdown. `extra` holds the
    other keys as plain data. `positions` tells, by the key as written, where its value begins.
    """

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[Author, ...] = ()
    language: str | None = None
    date: str | None = None
    keywords: tuple[str, ...] = ()
    abstract: str | None = None
    description: str | None = None
    rights: str | None = None
    publisher: str | None = None
    series: str | None = None
    version: str | None = None
    identifier: str | None = None
    toc_title: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict, compare=False, repr=False)


def read_front_matter(text: str, first_line: int, file: str, report: Report) -> FrontMatter:
    """Return what `text` says; `first_line` is the line of `file` on which it begins.

    Errors are reported as FRONT_MATTER_SYNTAX and FRONT_MATTER_VALUE; a value in error counts as absent.
    """
    if not text.strip():
        return FrontMatter()
    return _Reader(text, first_line, file, report).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    first_line: int
    file: str
    report: Report

    def read(self) -> FrontMatter:
        # Here and not above: most files have no front matter, and PyYAML takes its time to load.
        from octavo.book.front_matter_values import KEYS, WrongValueError  # noqa: PLC0415
        from octavo.book.yaml_nodes import plain  # noqa: PLC0415

        pairs = self._pairs()
        known: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key, node in pairs.items():
            if key not in KEYS:
                extra[key] = plain(node)
                continue
            name, read = KEYS[key]
            try:
                value = read(node, key)
            except WrongValueError as wrong:
                self.report.add(Rule.FRONT_MATTER_VALUE, self._place(wrong.index), wrong.message, wrong.hint)
                continue
            if value:
                known[name] = known[name] + value if name in known and isinstance(value, tuple) else value
        positions = {key: self._place(node.start_mark.index) for key, node in pairs.items()}
        return FrontMatter(**known, extra=extra, positions=positions)

    def _pairs(self) -> dict[str, yaml.Node]:
        """Return the values of the mapping by their keys, or nothing after an error of syntax was reported."""
        from octavo.book.yaml_nodes import NotYamlError, compose_mapping  # noqa: PLC0415

        try:
            pairs = compose_mapping(self.text)
        except NotYamlError as error:
            self._report_syntax(error.index, error.problem)
            return {}
        result: dict[str, yaml.Node] = {}
        for key, value in pairs:
            if not isinstance(key.value, str):
                self._report_syntax(key.start_mark.index, "a key must be a word")
            elif key.value in result:
                self._report_syntax(key.start_mark.index, f"the key {quoted(key.value)} stands here a second time")
            else:
                result[key.value] = value
        return result

    def _report_syntax(self, index: int, problem: str) -> None:
        hint = next((hint for sign, hint in _HINTS.items() if sign in problem), None)
        message = f"this front matter is not YAML: {problem}"
        self.report.add(Rule.FRONT_MATTER_SYNTAX, self._place(index), message, hint)

    def _place(self, index: int) -> Position:
        # YAML knows more line ends than Markdown does, so its own line numbers are of no use.
        line, column = line_and_column(self.text, index)
        return Position(self.file, self.first_line + line - 1, column)

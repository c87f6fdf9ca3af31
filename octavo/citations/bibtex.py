"""A BibTeX file → its works, each with its place; what is wrong in it is reported there."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from octavo.citations.fields import TYPES, VERBATIM, variables_of
from octavo.citations.latex import unknown_commands
from octavo.citations.works import Work, language_of, tag_of
from octavo.diagnostics import Position, Report, Rule, nearest

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

_CONCATENATED = re.compile(r'\s*#\s*(?=(?:[^{}"]|\{[^{}]*\}|"[^"]*")*$)')
_QUOTED = re.compile(r'"(.*)"|\{(.*)\}', re.DOTALL)
_NOT_INHERITED = frozenset({"title", "subtitle", "shorttitle", "crossref", "xref", "ids", "options", "keywords"})
_MONTHS = {name: name for name in ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]}


def read_bibtex(text: str, file: str, report: Report) -> Iterator[Work]:
    """Yield the works of a file in order; a block that cannot be read is an error at its place."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 (only books that cite need it)

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would log is reported
    library = parse_string(text, parse_stack=[])
    reader = _Reader(text, file, report)
    strings = _MONTHS | {string.key.lower(): _plain(string.value, _MONTHS) for string in library.strings}
    entries = {entry.key: _fields(entry, strings) for entry in library.entries}
    for block in library.failed_blocks:
        reader.report_failed(block)
    for entry in library.entries:
        if work := reader.work(entry, _inherited(entries, entry.key)):
            yield work


def _fields(entry: Entry, strings: Mapping[str, str]) -> dict[str, str]:
    return {field.key.lower(): _plain(str(field.value), strings) for field in entry.fields}


def _plain(written: str, strings: Mapping[str, str]) -> str:
    """Return a value without what encloses it; abbreviations and pieces joined by # are put together."""
    parts = _CONCATENATED.split(written.strip())
    return "".join(_piece(part.strip(), strings) for part in parts)


def _piece(part: str, strings: Mapping[str, str]) -> str:
    if found := _QUOTED.fullmatch(part):
        return found[1] if found[1] is not None else found[2]
    return strings.get(part.lower(), part)


def _inherited(entries: Mapping[str, Mapping[str, str]], key: str) -> dict[str, str]:
    """Return the fields of an entry, and those of the one it refers to by crossref that it has not itself."""
    own = dict(entries[key])
    parent = entries.get(own.get("crossref", "").strip())
    if not parent or parent is entries[key]:
        return own
    above = {name: value for name, value in parent.items() if name not in _NOT_INHERITED}
    if "title" in parent:
        above["booktitle"] = parent["title"]
    return {**above, **own}


class _Reader:
    """Make works of the entries of one file."""

    def __init__(self, text: str, file: str, report: Report) -> None:
        self._lines = text.split("\n")
        self._file = file
        self._report = report

    def _place(self, line: int, word: str = "") -> Position:
        """Return the place of a word in a line, which counts from 0."""
        written = self._lines[line] if line < len(self._lines) else ""
        return Position(self._file, line + 1, max(written.find(word), 0) + 1)

    def work(self, entry: Entry, fields: dict[str, str]) -> Work | None:
        """Return the work that an entry describes, or None after it was reported."""
        place = self._place(entry.start_line or 0, "@")
        kind = entry.entry_type.lower()
        if kind not in TYPES:
            message = f"“@{entry.entry_type}” is no type of entry; the work is taken for one of no kind"
            self._report.add(Rule.BIBLIOGRAPHY_VALUE, place, message, nearest(kind, TYPES))
        try:
            variables = variables_of(kind, fields)
        except ValueError as error:
            self._report.add(Rule.BIBLIOGRAPHY_SYNTAX, place, f"the entry “{entry.key}” cannot be read: {error}")
            return None
        self._check_dates(variables, entry)
        self._check_commands(entry)
        if stated := tag_of(fields.get("langid") or fields.get("language") or ""):
            variables["language"] = stated
        return Work(entry.key, variables, language_of(variables), place)

    def _check_dates(self, variables: Mapping[str, Any], entry: Entry) -> None:
        for names, variable in ((("date", "year"), "issued"), (("urldate",), "accessed")):
            written = (variables.get(variable) or {}).get("literal")
            if not written or not re.search(r"\d", written):
                continue
            field = next((field for field in entry.fields if field.key.lower() in names), None)
            place = self._place(field.start_line or 0, field.key) if field else self._place(entry.start_line or 0)
            message = f"“{written}” is not a date; it is printed as it is"
            self._report.add(Rule.BIBLIOGRAPHY_VALUE, place, message, "write it as 2026, 2026-07 or 2026-07-01")

    def _check_commands(self, entry: Entry) -> None:
        for field in entry.fields:
            for name in () if field.key.lower() in VERBATIM else unknown_commands(str(field.value)):
                place = self._place(field.start_line or 0, f"\\{name}")
                message = f"“\\{name}” is no command of TeX that is known here; it is left out"
                self._report.add(Rule.BIBLIOGRAPHY_VALUE, place, message, "write the character itself")

    def report_failed(self, block: Block) -> None:
        """Report a block that could not be read, with what the library says of it."""
        from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock  # noqa: PLC0415

        place = self._place(block.start_line or 0, "@")
        match block:
            case DuplicateBlockKeyBlock():
                first = self._place(block.previous_block.start_line or 0)
                message = f"the key “{block.key}” is used twice"
                self._report.add(Rule.BIBLIOGRAPHY_DUPLICATE, place, message, f"it is used first in line {first.line}")
            case DuplicateFieldKeyBlock():
                names = "”, “".join(sorted(block.duplicate_keys))
                message = f"an entry has the field “{names}” twice"
                self._report.add(Rule.BIBLIOGRAPHY_SYNTAX, place, message, "keep the one that is right")
            case _:
                reason = str(getattr(getattr(block, "error", None), "abort_reason", "")).strip()
                self._report.add(Rule.BIBLIOGRAPHY_SYNTAX, place, f"this entry is not BibTeX: {_sentence(reason)}")


def _sentence(reason: str) -> str:
    return (reason[:1].lower() + reason[1:]).rstrip(".") if reason else "it is not closed"

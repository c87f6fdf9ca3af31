"""The reference of what a designer may change: templates with their variables, style sheets with their tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import tinycss2
from template_heads import head_of
from token_formats import token_formats

from octavo.render.layers import shipped

_FOLDERS = {
    "": "Pieces, for all formats",
    "site": "The site and the single page",
    "pdf": "The PDF",
    "epub": "The EPUB",
    "check": "The report of a check",
}
_SHEETS = {
    "tokens": "shared by all formats",
    "site": "the site and the single page",
    "dark": "the site and the single page in the dark",
    "print": "the PDF",
    "pdf": "the PDF",
    "epub": "the EPUB",
}


def templates() -> str:
    """Return a table for each folder of templates: the file, and the comment at its head."""
    return "\n\n".join(_folder(name, title) for name, title in _FOLDERS.items())


def _folder(name: str, title: str) -> str:
    root = shipped("templates")
    files = sorted(path for path in (root / name).iterdir() if path.is_file() and path.name != "LICENSE")
    rows = [f"| `{path.relative_to(root).as_posix()}` | {_head(path)} |" for path in files]
    return "\n".join([f"**{title}**", "", "| template | what it is, and its variables |", "|---|---|", *rows])


def _head(path: Path) -> str:
    try:
        head = head_of(path.read_text("utf-8"))
    except ValueError as error:
        raise SystemExit(f"guide: {path}: {error}") from error
    variables = "; ".join(f"`{name}`: {_cell(what)}" for name, what in head.variables.items())
    return f"{_cell(head.about)} {variables}".strip()


def tokens() -> str:
    """Return a table for each sheet that declares tokens: the token, and its value where no language has another."""
    return "\n\n".join(_sheet(name, title) for name, title in _SHEETS.items())


def _sheet(name: str, title: str) -> str:
    text = (shipped("styles") / f"{name}.css").read_text("utf-8")
    formats = token_formats()
    rows = [f"| `{token}` | `{value}` | {', '.join(formats[token])} |" for token, value in _declared(text)]
    return "\n".join([f"**`{name}.css`, {title}**", "", "| token | value | used in |", "|---|---|---|", *rows])


def _declared(text: str) -> Iterator[tuple[str, str]]:
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if item.type == "declaration" and item.name.startswith("--"):
                    yield item.name.removeprefix("--"), tinycss2.serialize(item.value).strip()


def _cell(text: str) -> str:
    """Return words as they may stand in a cell of a table."""
    return re.sub(r"([|<*_\\\[])", r"\\\1", text)

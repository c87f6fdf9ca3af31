"""What stands behind an opening fence → what it says of the listing.

In: an info string of ours, or of Pandoc, Quarto, knitr, mdBook, MkDocs, GitHub or Docusaurus, and the code where Quarto
writes options into it. Out: an `Info`. The parser for attributes of mdit-py-plugins is no match here: it refuses bare
words, `file=x.py`, `title=中文` and braces in quotation marks, and knows nothing of what stands outside of braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.common.utils import unescapeAll

from octavo.book.yaml_nodes import NotYamlError, compose_mapping, plain
from octavo.diagrams import language_of

_PART = re.compile(
    r"""(?P<key>[^\W\d][\w:.-]*)=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>[^']*)'|(?P<bare>[^\s{}]+))
    | \#(?P<identifier>[^\W\d][\w:.-]*)
    | \.(?P<class>[^\W\d][\w+-]*)
    | \{(?P<ranges>[\d\s,-]+)\}
    | (?P<word>[^\s{},]+)""",
    re.VERBOSE,
)
_OPTION = re.compile(r"(?:\#|//|--|%%|;;?|!)\|[ ]?(.*)\n?")
_NUMBERS = frozenset(
    {"numbers", "numberlines", "number-lines", "line-numbers", "linenos", "linenums", "showlinenumbers"}
    | {"code-line-numbers"}
)
_START = frozenset({"start", "startfrom", "start-from", "linenums", "showlinenumbers", "linenostart"})
_CAPTION = ("caption", "lst-cap")
_FIGURE = {"fig-cap": "caption", "fig-alt": "alt", "label": "lst-label"}
_TITLE = ("title", "filename")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_COUNT = re.compile(r"[0-9]{1,6}\Z")
_OURS = frozenset({"file", "lines", "anchor", "mark"})
_FROM_ONE = frozenset({"hl_lines", "code-line-numbers"})
_NO = frozenset({"false", "no", "off", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """State what is known of a listing; `text` is its code without the options that stood in it.

    `caption` is Markdown. What only a pass can settle is in `attributes`: `file`, `lines`, `anchor`, `start`, `mark`
    (lines as they are counted in the listing) and `hl_lines` (lines counted from 1).
    """

    text: str
    language: str | None = None
    identifier: str | None = None
    classes: tuple[str, ...] = ()
    caption: str = ""
    numbers: bool = False
    attributes: tuple[tuple[str, str], ...] = ()


def read_info(info: str, text: str) -> Info:
    """Read an info string as it was written, for a listing of the given text."""
    parts = [(found.lastgroup or "", found) for found in _PART.finditer(info)]
    words = [unescapeAll(found["word"]) for kind, found in parts if kind == "word"]
    classes = [found["class"] for kind, found in parts if kind == "class"]
    language = _language(parts[0][0] if parts else "", words, classes)
    values = {found["key"]: _value(found) for _, found in parts if found["key"] and _counts(found)}
    if ranges := next((found["ranges"] for kind, found in parts if kind == "ranges"), None):
        values.setdefault("hl_lines", ranges)
    identifier = next((found["identifier"] for kind, found in parts if kind == "identifier"), None)
    if info.startswith("{") and words[:1] == [language]:  # the cell of a notebook
        options, text = _options(text)
        values |= _of_figure(options) if language_of(language) else options
    labels = (identifier, values.pop("lst-label", None), _label(values))
    return Info(
        text=text,
        language=language,
        identifier=next((label for label in labels if label), None),
        classes=tuple(name for name in classes if name != language and name.lower() not in _NUMBERS),
        caption=_caption(values),
        numbers=any(name.lower() in _NUMBERS for name in (*words, *classes)) or any(_asks_for_numbers(values)),
        attributes=tuple(_attributes(values)),
    )


def _language(first: str, words: list[str], classes: list[str]) -> str | None:
    """Return the word that begins the info string, else the first class in braces, else the first word there."""
    named = [name for name in classes if name.lower() not in _NUMBERS]
    told = [word for word in words if word.lower() not in _NUMBERS]
    return next(iter(told if first == "word" else named or told), None)


def _counts(found: re.Match[str]) -> bool:
    """Tell whether a key means what we say it means: outside of braces other tools say what `file` is."""
    return found["key"] not in _OURS or "{" in found.string[: found.start()]


def _value(found: re.Match[str]) -> str:
    if (quoted := found["double"]) is not None:
        # A caption is Markdown, which has its own use for all other backslashes.
        return quoted.replace('\\"', '"') if found["key"] in _CAPTION else unescapeAll(quoted)
    return found["single"] if found["single"] is not None else found["bare"].rstrip(",")


def _caption(values: dict[str, str]) -> str:
    """Return the caption as Markdown; a title, which other tools take for the name of a file, means what it says."""
    if caption := next((values[name] for name in _CAPTION if values.get(name)), ""):
        return caption.strip()
    return _PUNCTUATION.sub(r"\\\1", next((values[name] for name in _TITLE if values.get(name)), ""))


def _options(text: str) -> tuple[dict[str, str], str]:
    """Take Quarto's options off the top of a cell: comments that are lines of YAML."""
    lines: list[str] = []
    end = 0
    while option := _OPTION.match(text, end):
        lines.append(option[1])
        end = option.end()
    try:
        pairs = [(plain(key), plain(value)) for key, value in compose_mapping("\n".join(lines))]
    except NotYamlError:
        return {}, text  # not Quarto's: a comment like any other
    return {str(key): _written(value) for key, value in pairs}, text[end:]


def _of_figure(options: dict[str, str]) -> dict[str, str]:
    """Return the options of a cell that draws, in the words for any other figure."""
    return {_FIGURE.get(name, name): value for name, value in options.items()}


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _label(values: dict[str, str]) -> str | None:
    """Return the label of a cell where it is that of its listing, and not of the figure that it draws."""
    return values.pop("label") if values.get("label", "").startswith("lst-") else None


def _asks_for_numbers(values: dict[str, str]) -> Iterator[bool]:
    for name, value in values.items():
        if name.lower() in _NUMBERS:
            yield value.lower() not in _NO


def _attributes(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is left for a pass or a format."""
    for name, value in values.items():
        if name in _FROM_ONE and value[:1].isdigit() and value not in _NO:
            yield "hl_lines", value
        elif name.lower() in _START and _COUNT.match(value):
            yield "start", value
        elif name not in _CAPTION + _TITLE and name.lower() not in _NUMBERS | _START:
            yield name, value

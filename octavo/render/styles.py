"""The sheets of a format as one text: shared tokens and prose, then the format's own, each on those it stands upon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

import tinycss2

from octavo.diagnostics import Failure, Position, Report, Rule, nearest
from octavo.render.layers import Layers
from octavo.render.sheet_imports import without_import
from octavo.render.tokens import Tokens

_ROOT = re.compile(r":root(?::lang\(([A-Za-z-]+)\))?")
_ABOVE = ":root:root:root"  # a block for a language is more specific than one for all of them

_SIGN = re.compile(r"[^\r\n\f]")
_LINE_END = re.compile(r"\r\n|\r|\n|\f")  # as CSS counts lines (CSS Syntax 3, 3.3)


class Sheet(str):
    """Hold the text of a sheet, where otherwise the name of one stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Hold one sheet of those that are used by one name; `own` tells that it is the book's.

    `file` is None where it is made of the book's settings.
    """

    file: str | None
    own: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled(Part):
    """Hold a sheet with values for its tokens and blanks for the rules that declare them, each line where it was."""

    text: str


class Styles:
    """Put sheets together for one book; `tokens` are those that it sets, `layers` those of sheets."""

    def __init__(self, language: str, tokens: Mapping[str, str], layers: Layers) -> None:
        self.language = language.lower()
        self._tokens = tokens
        self._layers = layers

    @property
    def sets_tokens(self) -> bool:
        """Tell whether the book gives a token a value of its own."""
        return bool(self._tokens)

    def with_tokens(self, *names: str) -> str:
        """Return the sheets as they are, the book's tokens behind them and above those of languages: for browsers."""
        text = self._text(names)
        if not self._tokens:
            return text
        return f"{text}\n{_ABOVE} {{ {' '.join(f'--{name}: {value};' for name, value in self._tokens.items())} }}\n"

    def with_values(self, *names: str) -> str:
        """Return the sheets with the value of each token written in: for readers that know no custom properties."""
        text = self._text(names)
        return self._all_tokens(text).fill(_without_roots(text))

    def filled(self, *names: str, instead: Mapping[str, str] = MappingProxyType({})) -> list[Filled]:
        """Return the sheets one by one, the value of each token written in: for readers that say where something is.

        `instead` are values that some tokens get in the place of theirs.
        """
        parts = [part for name in names for part in self._parts(name)]
        tokens = Tokens({**dict(self._declared(*(part.source for part in parts))), **self._tokens, **instead})
        return [
            Filled(file=part.file, own=part.own, source=part.source, text=tokens.fill(_with_blank_roots(part.source)))
            for part in parts
        ]

    def theme_tokens_in(self, text: str, *names: str) -> list[str]:
        """Return the tokens set by the book that the values in `text` are made of, where these sheets are used."""
        tokens = self._all_tokens(self._text(names))
        return sorted(tokens.behind(text) & set(self._tokens))

    def used_tokens(self, *names: str) -> set[str]:
        """Return the tokens that the rules of these sheets use, and those that these are made of."""
        text = self._text(names)
        tokens = self._all_tokens(text)
        return tokens.behind(_without_roots(text)) & set(tokens.declared)

    def declared_tokens(self, *names: str) -> set[str]:
        """Return the tokens that these sheets declare for the book's language, and those that the book sets."""
        return set(self._all_tokens(self._text(names)).declared)

    def token(self, name: str, *sheets: str) -> str:
        """Return the value of a token of the sheets, of the shared one unless told.

        Raises Failure (style-broken) where none of them has it.
        """
        texts = (part.source for name in sheets or ("tokens",) for part in self._parts(name))
        if (value := self._all_tokens(*texts).value(name)) is None:
            message = f"no sheet gives a value to the token “{name}”, which the layout needs"
            raise Failure(Rule.STYLE_BROKEN, None, message, "declare it under :root in a sheet of the book's own")
        return value

    def check_tokens(self, key: Callable[[str], Position], report: Report) -> None:
        """Report each token of the book's that no sheet of any format has, or that has no value; `key` places it."""
        if not self._tokens:
            return
        text = self._text(sorted(name.removesuffix(".css") for name in self._layers.names))
        declared = dict(self._declared(text))
        tokens = self._all_tokens(text)
        for name in self._tokens:
            if name not in declared:
                report.add(Rule.TOKEN_UNKNOWN, key(name), f"there is no token “{name}”", nearest(name, declared))
            elif tokens.value(name) is None:
                report.add(Rule.CONFIGURATION_VALUE, key(name), f"the token “{name}” {tokens.faults[name]}")

    def _all_tokens(self, *texts: str) -> Tokens:
        return Tokens({**dict(self._declared(*texts)), **self._tokens})

    def _text(self, names: Sequence[str]) -> str:
        return "\n".join(part.source for name in names for part in self._parts(name))

    def _parts(self, name: str) -> list[Part]:
        """Return the sheet of a name, behind those that it stands upon."""
        if isinstance(name, Sheet):
            return [Part(file=None, own=False, source=name)]
        parts: list[Part] = []
        imports, start = True, 0
        while imports and (found := self._layers.find(f"{name}.css", start)):
            source, imports = without_import(found.text, f"{name}.css")
            parts.insert(0, Part(file=found.file, own=found.own, source=source))
            start = found.depth + 1
        return parts

    def _declared(self, *texts: str) -> Iterator[tuple[str, str]]:
        """Yield the tokens that hold for the book's language, those of languages behind all others, as in a browser."""
        of_language: list[tuple[str, str]] = []
        for selector, declarations in (root for text in texts for root in _roots(text)):
            found = _ROOT.fullmatch(selector)
            assert found is not None
            language = (found[1] or "").lower()
            if not language:
                yield from declarations
            elif self.language == language or self.language.startswith(f"{language}-"):
                of_language += declarations
        yield from of_language


@lru_cache(maxsize=32)  # a build asks for many tokens of the same few sheets, and reading all takes 50 ms
def _rules(text: str) -> Sequence[tinycss2.ast.Node]:
    return tuple(tinycss2.parse_stylesheet(text))


@lru_cache(maxsize=32)
def _roots(text: str) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    return tuple(
        (tinycss2.serialize(rule.prelude).strip(), tuple(_tokens_of(rule)))
        for rule in _rules(text)
        if _declares_tokens(rule)
    )


def _tokens_of(rule: tinycss2.ast.QualifiedRule) -> Iterator[tuple[str, str]]:
    for item in tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration" and item.name.startswith("--"):
            yield item.name.removeprefix("--"), _LINE_END.sub(" ", tinycss2.serialize(item.value).strip())


def _declares_tokens(rule: tinycss2.ast.Node) -> bool:
    return rule.type == "qualified-rule" and bool(_ROOT.fullmatch(tinycss2.serialize(rule.prelude).strip()))


@lru_cache(maxsize=16)
def _without_roots(text: str) -> str:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return "\n".join(rule.serialize().strip() for rule in rules if not _declares_tokens(rule)) + "\n"


def _with_blank_roots(text: str) -> str:
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    rules = _rules(text)
    edges = [*(starts[rule.source_line - 1] + rule.source_column - 1 for rule in rules), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(edges)]
    return "".join(
        _SIGN.sub(" ", piece) if _declares_tokens(rule) else piece for rule, piece in zip(rules, pieces, strict=True)
    )


def lines_of_sheet(text: str) -> list[str]:
    """Return the lines of a sheet, as CSS counts them."""
    return _LINE_END.split(text)

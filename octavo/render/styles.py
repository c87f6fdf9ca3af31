"""The sheets of a format as one text: shared tokens and prose, the format's own sheet, then the book's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import tinycss2

from octavo.diagnostics import Report, Rule, nearest
from octavo.render.templates import shipped

_ROOT = re.compile(r":root(?::lang\(([A-Za-z-]+)\))?")
_NESTED = 10  # how far tokens may be made of others; it ends a circle too
_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")


class Sheet(str):
    """Hold the text of a sheet, where otherwise the name of one stands."""


class Styles:
    """Put sheets together for one book.

    `own` returns the text of a sheet of the book's own, which replaces ours of that name, or None.
    """

    def __init__(
        self, language: str, tokens: Mapping[str, str], own: Callable[[str], str | None], report: Report
    ) -> None:
        self._language = language.lower()
        self._tokens = tokens
        self._own = own
        self._report = report

    def with_tokens(self, *names: str) -> str:
        """Return the sheets as they are, the book's tokens behind them: for browsers."""
        text = "\n".join(self._read(name) for name in names)
        self._check(dict(self._declared(text)))
        if not self._tokens:
            return text
        return f"{text}\n:root {{ {' '.join(f'--{name}: {value};' for name, value in self._tokens.items())} }}\n"

    def with_values(self, *names: str) -> str:
        """Return the sheets with the value of each token written in: for readers that know no custom properties."""
        text = "\n".join(self._read(name) for name in names)
        tokens = dict(self._declared(text))
        self._check(tokens)
        tokens.update(self._tokens)
        return _fill(_without_roots(text), tokens)

    def token(self, name: str, *sheets: str) -> str:
        """Return the value of a token of the sheets, of the shared one unless told."""
        text = "\n".join(self._read(sheet) for sheet in sheets or ("book",))
        return _fill(f"var(--{name})", {**dict(self._declared(text)), **self._tokens})

    def _read(self, name: str) -> str:
        if isinstance(name, Sheet):
            return name
        file = f"{name}.css"
        own = self._own(file)
        return own if own is not None else (shipped("styles") / file).read_text("utf-8")

    def _declared(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the tokens that hold for the book's language, the later ones overriding."""
        for selector, declarations in _roots(text):
            found = _ROOT.fullmatch(selector)
            assert found is not None
            language = (found[1] or "").lower()
            if not language or self._language == language or self._language.startswith(f"{language}-"):
                yield from declarations

    def _check(self, declared: Mapping[str, str]) -> None:
        for name in self._tokens:
            if name not in declared:
                self._report.add(
                    Rule.TOKEN_UNKNOWN, None, f"[theme] {name}: there is no such token", nearest(name, declared)
                )


def _roots(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for rule in _rules(text):
        selector = tinycss2.serialize(rule.prelude).strip()
        if _ROOT.fullmatch(selector):
            content = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield (
                selector,
                [
                    (item.name.removeprefix("--"), tinycss2.serialize(item.value).strip())
                    for item in content
                    if item.type == "declaration" and item.name.startswith("--")
                ],
            )


def _rules(text: str) -> Sequence[tinycss2.ast.QualifiedRule]:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return [rule for rule in rules if rule.type == "qualified-rule"]


def _without_roots(text: str) -> str:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    kept = [
        rule
        for rule in rules
        if rule.type != "qualified-rule" or not _ROOT.fullmatch(tinycss2.serialize(rule.prelude).strip())
    ]
    return "\n".join(rule.serialize().strip() for rule in kept) + "\n"


def _fill(text: str, tokens: Mapping[str, str]) -> str:
    """Write the value of each token in; a value may use other tokens, but not itself in the end."""
    for _ in range(_NESTED):
        filled = _VARIABLE.sub(lambda found: tokens.get(found[1], found[0]), text)
        if filled == text:
            break
        text = filled
    return text

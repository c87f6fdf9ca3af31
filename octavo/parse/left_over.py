"""What looks like syntax in a text, and was not parsed: `{#`, `[@`, `:::`, `[^`, a stray `**`, `##标题`, `$$`,
links by a name without an address, shortcodes, callouts of another kind, captions without a table, tables that are none
or drawn with `+---+`, and the callouts and tabs of MkDocs.

In: the text tokens of a line that stand side by side. Out: what is to be said of them. Escaped characters, entities and
what stands in code or formulas are tokens of other types, so no `\\{#` is found; nor is `2 ** 3` or `{{#if}}`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from markdown_it.token import Token

TEXTS = frozenset({"text", "text_special"})
_ESCAPED = "\N{NULL}"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Hold a passage by its token, the offset in it, the words as written, and what the author may do."""

    token: Token
    offset: int
    written: str
    hint: str


# What looks like syntax, and what the author may do.
Forms: TypeAlias = tuple[tuple[re.Pattern[str], str], ...]

_FORMS: Forms = (
    (
        re.compile(r"(?<!\{)\{(?:#[\w.:-]+|\.[A-Za-z][\w-]*)(?:[^{}\n]*\})?"),
        "attributes stand right behind what they mark, or in a line of their own above it",
    ),
    (re.compile(r"\[-?@[\w{][^\s\]]*"), "a reference is [@name], or [see @name; @other]: each part names one"),
    (
        re.compile(r"(?<![A-Za-z0-9_)\]\\])\[[^\[\]\n]+\]\[(?![\^@-])[^\[\]\n]*[^\W\d_][^\[\]\n]{2,}\]"),
        "an address for that name is missing: [name]: address; a section is linked to by [text](#identifier)",
    ),
    (re.compile(r"\[\^\S[^\]\n]*\]?"), "the name of a note has no spaces: [^name]"),
    (
        re.compile(r"(?<!\{)\{\{(?:<[ \t]*/?[A-Za-z][\w-]*|#include\b)(?:[^{}\n]*\}\})?"),
        "include stands alone between empty lines, var and meta stand in a text; other shortcodes there are none",
    ),
    (re.compile(r"(?<![*\\])\*\*\*?(?!\*)"), "close what is strong, with no space on the inner side of the asterisks"),
)
# The kind of a callout, its classes and its title.
_KINDS = r"[a-z][\w-]*(?: +[\w-]+)*(?: *$| +\".*)"
_AT_LINE: Forms = (
    (re.compile(r":{3,}.*"), "a division begins with ::: {.name} and ends with a line of ::: alone"),
    (
        re.compile(r"#{2,6}(?![#!\s])\S{1,20}|#{1,6}[\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}]"),
        "a heading has a space behind its #",
    ),
    (
        re.compile(rf"!!! ?{_KINDS}"),
        "a callout is a quotation that begins with [!NOTE], or ::: {.callout-note} … :::",
    ),
    (re.compile(rf"\?\?\?\+? ?{_KINDS}"), "what unfolds is <details> with a <summary>, down to a line of </details>"),
    (re.compile(r"===[!+]? +\".*"), "paper has no tabs: write them one below the other, each with its own heading"),
    (re.compile(r"\$\$(?!\d)"), "a formula ends with $$ at the end of a line, and has no empty line in it"),
)
# A drawn table has many such lines, of which the first is enough.
_AT_START: Forms = (
    *_AT_LINE,
    (
        re.compile(r"\+[-=:]{3,}(?:\+[-=:]{3,})*\+"),
        "a table is | a | b | with a line of dashes; where cells hold more, ::: {.table} around a list of lists",
    ),
    (
        re.compile(r"\|[ \t].*"),
        "below the first line of a table stands one of dashes with as many cells: |---|---|",
    ),
    (re.compile(r":[ \t]+\S.*"), "a caption stands right above or below its table, a meaning right below its term"),
    (
        re.compile(r"\[![A-Za-z]+\].*"),
        "a callout is a quotation whose first line is [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION] and no "
        'more; one with a title is ::: {.callout-note title="…"}',
    ),
)
# Most texts hold nothing with which one of these could begin.
_MAY_BE_SYNTAX = re.compile(r"[{\[*]|\A[:#$!?=+|]")
_IN_WORD = re.compile(r"[A-Za-z0-9_)\]]")


def find_left_over(tokens: Sequence[Token]) -> Iterator[LeftOver]:
    """Yield what was not parsed among the inline tokens of one level."""
    run: list[Token] = []
    forms, depth = _AT_START, 0
    for token in (*tokens, None):
        if depth == 0 and token is not None and token.type in TEXTS:
            run.append(token)
            continue
        if run:
            reference = str(token.meta["written"]) if token is not None and token.type == "reference" else ""
            yield from _in_run(run, reference, forms)
            run, forms = [], ()
        if token is not None:
            depth += token.nesting
            forms = _AT_LINE if token.type in ("softbreak", "hardbreak") else ()


def _in_run(tokens: Sequence[Token], reference: str, forms: Forms) -> Iterator[LeftOver]:
    """Yield what was not parsed in texts side by side, at their beginning one of the `forms`.

    `reference` is one that stands right behind them.
    """
    text = "".join(token.content if token.type == "text" else _ESCAPED * len(token.content) for token in tokens)
    text += reference
    if not _MAY_BE_SYNTAX.search(text):
        return
    starts = list(accumulate((len(token.content) for token in tokens), initial=0))
    for pattern, hint in forms:
        if found := pattern.match(text):
            yield _left_over(tokens, starts, found, hint)
            text = " " * found.end() + text[found.end() :]
    for pattern, hint in _FORMS:
        for found in pattern.finditer(text):
            if not (found[0].startswith("**") and _is_plausible(text, found)):
                yield _left_over(tokens, starts, found, hint)


def _is_plausible(text: str, found: re.Match[str]) -> bool:
    """Tell whether asterisks are those of a text: 2 ** 3, x**2."""
    before, behind = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    return (not before.strip() and not behind.strip()) or bool(_IN_WORD.match(before) and _IN_WORD.match(behind))


def _left_over(tokens: Sequence[Token], starts: Sequence[int], found: re.Match[str], hint: str) -> LeftOver:
    index = min(bisect_right(starts, found.start()), len(tokens)) - 1
    return LeftOver(tokens[index], found.start() - starts[index], found[0], hint)

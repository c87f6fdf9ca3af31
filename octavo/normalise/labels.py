"""“附录：”, “Q1：”: words before a heading that name what it heads, and are no number."""

from __future__ import annotations

import re
from dataclasses import replace

from octavo.document import Document, Heading, Inline, Text, rewrite
from octavo.normalise.context import Context

_HEADING_LABEL = re.compile(r"(附录|附錄|Appendix|Q ?\d{1,3}|问 ?\d{0,3}|問 ?\d{0,3})\s*[：:]\s*")
_ANSWER_LABEL = re.compile(r"(A ?\d{1,3}|答 ?\d{0,3})\s*[：:]\s*")
_APPENDIX = re.compile(r"附录|附錄|Appendix")
_QUESTION = re.compile(r"Q ?\d|[问問]")


def settle_labels(document: Document, context: Context) -> Document:
    """Take the label off each heading that has one and keep it in `label`."""

    def change(heading: Heading) -> Heading:
        if heading.label is None:
            label, rest = split_label(heading.children, _HEADING_LABEL)
            if label:
                return replace(heading, label=label, children=rest)
        return heading

    return rewrite(document, change, Heading)


def answer_label(children: tuple[Inline, ...]) -> tuple[str | None, tuple[Inline, ...]]:
    """Return the label of an answer, and its inlines without it."""
    return split_label(children, _ANSWER_LABEL)


def split_label(children: tuple[Inline, ...], pattern: re.Pattern[str]) -> tuple[str | None, tuple[Inline, ...]]:
    """Return what the first group of `pattern` finds at the start of `children`, and the rest.

    A label with nothing behind it is the text itself, and stays.
    """
    if not children or not isinstance(first := children[0], Text) or not (found := pattern.match(first.text)):
        return None, children
    rest = first.text[found.end() :]
    if not rest and len(children) == 1:
        return None, children
    place = replace(first.position, column=first.position.column + found.end())
    return found[1], ((Text(text=rest, position=place), *children[1:]) if rest else children[1:])


def is_appendix(heading: Heading) -> bool:
    """Tell whether a heading heads an appendix, by its label, its number or the author's class."""
    named = heading.label or heading.written_number or ""
    return "appendix" in heading.classes or bool(_APPENDIX.match(named))


def is_question(heading: Heading) -> bool:
    """Tell whether a heading asks a question."""
    return bool(heading.label and _QUESTION.match(heading.label))

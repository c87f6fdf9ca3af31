"""A sheet of ours without the rules for what a book does not have: most books have little of what there is.

WeasyPrint reads and checks each declaration, and holds each selector against the elements. Sheets in which something
has a place in the book are left whole: what is said of them depends on them, not on the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from xml.etree.ElementTree import Element

from octavo.pdf.markup import classes_of
from octavo.pdf.sheets import PrintSheet, nowhere

# What can hold a brace or a semicolon that ends nothing, and those that do.
_SIGN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]""", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\]]*\]")
# The names of elements, and of classes, that a selector asks for.
_NAME = re.compile(r"(?:^|(?<=[\s>+~]))[A-Za-z][\w-]*|\.[A-Za-z][\w-]*")


def names_in(root: Element) -> frozenset[str]:
    """Return the names of all elements, and those of their classes with a full stop before them."""
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    return frozenset(tags.union(f".{name}" for element in root.iter() for name in classes_of(element)))


def used_rules(sheet: PrintSheet, names: Set[str]) -> str:
    """Return the text of a sheet without the rules that need what is not among `names`."""
    if sheet.find is not nowhere:
        return sheet.text
    return "".join(rule for rule in _rules(sheet.text) if _is_used(rule, names))


def _rules(text: str) -> Iterator[str]:
    """Yield the rules of a sheet, each with what stands before it."""
    depth = begin = 0
    for found in _SIGN.finditer(text):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] in "};":
            yield text[begin : found.end()]
            begin = found.end()
    yield text[begin:]


def _is_used(rule: str, names: Set[str]) -> bool:
    prelude = _COMMENT.sub("", rule).partition("{")[0].strip()
    if prelude.startswith("@"):
        return True
    while prelude != (prelude := _ASIDE.sub("", prelude)):
        pass
    return any(names >= set(_NAME.findall(selector.strip())) for selector in prelude.split(","))

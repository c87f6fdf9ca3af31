"""The style sheet of the e-book as readers take it that are ten years old: what they do not know costs only itself.

Such a reader drops a declaration that it does not know, and with a selector that it does not know the whole rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
import tinycss2
from golden import Books

from octavo.epub.old_readers import with_older_names

# The sheet of a book depends on formulas, its language, its theme and sheets of its own, and on nothing else.
BOOKS = ("article", "english", "showcase-zh", "showcase-en", "modern")
# Selectors of CSS 2.1, and single ones of CSS 3 that stand alone in their rules.
NEW_SELECTOR = re.compile(
    r"::(?!before|after)[\w-]+|:(?!:|first-child|lang\(|before|after|link|visited|hover|active|focus)[\w-]+"
)
NEVER = re.compile(r":(?:is|where|has|not)\(")
# Values that stand only where the same property has one of old before it, or where nothing is lost without it.
NEW_VALUE = re.compile(r"\b(?:var|env|min|max|clamp|attr)\(|(?<!\w)(?:start|end|revert|unset)(?!\w)")
ORNAMENTS = frozenset({"background", "text-decoration-color", "content"})
NEW_PROPERTY = re.compile(
    r"(?:(?:margin|padding|border|inset)-(?:inline|block)|inline-size|block-size|inset$|grid|flex|gap$|row-gap|place-|aspect-ratio|--)"
)
OLDER = {
    **{f"break-{where}": f"page-break-{where}" for where in ("after", "before", "inside")},
    "overflow-wrap": "word-wrap",
}


def test_a_break_is_called_as_before_too() -> None:
    sheet = "p { break-after: avoid; break-inside: avoid } .a{break-before:page;overflow-wrap: anywhere}"
    assert with_older_names(sheet) == (
        "p { page-break-after: avoid; break-after: avoid; page-break-inside: avoid; break-inside: avoid } "
        ".a{page-break-before: always; break-before:page;word-wrap: break-word; overflow-wrap: anywhere}"
    )


@pytest.mark.parametrize(
    "sheet", ["p { page-break-after: avoid }", "p { break-inside: avoid-column }", ".break-after { }"]
)
def test_what_is_none_stays_as_it_is(sheet: str) -> None:
    assert with_older_names(sheet) == sheet


@pytest.mark.parametrize("book", BOOKS)
def test_an_old_reader_loses_nothing_but_what_it_cannot_show(book: str, books: Books) -> None:
    built = books(book)
    assert built.edition is not None
    with ZipFile(built.output / f"{built.edition.slug}.epub") as archive:
        sheet = archive.read("EPUB/style.css").decode()
    assert list(lost(sheet)) == []


@pytest.mark.parametrize(
    "sheet",
    [
        "@media (prefers-color-scheme: dark) { p { color: red } }",
        "p, li::marker { color: red }",
        "p:not(.a) { color: red }",
        "p { color: var(--ink) }",
        "p { margin-inline: 1em }",
        "p { display: grid }",
        "p { text-align: start }",
        "p { break-after: avoid }",
        "p { padding-left: calc(1em + 2px) }",
        "p { --a: 1 }",
        "p { color: light-dark(red, blue) }",
    ],
)
def test_what_it_would_lose_is_seen(sheet: str) -> None:
    assert list(lost(sheet)) != []


def lost(sheet: str) -> Iterator[str]:
    """Yield what an old reader would lose of a sheet."""
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            if rule.type != "at-rule" or rule.lower_at_keyword != "font-face":
                yield rule.serialize()
            continue
        selector = tinycss2.serialize(rule.prelude).strip()
        if NEVER.search(selector) or (NEW_SELECTOR.search(selector) and "," in selector):
            yield selector
        yield from (f"{selector}: {fault}" for fault in _lost_declarations(rule))


def _lost_declarations(rule: tinycss2.ast.QualifiedRule) -> Iterator[str]:
    before: set[str] = set()
    for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        assert item.type == "declaration", item
        value = tinycss2.serialize(item.value)
        is_new = NEW_VALUE.search(value) or "calc(" in value or "light-dark(" in value
        if NEW_PROPERTY.match(item.name) or (item.name == "display" and re.search("grid|flex|contents", value)):
            yield item.serialize()
        if is_new and item.name not in before | ORNAMENTS:
            yield item.serialize()
        if (older := OLDER.get(item.name)) and older not in before:
            yield item.serialize()
        before.add(item.name)

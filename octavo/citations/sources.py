"""What a book cites from: its bibliographies, its style, and what its authors want to see listed.

In: octavo.toml and the front matters, which use Pandoc's names. Out: `Sources`, or None where the book names no
bibliography.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from octavo.book import Book, FrontMatter
from octavo.citations.process import can_cite
from octavo.citations.read import Bibliographies
from octavo.citations.styles import CHINESE, NO_STYLE, OTHER, Style, read_style, shipped_style
from octavo.citations.works import Works
from octavo.diagnostics import Failure, Position, Report
from octavo.words import is_chinese

_FILES = ("bibliography",)
_TITLE = "reference-section-title"
_STYLES = ("csl", "citation-style")


@dataclass(frozen=True, slots=True)
class Sources:
    """Hold the works by their keys, the style, whether the book or each chapter has a list, and how it is headed.

    `listed` are keys of works that are listed though nobody cites them.
    """

    works: Works
    style: Style
    scope: Literal["book", "chapter"] = "book"
    title: str | None = None
    listed: tuple[str, ...] = ()


def citation_sources(
    book: Book, fronts: Iterable[FrontMatter], language: str, bibliographies: Bibliographies, report: Report
) -> Sources | None:
    """Return what a book in a language cites from; what is wrong with it is reported."""
    fronts = list(fronts)
    names = list(stated_bibliographies(book, fronts))
    if not names:
        return None
    works = bibliographies.works(names, report)
    try:
        style = style_of(book, fronts, language) if can_cite() else NO_STYLE
    except Failure as failure:
        report.take(failure.diagnostic)
        style = NO_STYLE
    title = next(
        (str(front.extra[key]) for front in fronts for key in ("reference-section-title",) if key in front.extra), None
    )
    return Sources(works, style, book.settings.references.scope, title, tuple(_listed(fronts, works)))


def stated_bibliographies(book: Book, fronts: Iterable[FrontMatter]) -> Iterator[tuple[str, Position]]:
    """Yield each file once, with the place that names it: one that a chapter names may lie beside it."""
    seen: set[str] = set()
    stated = [
        (name, book.configuration.value(("references", "bibliography", index)))
        for index, name in enumerate(book.settings.references.bibliography)
    ]
    for name, position in [*stated, *(pair for front in fronts for pair in _named(front, _FILES))]:
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(position.file), name))
        path = beside if beside in book.files.below("") else name
        if path not in seen:
            seen.add(path)
            yield path, position


def _named(front: FrontMatter, keys: Iterable[str]) -> Iterator[tuple[str, Position]]:
    for key in keys:
        for value in _as_list(front.extra.get(key)):
            yield str(value), front.positions[key]


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def style_of(book: Book, fronts: Iterable[FrontMatter], language: str) -> Style:
    """Return the style of the configuration, else that of a front matter, else the usual one of the language."""
    if name := book.settings.references.style:
        return _style_called(name, book.configuration.value(("references", "style")), book)
    stated = next((pair for front in fronts for pair in _named(front, _STYLES)), None)
    if stated is not None:
        return _style_called(*stated, book)
    return shipped_style(CHINESE if is_chinese(language) else OTHER, None)


def _style_called(name: str, position: Position, book: Book) -> Style:
    if not name.lower().endswith(".csl"):
        return shipped_style(name, position)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(position.file), name))
    return read_style(book.files.read_text(path, position), path, position)


def _listed(fronts: Iterable[FrontMatter], works: Works) -> Iterator[str]:
    """Yield the keys under Pandoc's nocite: `@a, @b`, or `@*` for all."""
    for front in fronts:
        for value in _as_list(front.extra.get("nocite")):
            for name in str(value).replace(",", " ").replace(";", " ").split():
                key = name.strip("[]").removeprefix("@")
                yield from works if key == "*" else [key] if key in works else []

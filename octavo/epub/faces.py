"""The text of the EPUB → the characters that each face of each family of the theme is asked for.

What a reading system does with the style sheet is done here with the three properties that choose a face.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import cssselect2
import tinycss2

_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var", "address"})
_PROPERTIES = frozenset({"font-family", "font-weight", "font-style"})
_UPRIGHT_WEIGHTS = frozenset({"normal", "100", "200", "300", "400", "500", "lighter"})
# Numbers and bullets of lists, which no text of the markup holds.
_GENERATED = " 0123456789.•–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Name a face of a family."""

    family: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    families: tuple[str, ...] = ()
    bold: bool = False
    italic: bool = False


def faces_of(roots: Iterable[Any], sheet: str, characters: Callable[[str], frozenset[int]]) -> dict[Face, set[str]]:
    """Return the characters that each face shows in pages; `characters` are those that a family has, or none."""
    matcher = _matcher(sheet)
    found: dict[Face, set[str]] = {}
    for root in roots:
        wrapper = cssselect2.ElementWrapper.from_xml_root(root)
        for style, text in _texts(wrapper, _Style(), matcher):
            for character in set(text) - {"\n", "\t"}:
                if family := next((each for each in style.families if ord(character) in characters(each)), None):
                    face = Face(family=family, bold=style.bold, italic=style.italic)
                    found.setdefault(face, set(_GENERATED)).add(character)
    return found


def _matcher(sheet: str) -> Any:
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        declared = {
            item.name: tinycss2.serialize(item.value).strip()
            for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            if item.type == "declaration" and item.name in _PROPERTIES
        }
        if not declared:
            continue
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue  # of a kind that only browsers know
        for selector in selectors:
            if selector.pseudo_element is None:
                matcher.add_selector(selector, declared)
    return matcher


def _texts(element: Any, around: _Style, matcher: Any) -> Iterator[tuple[_Style, str]]:
    style = _style(element, around, matcher)
    if element.local_name in ("head", "svg"):
        return
    yield style, element.etree_element.text or ""
    for child in element.iter_children():
        yield from _texts(child, style, matcher)
        yield style, child.etree_element.tail or ""


def _style(element: Any, around: _Style, matcher: Any) -> _Style:
    style = around
    if element.local_name in _BOLD:
        style = replace(style, bold=True)
    if element.local_name in _ITALIC:
        style = replace(style, italic=True)
    # Sorted by specificity and order: the last one holds.
    for _, _, _, declared in matcher.match(element):
        style = _with(style, around, declared)
    return style


def _with(style: _Style, around: _Style, declared: Mapping[str, str]) -> _Style:
    if (value := declared.get("font-family")) is not None:
        names = tuple(name.strip().strip("\"'") for name in value.split(","))
        style = replace(style, families=around.families if value == "inherit" else names)
    if (value := declared.get("font-weight")) is not None:
        style = replace(style, bold=around.bold if value == "inherit" else value not in _UPRIGHT_WEIGHTS)
    if (value := declared.get("font-style")) is not None:
        style = replace(style, italic=around.italic if value == "inherit" else value != "normal")
    return style

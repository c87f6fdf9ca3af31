"""What one language has to say, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Hold the words of one language, and the marks that part a label from its text and one keyword from the next.

    `numbered` are the patterns by kind in which a number is printed and referred to, with {} in its place; `bare`
    those of kinds that go without one, `also` others by which authors refer. `joint` stands between the number of a
    chapter and that of a thing in it.
    """

    close: str
    colours: str
    colours_dark: str
    colours_light: str
    colours_system: str
    copied: str
    copy: str
    language: str
    abstract: str
    accessible: str
    also: Mapping[str, tuple[str, ...]]
    back_to_text: str
    back_to_citation: str
    back_to_citation_number: str
    bare: Mapping[str, str]
    bibliography: str
    caution: str
    cited: str
    colon: str
    comma: str
    contents: str
    cover: str
    done: str
    edit_page: str
    formula: str
    important: str
    imprint: str
    in_brackets: str
    index: str
    joint: str
    keywords: str
    landmarks: str
    moved: str
    next_page: str
    not_found: str
    not_found_text: str
    note: str
    notes: str
    numbered: Mapping[str, str]
    on_this_page: str
    page: str
    permalink: str
    pictures_described: str
    pictures_undescribed: str
    previous_page: str
    printed_pages: str
    quotes: str
    search: str
    search_failed: str
    search_found: str
    search_hint: str
    search_keys: str
    search_more: str
    search_none: str
    see: str
    see_also: str
    semicolon: str
    shortcuts: str
    skip: str
    start: str
    strokes: str
    symbols: str
    table: str
    tip: str
    title_page: str
    to_do: str
    version: str
    warning: str
    download: str

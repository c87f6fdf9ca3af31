"""What a pass may know beside the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from octavo.citations.sources import Sources
from octavo.diagnostics import Position, Report
from octavo.mathematics import FormulaSetter
from octavo.normalise.own_passes.run import OwnPass


@dataclass(frozen=True, slots=True)
class OwnKind:
    """State the word for a kind of the author's own by language, and where its numbers begin again."""

    label: Mapping[str, str]
    numbered: Literal["chapter", "book", "none"] = "chapter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Hand the settings of the book, its pictures and the report to a pass.

    `find_image` takes the source of an image as written and the place of the image; it returns the path of the
    file inside the book, or None after it reported why not. `name` is that of the folder, or of the `single` file.
    `read_text` does the same for a file of code: it returns the text.
    `draw` takes the language and the source of a diagram; it returns the source of the image that was drawn of it, or
    None where nothing draws that language, and raises Failure where the source is wrong.
    `set_formulas` takes formulas and the language of the book; it returns the shape of each or what is wrong with it,
    or None where nothing sets formulas. `macros` are those of octavo.toml.
    `has_file` tells whether a path is a file of the book. `kinds` are the author's own numbered things; `by_chapter`
    says whether numbers of things begin again in every chapter. `variables` are those of octavo.toml,
    `sources` what the book cites from, `own_passes` programs that the book brings along.
    `expand` says which first uses of abbreviations are written out, `index_order` how the index puts Chinese in order;
    `link_notes` whether print tells the addresses of links.
    """

    report: Report
    numbering: Literal["auto", "written", "computed", "none"] = "auto"
    notes: Literal["chapter", "book"] = "chapter"
    kinds: Mapping[str, OwnKind] = field(default_factory=dict)
    by_chapter: bool = False
    name: str = ""
    single: bool = False
    find_image: Callable[[str, Position], str | None]
    read_text: Callable[[str, Position], str | None]
    has_file: Callable[[str], bool]
    draw: Callable[[str, str, Position], str | None] = lambda language, source, position: None
    set_formulas: FormulaSetter = lambda formulas, language: None
    macros: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    sources: Sources | None = None
    own_passes: tuple[OwnPass, ...] = ()
    expand: Literal["never", "book", "chapter"] = "never"
    index_order: Literal["auto", "pinyin", "stroke", "zhuyin"] = "auto"
    link_notes: bool = False

"""What octavo.toml may say of the text: of citations, the index, abbreviations, formulas, kinds of things."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from octavo.book.values import FileNames, Language, MacroName, Text

Notes = Literal["chapter", "book"]


class Table(BaseModel):
    """Stand for any table of octavo.toml: frozen, without unknown keys, without silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ReferenceSettings(Table):
    """Citations and the bibliography."""

    bibliography: FileNames = Field(
        default=(), description="The BibTeX or CSL-JSON files that citations are looked up in."
    )
    style: Text | None = Field(
        default=None,
        description="The CSL style: one that comes with Octavo, or a file. "
        "Absent: gb-t-7714-2025-numeric in Chinese, else apa.",
    )
    scope: Literal["book", "chapter"] = Field(
        default="book", description="Whether the book or each chapter has a bibliography."
    )


class IndexSettings(Table):
    """The index."""

    order: Literal["auto", "pinyin", "stroke", "zhuyin"] = Field(
        default="auto",
        description="How Chinese is put in order. auto: by strokes in traditional characters, else by pinyin.",
    )


class AbbreviationSettings(Table):
    """Abbreviations."""

    expand: Literal["never", "book", "chapter"] = Field(
        default="never", description="Whether the first use in the book, or in each chapter, is written out."
    )


class KindSettings(Table):
    """One kind of numbered thing of the author's own."""

    label: dict[Language, Text] = Field(min_length=1, description="The word before the number, by language.")
    numbered: Literal["chapter", "book", "none"] = Field(
        default="chapter", description="Where the numbers begin again, or none."
    )


class MathSettings(Table):
    """Formulas."""

    macros: dict[MacroName, Text] = Field(
        default={}, description=r"Commands for all formulas by name, with `#1` to `#9` for their arguments."
    )

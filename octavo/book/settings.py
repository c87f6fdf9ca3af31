"""The schema of octavo.toml: every key with its type, its default and what it means.

The models are the one source of the configuration: `configuration.read_configuration` checks a file against them,
`json_schema` publishes them to editors, and the guide prints their descriptions.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from octavo.book.html_settings import HtmlSettings
from octavo.book.pdf_settings import PdfSettings
from octavo.book.text_settings import (
    AbbreviationSettings,
    IndexSettings,
    KindSettings,
    MathSettings,
    Notes,
    ReferenceSettings,
    Table,
)
from octavo.book.values import (
    Date,
    FileName,
    KindName,
    Language,
    Listed,
    Orcid,
    Size,
    Slug,
    Text,
    Token,
    Value,
    wanted,
)

Kind = Literal["article", "report", "book"]
Numbering = Literal["auto", "written", "computed", "none"]


class AuthorSettings(Table):
    """One author."""

    name: Text = Field(description="The name, as it is printed.")
    affiliation: Text | None = Field(default=None, description="The institution.")
    orcid: Orcid | None = Field(default=None, description="The ORCID, with or without the address before it.")
    role: Text | None = Field(default=None, description="What the author did, such as “translator”.")


def _author(value: Any) -> Any:
    if not isinstance(value, str | dict | AuthorSettings):
        raise wanted("must be a name or a table")
    return {"name": value} if isinstance(value, str) else value


AuthorEntry = Annotated[AuthorSettings, BeforeValidator(_author, json_schema_input_type=str | AuthorSettings)]


class BookSettings(Table):
    """What the book says of itself, and which files it is made of."""

    title: Text | None = Field(
        default=None,
        description="The title. Absent: the front matter's, else a single leading #, else the file's or folder's name.",
    )
    subtitle: Text | None = Field(default=None, description="The subtitle.")
    authors: Listed[AuthorEntry] = Field(
        default=(), description="The authors: names, or tables { name, affiliation, orcid, role }."
    )
    language: Language | None = Field(
        default=None,
        description="The language as a BCP 47 tag. Absent: zh-CN where Han outnumbers Latin words, else en.",
    )
    date: Date | None = Field(default=None, description="The date of this edition. Absent: that of the last commit.")
    version: Text | None = Field(default=None, description="The version. Absent: the tag of the repository, else none.")
    slug: Slug | None = Field(
        default=None, description="The name of the output files. Absent: the file's or folder's, in ASCII."
    )
    identifier: Text | None = Field(
        default=None, description="An ISBN or URN. Absent: made of title, authors and language."
    )
    publisher: Text | None = Field(default=None, description="The publisher.")
    rights: Text | None = Field(default=None, description="The licence or copyright line.")
    series: Text | None = Field(default=None, description="The series that the book belongs to.")
    made_with: Text | None = Field(
        default=None, description="What the book was made with, such as programs and fonts: the imprint tells it."
    )
    keywords: Listed[Text] = Field(default=(), description="The keywords.")
    abstract: Text | None = Field(default=None, description="The abstract, as Markdown.")
    cover: FileName | None = Field(default=None, description="The picture of the cover, a file of the book.")
    kind: Kind | None = Field(
        default=None, description="How the book is made up. Absent: article for one file, book for several."
    )
    numbering: Numbering = Field(
        default="auto",
        description="Whose numbers headings bear: those typed by hand (written), ours (computed), none, or as found.",
    )
    notes: Notes = Field(default="chapter", description="Where the numbers of footnotes begin again.")
    chapters: Listed[FileName] | None = Field(
        default=None,
        description="The chapters in order. Absent: all Markdown files in natural order, README or index first.",
    )
    frontmatter: Listed[FileName] = Field(
        default=(), description="The files before the first chapter, such as a preface."
    )
    appendices: Listed[FileName] = Field(default=(), description="The appendices in order.")
    backmatter: Listed[FileName] = Field(default=(), description="The files behind the appendices, such as thanks.")


class PartSettings(Table):
    """One part of a book and its chapters."""

    title: Text = Field(description="The title of the part.")
    chapters: Listed[FileName] = Field(min_length=1, description="The chapters of the part in order.")


class EpubSettings(Table):
    """The EPUB."""

    page_list: Literal["auto", "none"] = Field(
        default="auto",
        description="Whether it marks and lists the pages of the PDF, where the same command makes that.",
    )
    fonts: bool = Field(
        default=False, description="Whether the fonts of the theme and of formulas are put in; readers have others."
    )
    certified_by: Text | None = Field(
        default=None,
        description="Who vouches that everybody can read it; it then claims to conform to WCAG 2.2 AA.",
    )


class ThemeSettings(Table):
    """The look; any further key is a design token, with hyphens or underscores."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)
    __pydantic_extra__: dict[str, Token] = Field(init=False)

    name: Text = Field(
        default="default", description="The theme: default, modern, or one of the book's own, in themes/NAME."
    )
    accent: Token | None = Field(
        default=None, description="The one colour beside ink and paper. Absent: the theme's own."
    )

    @property
    def tokens(self) -> dict[str, str]:
        """Return every design token that is set, named with hyphens."""
        tokens = {name.replace("_", "-"): value for name, value in self.__pydantic_extra__.items()}
        return tokens if self.accent is None else {"accent": self.accent, **tokens}


class PassSettings(Table):
    """Passes of the author's own."""

    local: Listed[FileName] = Field(
        default=(), description="Python files with a pass each, in order. They run only where the command has --trust."
    )


class LimitSettings(Table):
    """How much a book may ask of the machine."""

    depth: int = Field(default=256, ge=1, description="How deep blocks may nest.")
    file: Size = Field(default=64_000_000, description="The greatest size of a file, in bytes or as “64 MB”.")
    pixels: Size = Field(default=100_000_000, description="The greatest number of pixels in a picture, or “100 M”.")
    seconds: int = Field(default=600, ge=1, description="How long a build may take.")


class Settings(Table):
    """The settings of a book, all with defaults."""

    book: BookSettings = Field(default=BookSettings(), description="What the book says of itself, and its files.")
    part: Listed[PartSettings] = Field(default=(), description="The parts in order, in place of chapters.")
    references: ReferenceSettings = Field(default=ReferenceSettings(), description="Citations and the bibliography.")
    abbreviations: AbbreviationSettings = Field(default=AbbreviationSettings(), description="Abbreviations.")
    index: IndexSettings = Field(default=IndexSettings(), description="The index.")
    kinds: dict[KindName, KindSettings] = Field(default={}, description="Numbered things of the author's own.")
    variables: dict[Text, Value] = Field(
        default={}, description="Values for the text, where `{{< var NAME >}}` stands for the one called NAME."
    )
    math: MathSettings = Field(default=MathSettings(), description="Formulas.")
    html: HtmlSettings = Field(default=HtmlSettings(), description="The site and the single page.")
    pdf: PdfSettings = Field(default=PdfSettings(), description="The PDF.")
    epub: EpubSettings = Field(default=EpubSettings(), description="The EPUB.")
    theme: ThemeSettings = Field(
        default=ThemeSettings(), description="The look: name, accent and any other design token."
    )
    passes: PassSettings = Field(default=PassSettings(), description="Passes of the author's own.")
    limits: LimitSettings = Field(default=LimitSettings(), description="How much a book may ask of the machine.")

    @field_validator("part")
    @classmethod
    def _parts_stand_for_chapters(
        cls, parts: tuple[PartSettings, ...], info: ValidationInfo
    ) -> tuple[PartSettings, ...]:
        book = info.data.get("book")
        if parts and book is not None and book.chapters is not None:
            raise wanted("cannot stand beside chapters of [book]: move them into a part", alone=True)
        return parts


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of octavo.toml, for editors."""
    schema = Settings.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "octavo.toml"}

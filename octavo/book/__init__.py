"""Turn a folder on disk, or one Markdown file, into a `Book`.

In: a path. Out: settings, chapters as text in reading order, and jailed access to every other file.
"""

from octavo.book.book import Book, SourceFile, read_book
from octavo.book.configuration import CONFIGURATION, read_configuration
from octavo.book.defaults import ASSUMED_DATE, edition_date, slug_of, version_of
from octavo.book.excerpts import Excerpt
from octavo.book.files import Files, clean
from octavo.book.front_matter import FrontMatter, read_front_matter
from octavo.book.pdf_settings import PdfSettings
from octavo.book.settings import AuthorSettings, Settings, json_schema
from octavo.book.toml_positions import TomlPositions

__all__ = [
    "ASSUMED_DATE",
    "CONFIGURATION",
    "AuthorSettings",
    "Book",
    "Excerpt",
    "Files",
    "FrontMatter",
    "PdfSettings",
    "Settings",
    "SourceFile",
    "TomlPositions",
    "clean",
    "edition_date",
    "json_schema",
    "read_book",
    "read_configuration",
    "read_front_matter",
    "slug_of",
    "version_of",
]

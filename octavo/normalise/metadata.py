"""What the book says of itself: the configuration, else the front matter, else what its text shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

from octavo.book import Book, Excerpt, FrontMatter, edition_date, version_of
from octavo.diagnostics import Position, Report, Rule
from octavo.document import Author, Document, Metadata
from octavo.normalise.context import Context

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# The commands of TeX are no English.
_FORMULA = re.compile(r"\$\$[^$]+\$\$|\$[^$\n]+\$")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Give the metadata, and the abstract as Markdown where it was stated."""

    metadata: Metadata
    abstract: Excerpt | None


def state_metadata(book: Book, front: FrontMatter, report: Report) -> Stated:
    """Return the metadata of a book; `front` is the front matter of its one file, or an empty one.

    The title is left empty where nothing states it: a pass looks for it in the text.
    """
    stated = book.settings.book
    authors = tuple(
        Author(name=author.name, affiliation=author.affiliation, orcid=author.orcid, role=author.role)
        for author in stated.authors
    )
    metadata = Metadata(
        title=stated.title or front.title or "",
        subtitle=stated.subtitle or front.subtitle,
        authors=authors or front.authors,
        language=stated.language or front.language or _guess_language(book, report),
        date=_date(book, front, report),
        version=stated.version or front.version or version_of(book.settings, book.root, book.files.witness),
        identifier=stated.identifier or front.identifier or "",
        publisher=stated.publisher or front.publisher,
        rights=stated.rights or front.rights,
        series=stated.series or front.series,
        made_with=stated.made_with,
        keywords=stated.keywords or front.keywords,
        description=front.description,
    )
    return Stated(metadata=metadata, abstract=_abstract(book, front))


def _abstract(book: Book, front: FrontMatter) -> Excerpt | None:
    if text := book.settings.book.abstract:
        return Excerpt(text, book.configuration.text, book.configuration.value(("book", "abstract")))
    if text := front.abstract:
        begins = front.positions["abstract"]
        source = next(chapter.text for chapter in book.chapters if chapter.path == begins.file)
        return Excerpt(text, source, begins)
    return None


def identify_book(document: Document, context: Context) -> Document:
    """Give the book an identifier that its next edition keeps: a UUID of title, authors and language (RFC 9562)."""
    metadata = document.metadata
    if metadata.identifier:
        return document
    name = "\n".join([metadata.title, *(author.name for author in metadata.authors), metadata.language])
    identifier = f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
    return replace(document, metadata=replace(metadata, identifier=identifier))


def _date(book: Book, front: FrontMatter, report: Report) -> str:
    date, assumed = edition_date(book.settings, book.root, book.files.witness)
    if front.date and re.fullmatch(r"\d{4}-\d\d-\d\d", front.date) and book.settings.book.date is None:
        return front.date
    if assumed:
        report.add(
            Rule.DATE_ASSUMED,
            None,
            f"nothing dates this edition; it bears {date}",
            "state date in octavo.toml under [book]",
        )
    return date


def _guess_language(book: Book, report: Report) -> str:
    texts = [_FORMULA.sub("", chapter.text) for chapter in book.chapters]
    han = sum(len(_HAN.findall(text)) for text in texts)
    words = sum(len(_LATIN_WORD.findall(text)) for text in texts)
    language = "zh-CN" if han > words else "en"
    report.add(
        Rule.LANGUAGE_ASSUMED,
        Position(book.chapters[0].path),
        f"the book does not state its language; by its text it is {language}",
        "state language in octavo.toml under [book], or lang in the front matter",
    )
    return language

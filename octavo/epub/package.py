"""The one place that imports EbookLib (AGPL-3.0-or-later): it packs finished files into an EPUB 3.

EbookLib rewrites chapters that it is given as such, dates entries by the clock and lists notes as pages; so it gets
finished bytes, and its writer is told how to be reproducible.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ebooklib import epub

from octavo.document import Metadata
from octavo.epub.ncx import PageEntry, complete_ncx
from octavo.epub.people import Person, people

XHTML = "application/xhtml+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can state
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Hold one file of the package; `spine` tells that it is read, `identifiers` what links lead to in it."""

    name: str
    media_type: str
    content: bytes
    properties: tuple[str, ...] = ()
    spine: bool = False
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TocEntry:
    """Hold one entry of the table that readers of EPUB 2 show."""

    title: str
    href: str
    children: tuple[TocEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Say one thing about the book, or about the name or statement whose identifier is `refines`."""

    name: str
    value: str
    identifier: str | None = None
    refines: str | None = None
    scheme: str | None = None


def write_package(
    path: Path,
    metadata: Metadata,
    files: Sequence[File],
    contents: Sequence[TocEntry],
    statements: Sequence[Statement],
    pages: Sequence[PageEntry] = (),
) -> None:
    """Write an EPUB whose bytes depend on nothing but what is given."""
    book = epub.EpubBook()
    _describe(book, metadata, statements)
    spine = []
    for order, file in enumerate(files):
        item = epub.EpubItem(uid=f"item-{order}", file_name=file.name, media_type=file.media_type, content=file.content)
        item.properties = list(file.properties)
        book.add_item(item)
        if file.spine:
            spine.append(item)
        if "cover-image" in file.properties:  # for readers of EPUB 2, which know no properties
            book.add_metadata(None, "meta", "", {"name": "cover", "content": item.id})
    book.add_item(epub.EpubNcx())
    book.toc = [_toc(entry, f"toc-{order}") for order, entry in enumerate(contents)]
    book.spine = spine
    writer = _Writer(path, book, metadata, pages)
    writer.process()
    writer.write()


def _describe(book: Any, metadata: Metadata, statements: Sequence[Statement]) -> None:
    book.set_identifier(metadata.identifier)
    book.set_title(metadata.title)
    book.set_language(metadata.language)
    _entitle(book, metadata)
    for order, person in enumerate(people(metadata.authors)):
        _name(book, person, f"author-{order}")
    book.add_metadata("DC", "date", metadata.date)
    for name, value in (
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("description", metadata.description),
    ):
        if value:
            book.add_metadata("DC", name, value)
    for keyword in metadata.keywords:
        book.add_metadata("DC", "subject", keyword)
    for statement in statements:
        _state(book, statement)


def _entitle(book: Any, metadata: Metadata) -> None:
    """State the subtitle and the series, where there are any."""
    if metadata.subtitle:
        book.add_metadata("DC", "title", metadata.subtitle, {"id": "subtitle"})
        _state(book, Statement(name="title-type", value="subtitle", refines="subtitle"))
    if metadata.series:
        _state(book, Statement(name="belongs-to-collection", value=metadata.series, identifier="series"))
        _state(book, Statement(name="collection-type", value="series", refines="series"))


def _state(book: Any, statement: Statement) -> None:
    attributes = {
        "property": statement.name,
        "id": statement.identifier,
        "refines": statement.refines and f"#{statement.refines}",
        "scheme": statement.scheme,
    }
    given = {name: value for name, value in attributes.items() if value}
    if statement.name.startswith("dc:"):
        book.add_metadata("DC", statement.name.removeprefix("dc:"), statement.value, {"id": given["id"]})
        return
    book.add_metadata(None, "meta", statement.value, given)


def _name(book: Any, person: Person, uid: str) -> None:
    """Name a person, and refine the name by what is known of them."""
    book.add_metadata("DC", person.kind, person.name, {"id": uid})
    if person.code:
        _state(book, Statement(name="role", value=person.code, refines=uid, scheme="marc:relators"))
    elif person.role:
        _state(book, Statement(name="role", value=person.role, refines=uid))
    if person.orcid:
        address = f"https://orcid.org/{person.orcid}"
        _state(book, Statement(name="dcterms:identifier", value=address, refines=uid))


def _toc(entry: TocEntry, uid: str) -> Any:
    """Return an entry and those below it: two levels, for Kindles have no more, and show those below as one."""
    if not entry.children:
        return epub.Link(entry.href, entry.title, uid)
    children = [epub.Link(child.href, child.title, f"{uid}-{order}") for order, child in enumerate(entry.children)]
    return (epub.Section(entry.title, entry.href), children)


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # the library has no types
    """Write the same bytes every time, and state the language on the package."""

    def __init__(self, path: Path, book: Any, metadata: Metadata, pages: Sequence[PageEntry]) -> None:
        moment = datetime.fromisoformat(metadata.date)
        super().__init__(str(path), book, {"mtime": moment, "epub3_pages": False})
        self._language = metadata.language
        self._pages = pages

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self._language)
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        return complete_ncx(super()._get_ncx(), self._language, self._pages)

    def write(self) -> None:
        """Write the file; unlike the library's own, this lets errors out."""
        with _Zip(self.file_name, "w", zipfile.ZIP_DEFLATED) as archive:
            self.out = archive
            archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()


class _Zip(zipfile.ZipFile):
    """Leave time, permissions and system out of the entries."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        info = zipfile.ZipInfo(name, _EPOCH)
        info.create_system = 3
        info.external_attr = 0o644 << 16
        info.compress_type = self.compression if compress_type is None else compress_type
        super().writestr(info, data, compresslevel=9)

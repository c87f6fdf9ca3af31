"""The printed pages, as the EPUB lists them: where each begins in its files, and which printed book they are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octavo.document import Metadata
from octavo.epub.ncx import PageEntry
from octavo.epub.package import File, Statement
from octavo.render.page_breaks import PageBreaks


def page_entries(breaks: PageBreaks, files: Iterable[File]) -> list[PageEntry]:
    """Return the list of pages, in the order in which the files are read: those whose places are in one."""
    labels = {each.identifier: each.label for each in breaks.breaks}
    return [
        PageEntry(label=labels[identifier], href=f"{file.name}#{identifier}")
        for file in files
        for identifier in file.identifiers
        if identifier in labels
    ]


def page_source(metadata: Metadata) -> Iterator[Statement]:
    """Yield what names the PDF as the source of the pages (EPUB Accessibility 1.1, 4.1.3).

    It is told by its title and date, for its identifier is that of this very book; the older way of saying so is there
    too, which Ace and older readers look for.
    """
    name = f"{metadata.title} (PDF, {metadata.date})"
    yield Statement(name="pageBreakSource", value=name)
    yield Statement(name="dc:source", value=name, identifier="page-source")
    yield Statement(name="source-of", value="pagination", refines="page-source")

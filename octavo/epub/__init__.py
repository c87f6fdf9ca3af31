"""Pages → an EPUB 3."""

from octavo.epub.book import write_epub

__all__ = ["write_epub"]

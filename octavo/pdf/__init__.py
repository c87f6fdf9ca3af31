"""The document → a typeset PDF."""

from octavo.pdf.book import write_pdf

__all__ = ["write_pdf"]

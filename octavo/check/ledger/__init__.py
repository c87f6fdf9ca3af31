"""The ledger of alternatives: every picture of a book, its place, and what is said in its stead, in each output."""

from octavo.check.ledger.carried import read_epub, read_page_alone, read_pdf, read_site
from octavo.check.ledger.entry import Entry, Item
from octavo.check.ledger.ledger import keep_ledger

__all__ = ["Entry", "Item", "keep_ledger", "read_epub", "read_page_alone", "read_pdf", "read_site"]

"""What can be said of finished outputs."""

from octavo.check.book import check_book, check_outputs

__all__ = ["check_book", "check_outputs"]

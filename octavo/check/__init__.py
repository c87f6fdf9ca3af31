"""What can be said of finished outputs."""

from octavo.check.account import Account
from octavo.check.book import check_book, check_outputs

__all__ = ["Account", "check_book", "check_outputs"]

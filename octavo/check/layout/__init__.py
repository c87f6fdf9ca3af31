"""The layout of a finished PDF, held against what a typesetter would accept."""

from octavo.check.layout.lint import check_layout

__all__ = ["check_layout"]

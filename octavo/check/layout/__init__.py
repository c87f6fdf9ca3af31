"""The layout of a finished PDF, held against what a typesetter would accept."""

from octavo.check.layout.lint import Layout, check_layout

__all__ = ["Layout", "check_layout"]

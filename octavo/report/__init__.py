"""What a check found out, in one file: a page for people, or JSON for programs."""

from octavo.report.write import write_report

__all__ = ["write_report"]

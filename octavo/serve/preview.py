"""What is shown of a book: where the book is, where it is built, and how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from octavo.publish import MARK

SITE = "site"  # where, in the output folder, the recipe puts it
_ENDINGS = (".html", ".pdf")  # of what it puts beside that


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Hold what is built, whereto, and how: `path` and `output` are absolute, with symlinks resolved.

    At most `jobs` processes work at a time.
    """

    path: Path
    output: Path
    strict: bool = False
    trust: bool = False
    jobs: int = 1

    @property
    def folder(self) -> Path:
        """Return the folder in which all files of the book are."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def site(self) -> Path:
        """Return where the site is, as soon as there is one."""
        return self.output / SITE

    def owns(self, path: Path) -> bool:
        """Tell whether a path is of what is built here: a build must not be the reason of the next one."""
        if not path.is_relative_to(self.output):
            return False
        parts = path.relative_to(self.output).parts
        return bool(parts) and (parts[0] == SITE or parts[0].startswith(MARK) or parts[0].endswith(_ENDINGS))

"""What tags hold of a page: pieces of its content, and its links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """Point at a piece of a page's content by its number."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """Point at a link annotation of a page."""

    page: int
    annotation: Any

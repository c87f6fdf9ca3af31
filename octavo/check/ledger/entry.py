"""What the ledger holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from octavo.diagnostics import Position
from octavo.document import Equation, Formats, Formula

Kind: TypeAlias = Literal["figure", "image", "diagram", "formula", "cover"]
# decorative: nobody shall hear of it; missing: nothing is said; name, word and long: what is said is of no use;
# caption: it is what the caption says; told: nothing is the matter.
State: TypeAlias = Literal["told", "decorative", "missing", "name", "word", "long", "caption"]


@dataclass(frozen=True, slots=True)
class Item:
    """Hold what an output says in the stead of one picture; `text` is None where it says nothing at all."""

    kind: Literal["picture", "formula", "cover"]
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one picture of the book.

    `position` is None for a cover that was drawn. `source` is what was written: a path, TeX, or the text of a diagram;
    `file` is the file of the book that is shown. `label` is the number under which it is printed. `carried` says for
    each output that shows it, by name, what that says in its stead: None where nothing.
    """

    kind: Kind
    position: Position | None
    source: str
    file: str | None = None
    label: str | None = None
    caption: str = ""
    alternative: str = ""
    decorative: bool = False
    formats: Formats
    state: State = "told"
    carried: Mapping[str, str | None] = field(default_factory=dict)
    formula: Formula | Equation | None = field(default=None, compare=False, repr=False)

    @property
    def item(self) -> Literal["picture", "formula", "cover"]:
        """Return what it is in an output."""
        if self.kind in ("formula", "cover"):
            return "formula" if self.kind == "formula" else "cover"
        return "picture"

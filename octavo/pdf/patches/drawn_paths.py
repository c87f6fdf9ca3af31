"""A path of a drawing that was drawn before is drawn again without being read: a book of formulas has few letters.

Replaces what draws `path` in `weasyprint.svg.TAGS`, which reads each one number by number: two thirds of the time of a
formula. It can go when WeasyPrint remembers paths, or takes a tenth of that time to read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from octavo.pdf.patches import Patch

# No unit or per cent, whose size is that of the drawing around it.
_PLAIN = re.compile(r"[MmLlHhVvCcSsQqTtZz0-9 .,\n-]*")


def drawn_paths() -> Patch:
    """Return the patch."""
    import weasyprint.svg  # noqa: PLC0415 (takes half a second to load)

    purpose = "to draw the same letters of formulas fast"
    return Patch(module=_Entries(weasyprint.svg.TAGS), name="path", digest="194cd562b8d98251", purpose=purpose)


def drawer() -> Callable[..., Any]:
    """Return what draws a path, and remembers it."""
    from weasyprint.svg import TAGS  # noqa: PLC0415

    read_and_draw = TAGS["path"]
    known: dict[str, list[Any]] = {}

    def draw(svg: Any, node: Any, font_size: float) -> None:
        data = node.get("d", "")
        if any(name.startswith("marker") for name in node.attrib) or not _PLAIN.fullmatch(data):
            read_and_draw(svg, node, font_size)  # which also finds out where the markers stand
            return
        operations = svg.stream.stream
        if data not in known:
            begin = len(operations)
            read_and_draw(svg, node, font_size)
            known[data] = operations[begin:]
        else:
            operations += known[data]

    return draw


class _Entries:
    """Show the entries of a dictionary as attributes, which is what a patch replaces."""

    def __init__(self, entries: dict[str, Any]) -> None:
        object.__setattr__(self, "_entries", entries)

    def __getattr__(self, name: str) -> Any:
        return self._entries[name]

    def __setattr__(self, name: str, value: Any) -> None:
        self._entries[name] = value

"""A line that overflows only by the space at its end is not broken for it.

Replaces `weasyprint.layout.inline.split_first_line`, which takes such a text for one that cannot be broken where it
must, and breaks it where it first can: behind a comma after a link, with half of the line to spare. It can go when
WeasyPrint leaves out the space at the end when it measures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from octavo.pdf.patches import Patch

_COLLAPSED = frozenset({"normal", "nowrap", "pre-line"})


def line_ends() -> Patch:
    """Return the patch."""
    import weasyprint.layout.inline  # noqa: PLC0415 (takes half a second to load)

    purpose = "a better way to break lines beside links"
    return Patch(module=weasyprint.layout.inline, name="split_first_line", digest="39ad1016863ca34d", purpose=purpose)


def splitter() -> Callable[..., Any]:
    """Return what splits the first line off a text."""
    from weasyprint.text.line_break import split_first_line  # noqa: PLC0415

    def split(text: str, style: Any, context: Any, max_width: float | None, *options: Any, **more: Any) -> Any:
        line = split_first_line(text, style, context, max_width, *options, **more)
        _, _, resume_at, *_ = line
        if resume_at is None or max_width is None or text[-1:] != " " or style["white_space"] not in _COLLAPSED:
            return line
        bare = split_first_line(text.rstrip(" "), style, context, max_width, *options, **more)
        _, _, resume_at, width, *_ = bare
        fits = resume_at is None and width <= max_width
        return split_first_line(text, style, context, None, *options, **more) if fits else line

    return split

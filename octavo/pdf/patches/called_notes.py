"""A note is not lost whose line fits a page only because other notes move to the next one: it moves with them.

Replaces `weasyprint.layout.block._linebox_layout`, which sets such a line and forgets what it calls. It can go when
WeasyPrint lays out the notes of every line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from octavo.pdf.patches import Patch


def called_notes() -> Patch:
    """Return the patch."""
    import weasyprint.layout.block  # noqa: PLC0415 (takes half a second to load)

    purpose = "to keep the notes of lines at the foot of a page"
    return Patch(module=weasyprint.layout.block, name="_linebox_layout", digest="e07bbe000974787e", purpose=purpose)


def liner() -> Callable[..., Any]:
    """Return what sets the lines of a block, up to the end of the page."""
    from weasyprint.layout.block import _linebox_layout  # noqa: PLC0415

    def lay_out_lines(context: Any, box: Any, index: int, child: Any, lines: list[Any], *options: Any) -> Any:
        result = _linebox_layout(context, box, index, child, lines, *options)
        abort, stop, _, _, notes, _ = result
        if stop and not abort and lines and context.footnotes:
            called = [below.footnote for below in lines[-1].descendants() if below.footnote in context.footnotes]
            for note in called:
                context.layout_footnote(note)
                context.report_footnote(note)
                notes.append(note)
        return result

    return lay_out_lines

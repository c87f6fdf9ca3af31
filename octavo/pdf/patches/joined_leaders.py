"""The dots of a leader are one text, not dozens.

Replaces `weasyprint.layout.inline.handle_leader`, which repeats what leads to the number of a page as texts of their
own: thirty in each line of the contents, of which each is set, placed and drawn, for a third of the time that contents
take. It can go when WeasyPrint draws a leader at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from octavo.pdf.patches import Patch

_NOTHING = 0.01  # pixels


def joined_leaders() -> Patch:
    """Return the patch."""
    import weasyprint.layout.inline  # noqa: PLC0415 (takes half a second to load)

    purpose = "leaders that are drawn at once"
    return Patch(module=weasyprint.layout.inline, name="handle_leader", digest="e4bf5941eb946d0b", purpose=purpose)


def joiner() -> Callable[..., Any]:
    """Return what places a leader."""
    from weasyprint.layout.leader import handle_leader, leader_index  # noqa: PLC0415

    from octavo.pdf.lines.layout import SetLayout  # noqa: PLC0415 (loads WeasyPrint)

    def place(context: Any, line: Any, containing_block: Any) -> None:
        handle_leader(context, line, containing_block)
        _, leader = leader_index(line)
        if leader is not None and len(leader.children) > 1 and line.style["direction"] == "ltr":
            first = leader.children[-1]  # they are placed from the right
            if isinstance(first.pango_layout, SetLayout) and (joined := _joined(first, len(leader.children))):
                leader.children = (joined,)

    return place


def _joined(box: Any, count: int) -> Any:
    """Return a text so many times as one; nothing where its letters would stand otherwise beside one another."""
    from octavo.pdf.lines.measure import measure, set_piece  # noqa: PLC0415 (loads WeasyPrint)

    text, once = box.text * count, box.pango_layout
    if once.proportional or once.gaps or once.pull:
        return None
    measured = measure(text, box.style, (), ())
    if measured is None or abs(sum(measured.widths) - count * box.width) > _NOTHING * count:
        return None
    joined = box.copy_with_text(text)
    joined.pango_layout, _, _ = set_piece(text, box.style, (), {}, 0.0)
    joined.width = count * box.width
    return joined

"""A note that moves to the next page is not lost when that page is made again.

Replaces `weasyprint.layout.page.remake_page`. Pages are made again where a number on them was not known at first; the
notes that the page before, which stays, had moved on were then forgotten, and printed nowhere. It can go when
WeasyPrint keeps them with the page that moved them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from octavo.pdf.patches import Patch


def moved_notes() -> Patch:
    """Return the patch."""
    import weasyprint.layout.page  # noqa: PLC0415 (takes half a second to load)

    purpose = "to keep the notes that move to the next page"
    return Patch(module=weasyprint.layout.page, name="remake_page", digest="1ff09b2dffa17839", purpose=purpose)


def remaker() -> Callable[..., Any]:
    """Return what makes a page, with the notes that the one before has left to it."""
    from weasyprint.layout.page import remake_page  # noqa: PLC0415

    left: dict[int, list[Any]] = {}

    def remake(index: int, context: Any, *arguments: Any) -> Any:
        context.reported_footnotes = list(left.get(index - 1, ()))
        made = remake_page(index, context, *arguments)
        before, left[index] = left.get(index, []), list(context.reported_footnotes)
        if left[index] != before and index + 1 < len(context.page_maker):
            context.page_maker[index + 1][-1]["content_changed"] = True  # it was made with other notes
        return made

    return remake

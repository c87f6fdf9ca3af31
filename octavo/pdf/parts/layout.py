"""A part laid out by WeasyPrint as if it were a book: without margins, and with the pages of what it leads to given.

What a part cannot know is kept away from it while it is laid out and drawn: the numbers of its pages, what stands in
their margins, the fonts of the whole book, and where links lead that leave it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from octavo.diagnostics import Report
from octavo.pdf.parts.numbers import Asking
from octavo.pdf.parts.plain import Kind, Where
from octavo.pdf.parts.whole import NotApartError
from octavo.pdf.patches import Patch, applied

_PURPOSE = "to lay out chapters apart"


@dataclass(slots=True)
class Seen:
    """Gather what is seen of a layout: its context, its root by page, the kinds of pages, the anchors it asks for.

    `asking` has the boxes that print the page of an anchor.
    """

    context: Any = None
    roots: list[Any] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    asked: dict[str, Where | None] = field(default_factory=dict)
    asking: Asking = field(default_factory=Asking)


@contextmanager
def laid_out_apart(pages: Mapping[str, Where], *, first: bool, report: Report) -> Iterator[Seen]:
    """Let WeasyPrint lay out a part, while this holds. Raises NotApartError where it is another than the known one."""
    import weasyprint.css.targets  # noqa: PLC0415 (takes half a second to load)
    import weasyprint.layout  # noqa: PLC0415
    import weasyprint.layout.page  # noqa: PLC0415

    seen = Seen()
    collector = weasyprint.css.targets.TargetCollector
    replacements = (
        (
            Patch(module=weasyprint.layout, name="make_margin_boxes", digest="4a2d2e301eb3bc47", purpose=_PURPOSE),
            _leave_margins(seen),
        ),
        (
            Patch(module=collector, name="lookup_target", digest="cc606c47e1954d3b", purpose=_PURPOSE),
            _lookup(pages, seen),
        ),
    )
    with ExitStack() as stack:
        for patch, replacement in replacements:
            if not stack.enter_context(applied(patch, replacement, report)):
                raise NotApartError("this WeasyPrint is not the one that Octavo knows")
        if not first:
            stack.enter_context(_never_first(weasyprint.layout.page))
        yield seen
    if any(item.missing_counters for item in seen.context.target_collector.counter_lookup_items.values()):
        raise NotApartError("the text shows the number of the page that it is on")


def _leave_margins(seen: Seen) -> Callable[..., Any]:
    def make_margin_boxes(context: Any, page: Any, state: Any) -> tuple[()]:
        kept = page.page_type
        seen.context = context
        seen.roots.append(page.children[0])
        seen.kinds.append(Kind(kept.blank, kept.name, kept.index, kept.groups))
        if page.fixed_boxes:
            raise NotApartError("something stands on every page")
        return ()

    return make_margin_boxes


def _lookup(pages: Mapping[str, Where], seen: Seen) -> Callable[..., Any]:
    from weasyprint.css.targets import TargetLookupItem, anchor_name_from_token  # noqa: PLC0415
    from weasyprint.urls import get_url_tuple  # noqa: PLC0415

    class Target:
        """Stand for the box that a link leads to."""

        def __init__(self, number: int) -> None:
            self.cached_counter_values = {"page": [number]}

    def lookup_target(self: Any, token: Any, source: Any, css_token: Any, parse_again: Any) -> Any:
        if token[0] == "attr()":
            name, kind, fallback = token[1]
            value = source.element.get(name, fallback)
            token = ("string", value) if kind == "string" else ("url", get_url_tuple(value, source.style.base_url))
        anchor = anchor_name_from_token(token) or ""
        seen.asked[anchor] = where = pages.get(anchor)
        seen.asking.note(source, anchor, where)
        item = TargetLookupItem("up-to-date")
        item.target_box = Target(where.number if where else 0)
        return item

    return lookup_target


@contextmanager
def _never_first(module: Any) -> Iterator[None]:
    """Let no page be the first of the book."""
    original = module.PageType

    def page_type(side: str, blank: bool, name: str, index: int, groups: Any) -> Any:
        return original(side, blank, name, index + 1, groups)

    module.PageType = page_type
    try:
        yield
    finally:
        module.PageType = original

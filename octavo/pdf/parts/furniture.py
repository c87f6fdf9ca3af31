"""What stands in the margins of pages, running heads and folios, drawn apart from what they stand around.

Each edge of a page is drawn once for the same words on the same kind of page: so little is drawn again when pages get
other numbers. What is drawn belongs to no tag, and says so itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pydyf

from octavo.collector import without_collector
from octavo.diagnostics import Report
from octavo.pdf.engine import fetcher, page_of, reported
from octavo.pdf.marks import Artifact
from octavo.pdf.parts.compile import styles_for
from octavo.pdf.parts.fonts import described_font, drawn_in, glyphs_of
from octavo.pdf.parts.places import Placed
from octavo.pdf.parts.plain import Fragment, Glyphs, Margin, Sheets
from octavo.pdf.parts.sides import POINTS, Sides
from octavo.pdf.parts.whole import NotApartError
from octavo.pdf.structure import complete
from octavo.pdf.surroundings import neutral
from octavo.pdf.traced import parse_traced

BACK = "back"  # the edge that is none: what lies under the whole page
_KINDS = {"top": Artifact.HEADER, "bottom": Artifact.FOOTER}
_DRAWN_WITH = ("XObject", "Pattern", "Shading")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Hold what was drawn, in the order in which it was asked for, and the fonts of it."""

    fragments: tuple[Fragment, ...]
    fonts: tuple[Glyphs, ...]


def draw_furniture(frame: str, sheets: Sheets, margins: tuple[Margin, ...]) -> Furniture:
    """Return what stands on edges of pages; `frame` is the markup of the book without anything in it."""
    root, _ = parse_traced(frame, "the PDF")
    styles = styles_for(sheets)
    html = page_of(root, fetcher({}, dict(sheets.files).__getitem__))
    with reported(Report()), without_collector(), neutral():
        context = _context(html, styles)
        fonts: dict[Any, Any] = {}
        drawing = _Drawing(Sides(html, context), context, fonts)
        fragments = tuple(drawing.draw(margin) for margin in margins)
    return Furniture(fragments, tuple(map(glyphs_of, fonts.values())))


def _context(html: Any, styles: Any) -> Any:
    from weasyprint import DEFAULT_OPTIONS  # noqa: PLC0415 (takes half a second to load)
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415
    from weasyprint.document import Document  # noqa: PLC0415

    options = {**DEFAULT_OPTIONS, "stylesheets": styles.parsed}
    return Document._build_layout_context(html, styles.fonts, CounterStyle(), {}, options)


class _Drawing:
    """Draw one edge after another."""

    def __init__(self, sides: Sides, context: Any, fonts: dict[Any, Any]) -> None:
        self._sides = sides
        self._context = context
        self._fonts = fonts
        self._page = 0

    def draw(self, margin: Margin) -> Fragment:
        """Return what stands on one edge."""
        from weasyprint.document import Page  # noqa: PLC0415
        from weasyprint.layout.background import layout_box_backgrounds  # noqa: PLC0415
        from weasyprint.layout.page import make_margin_boxes  # noqa: PLC0415

        page = self._sides.page(margin.kind, margin.side)
        self._page += 2
        self._context.page_bottom = page.content_box_y() + page.height
        self._context.current_page = self._page
        self._context.string_set = defaultdict(lambda: defaultdict(list))
        for name, (before, here) in margin.strings.items():
            if before is not None:
                self._context.string_set[name][self._page - 1] = [before]
            if here:
                self._context.string_set[name][self._page] = list(here)
        state: Any = ([0], {"page": [margin.number], "pages": [margin.total]}, [{"page", "pages"}], [])
        page.children = ()
        if margin.edge != BACK:
            with self._edge_alone(f"@{margin.edge}"):
                page.children = tuple(make_margin_boxes(self._context, page, state))
        layout_box_backgrounds(page, page, self._context.get_image_from_uri)
        page.canvas_background = None
        if margin.edge != BACK:
            page.background = None
        return self._stream(Page(page), margin.edge)

    @contextmanager
    def _edge_alone(self, edge: str) -> Iterator[None]:
        """Let boxes on other edges of a page show nothing: they have no part in this one."""
        style_for = self._context.style_for

        def style_on(element: Any, pseudo: str | None = None) -> Any:
            is_elsewhere = pseudo is not None and pseudo.startswith("@") and not pseudo.startswith(edge)
            return None if is_elsewhere else style_for(element, pseudo)

        self._context.style_for = style_on
        try:
            yield
        finally:
            self._context.style_for = style_for

    def _stream(self, page: Any, edge: str) -> Fragment:
        import weasyprint.pdf.stream  # noqa: PLC0415

        resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in ("ExtGState", *_DRAWN_WITH)})
        resources["ColorSpace"] = None
        bleed = page.bleed
        rectangle = (
            -bleed["left"],
            -bleed["top"],
            page.width + bleed["left"] + bleed["right"],
            page.height + bleed["top"] + bleed["bottom"],
        )
        original, weasyprint.pdf.stream.Font = weasyprint.pdf.stream.Font, described_font()
        try:
            stream = weasyprint.pdf.stream.Stream(self._fonts, rectangle, resources, {}, {}, {}, None)
            stream.transform(d=-1, f=page.height * POINTS)
            page.paint(stream, POINTS)
        finally:
            weasyprint.pdf.stream.Font = original
        kind = _KINDS.get(edge, Artifact.REPEATED)
        complete(stream, {mark["mcid"]: kind for mark in stream._tags.values()}, {})
        content, states = _plain(stream, resources)
        return Fragment(b"q\n" + content + b"\nQ", frozenset(states), drawn_in(content), edge == BACK)


def _plain(stream: Any, resources: Any) -> tuple[bytes, set[str]]:
    """Return the operations of a stream, and the states of graphics that they name.

    Groups, in which crop marks are drawn, stand in their place; other pictures and patterns have none here.
    """
    if resources["Pattern"] or resources["Shading"] or any(name[0] not in "aA" for name in resources["ExtGState"]):
        raise NotApartError("the margin of a page shows a pattern")
    stream.compress = False
    content: bytes = stream.data.partition(b"stream\n")[2].removesuffix(b"\nendstream")
    states = set(resources["ExtGState"])
    for name, group in resources["XObject"].items():
        if group is None:
            raise NotApartError("the margin of a page shows a picture")
        inner, more = _plain(group, group.extra["Resources"])
        left, top, right, bottom = group.extra["BBox"]
        edges = pydyf.Array([left, top, right - left, bottom - top]).data[1:-1]
        content = content.replace(b"/%s Do" % name.encode(), b"q\n%s re W n\n%s\nQ" % (edges, inner))
        states |= more
    return content, states


def frame_of(markup: str) -> str:
    """Return the markup of a part without anything in its body."""
    head, _, rest = markup.partition("<body")
    return f"{head}<body{rest.partition('>')[0]}></body>\n</html>"


def looks_like(page: Placed, margin: Margin) -> tuple[object, ...]:
    """Return what an edge looks like: the same for pages that the same rules match, and that say the same there."""
    boxes = dict(page.side.edges).get(margin.edge, ())
    asked = {(part.what, part.name) for _, content in boxes for part in content}
    return (
        page.side.rules,
        margin.side,
        margin.edge,
        margin.number if ("counter", "page") in asked else None,
        margin.total if ("counter", "pages") in asked else None,
        tuple(sorted(margin.strings.items())),
    )

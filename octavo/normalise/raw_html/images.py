"""`<img>` → an image: its text is an alternative and no caption."""

from __future__ import annotations

import re

from octavo.diagnostics import Report
from octavo.document import Image
from octavo.normalise.raw_html.fragment import Element, left_out
from octavo.normalise.raw_html.marks import read_marks

_SIZE = re.compile(r"[0-9]+(\.[0-9]+)?(%|px|em|rem|ch|cm|mm|in|pt)?")


def read_image(element: Element, report: Report) -> tuple[Image, ...]:
    """Return the image of an element, or nothing where it names none."""
    source = element.attributes.get("src", "").strip()
    if not source:
        left_out(report, element.position, "<img> without src", "nothing stands for it")
        return ()
    size = tuple((name, value) for name in ("width", "height") if (value := _size(element, name)))
    marks = read_marks(element, report, "src", "alt", "title", *(name for name, _ in size))
    alternative = element.attributes.get("alt")
    image = Image(
        source=source,
        title=element.attributes.get("title") or None,
        children=(),
        alternative=alternative,
        decorative=alternative == "",
        identifier=marks.identifier,
        classes=marks.classes,
        attributes=(*marks.attributes, *size),
        position=element.position,
    )
    return (image,)


def _size(element: Element, name: str) -> str | None:
    value = element.attributes.get(name, "").strip()
    return value if _SIZE.fullmatch(value) else None

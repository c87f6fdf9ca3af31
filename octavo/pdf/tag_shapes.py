"""The shapes that the standard asks of some tags (ISO 32000-1, 14.8.4): lists have items, and items a body."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.pdf.marks import Annotation, Kid, Tag, tags_of


def arrange(root: Tag) -> None:
    """Give lists the shape that the standard asks for, and take links that lead nowhere for plain text."""
    for tag in list(tags_of(root)):
        if tag.role == "L" and any(isinstance(kid, Tag) and kid.role in ("Lbl", "LBody") for kid in tag.kids):
            tag.kids = list(_definitions(tag.kids))
        elif tag.role == "LI":
            labels = [kid for kid in tag.kids if isinstance(kid, Tag) and kid.role == "Lbl"]
            others = [kid for kid in tag.kids if kid not in labels]
            tag.kids = [*labels, *([Tag("LBody", others)] if others else [])]
        elif tag.role == "Link" and not any(isinstance(kid, Annotation) for kid in tag.kids):
            tag.role = "Span"


def _definitions(kids: list[Kid]) -> Iterator[Tag]:
    """Yield an item for each term with what is said of it."""
    item = Tag("LI")
    for kid in kids:
        if isinstance(kid, Tag) and kid.role == "Lbl" and any(_is_body(other) for other in item.kids):
            yield item
            item = Tag("LI")
        item.kids.append(kid)
    if item.kids:
        yield item


def _is_body(kid: Kid) -> bool:
    return isinstance(kid, Tag) and kid.role == "LBody"

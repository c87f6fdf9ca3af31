"""What an author marked a node with → the attributes of its element."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from octavo.document import Labelled
from octavo.normalise.attributes import DATA, EVERYWHERE, LENGTH


def attributes(node: Labelled, *classes: str, identified: bool = True) -> Markup:
    """Return the attributes of a node's element: identifier, classes of ours and the author's, language, title."""
    return Markup("").join(
        Markup(' {}="{}"').format(name, value) for name, value in _pairs(node, classes, identified) if value
    )


def _pairs(node: Labelled, classes: tuple[str, ...], identified: bool) -> Iterator[tuple[str, str]]:
    if identified:
        yield "id", node.anchor or ""
    yield "class", " ".join(dict.fromkeys((*classes, *node.classes)))
    for name, value in node.attributes:
        if name in EVERYWHERE or DATA.fullmatch(name):
            yield name, value


def size(node: Labelled) -> Markup:
    """Return the style that gives a picture the width and height its author wants; a bare number counts pixels."""
    declarations = [
        f"{name}: {found[1]}{found[2] or 'px'}"
        for name in ("width", "height")
        if (found := LENGTH.fullmatch(node.attribute(name) or ""))
    ]
    return Markup(f' style="{escape("; ".join(declarations))}"') if declarations else Markup("")

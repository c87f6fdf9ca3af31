"""Dots below the characters that are emphasised: an inline box for each, whose background is the dot.

Chinese books emphasise so (CLREQ 3.2.2, GB/T 15834 4.14). Marks get no dots.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from octavo.pdf.lines.characters import is_han
from octavo.pdf.lines.paragraph import Node

CLASS = "dots"


def is_dotted(node: Node) -> bool:
    """Tell whether the text of a node gets dots."""
    if node.is_text or len(node.children) != 1 or not node.children[0].is_text or node.box.element is None:
        return False
    return CLASS in (node.box.element.get("class") or "").split()


def dotted(node: Node, first: int, end: int) -> Iterator[Node]:
    """Yield what stands for the characters of a dotted node from `first` on, before `end`: each sign in its own box."""
    (child,) = node.children
    for is_signs, group in groupby(range(first, end), lambda index: is_han(child.box.text[index - child.start])):
        run = list(group)
        if not is_signs:
            yield Node(child.box, run[0], run[-1] + 1, is_text=True)
            continue
        for index in run:
            yield Node(node.box, index, index + 1, [Node(child.box, index, index + 1, is_text=True)])

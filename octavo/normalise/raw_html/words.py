"""Text in HTML → text nodes: what white space means there, and where it means nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from octavo.document import Inline, SoftBreak, Text
from octavo.normalise.raw_html.fragment import Characters

_SPACE = re.compile(r"[ \t\n\f\r]+")


def words(part: Characters) -> Iterator[Inline]:
    """Yield a text: white space is a space, or a line end of the source where it holds one."""
    begin = 0
    for space in _SPACE.finditer(part.text):
        if "\n" in space[0]:
            if begin < space.start():
                yield Text(text=_SPACE.sub(" ", part.text[begin : space.start()]), position=part.position)
            yield SoftBreak(position=part.position)
            begin = space.end()
    if begin < len(part.text):
        yield Text(text=_SPACE.sub(" ", part.text[begin:]), position=part.position)


def joined(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return inlines with neighbouring texts made one, and neighbouring line ends too."""
    result: list[Inline] = []
    for node in inlines:
        if isinstance(node, Text) and result and isinstance(last := result[-1], Text):
            result[-1] = replace(last, text=last.text + node.text)
        elif not (isinstance(node, SoftBreak) and result and isinstance(result[-1], SoftBreak)):
            result.append(node)
    return tuple(result)


def trimmed(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return inlines without the white space around them, which HTML does not show."""
    nodes = list(inlines)
    while nodes and _is_space(nodes[0]):
        del nodes[0]
    while nodes and _is_space(nodes[-1]):
        del nodes[-1]
    if nodes and isinstance(first := nodes[0], Text):
        nodes[0] = replace(first, text=first.text.lstrip(" "))
    if nodes and isinstance(last := nodes[-1], Text):
        nodes[-1] = replace(last, text=last.text.rstrip(" "))
    return tuple(nodes)


def _is_space(node: Inline) -> bool:
    return isinstance(node, SoftBreak) or (isinstance(node, Text) and not node.text.strip(" "))

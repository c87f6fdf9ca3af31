"""What a value holds is told in the same bytes by each process, and nothing is told of what is not known."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import pytest
from markupsafe import Markup

from octavo.diagnostics import Position
from octavo.document import Chapter, Emphasis, Node, Paragraph, Strong, Text
from octavo.render.target import Format
from octavo.store import UnknownContentError, content_of

AT = Position("a.md", 1, 1)


def paragraph(*texts: str, line: int = 1) -> Paragraph:
    return Paragraph(children=tuple(Text(text=text, position=AT) for text in texts), position=Position("a.md", line, 1))


# Each differs from the one before it, and not in much.
DIFFERENT: tuple[object, ...] = (
    *(None, 0, False, 0.0, "", b"", (), frozenset(), {}),
    *("a", Markup("a"), ("a",), ["a"], ("a", "b"), ("ab",), frozenset({"a"}), {"a": "b"}, {"b": "a"}),
    *(Format.SITE, Format.EPUB, AT, Position("a.md", 1, 2)),
    *(paragraph("one"), paragraph("one", line=2), paragraph("o", "ne"), paragraph()),
    *(Emphasis(children=(), position=AT), Strong(children=(), position=AT)),
)


@pytest.mark.parametrize(("one", "other"), [*pairwise(DIFFERENT)])
def test_what_differs_has_another_content(one: object, other: object) -> None:
    assert content_of(one) != content_of(other)
    assert content_of((one, other)) != content_of((other, one))


def test_equal_values_have_the_same_content() -> None:
    shared = "".join(["o", "ne"])
    assert content_of(("one", "one")) == content_of((shared, "on" + shared[-1:]))  # whichever strings they are
    assert content_of(frozenset({"b", "a", "c"})) == content_of(frozenset({"c", "b", "a"}))
    assert content_of({"a": 1}) != content_of(MappingProxyType({"a": 1}))
    assert content_of(paragraph("one")) == content_of(paragraph("one"))


def test_each_process_tells_the_same() -> None:
    program = "from octavo.store import content_of; print(content_of((frozenset('abcdefgh'), {'a': '一'})).hex())"
    told = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


@dataclass(frozen=True)
class Foreign:
    """Be of no class of ours."""

    text: str = ""


class OwnNode(Node):
    """Be a node that a pass has brought."""


def _deep() -> Node:
    node: Emphasis | Text = Text(text="deep", position=AT)
    for _ in range(2000):
        node = Emphasis(children=(node,), position=AT)
    return Chapter(file="a.md", children=(Paragraph(children=(node,), position=AT),), position=AT)


@pytest.mark.parametrize("make", [Foreign, object, lambda: (Foreign(),), lambda: OwnNode(position=AT), _deep])
def test_of_what_is_not_known_nothing_is_told(make: Callable[[], object]) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)  # as the recipe has it
    try:
        with pytest.raises(UnknownContentError):
            content_of(make())
    finally:
        sys.setrecursionlimit(limit)

"""Bare addresses are links, and end where the sentence goes on: beside Chinese, nobody writes a space there."""

from __future__ import annotations

from time import process_time

import pytest

from octavo.diagnostics import Report
from octavo.document import Emphasis, Image, Link, plain_text, walk
from octavo.parse import parse_chapter


def addresses(text: str) -> list[tuple[str, str]]:
    """Return the links of a text: where each leads, and what it reads."""
    chapter = parse_chapter(text, "x.md", Report()).chapter
    return [(node.destination, plain_text(node)) for node in walk(chapter) if isinstance(node, Link)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("见https://example.org/a。后文", "https://example.org/a"),
        ("（https://example.org/a），后文", "https://example.org/a"),
        ("“https://example.org/a”，后文", "https://example.org/a"),
        ("**https://example.org/a**。后文", "https://example.org/a"),
        ("https://example.org/a——后文", "https://example.org/a"),
        ("https://example.org/a可以看到", "https://example.org/a"),
        ("https://example.org/a, then", "https://example.org/a"),
        ("(https://example.org/a_(b)).", "https://example.org/a_(b)"),
        ("https://example.org/@name/a_b_c*d", "https://example.org/@name/a_b_c*d"),
        ("[see https://example.org/a]", "https://example.org/a"),
        ("https://de.example.org/wiki/Köln.", "https://de.example.org/wiki/K%C3%B6ln"),
        ("http://localhost:3000/?a=1&amp;b=2", "http://localhost:3000/?a=1&b=2"),
        ("HTTPS://example.org", "https://example.org"),
        ("访问www.example.org网站", "http://www.example.org"),
        ("*www.example.org*", "http://www.example.org"),
        ("| a |\n|---|\n| https://example.org/a |", "https://example.org/a"),
    ],
)
def test_an_address_is_a_link(text: str, address: str) -> None:
    ((destination, _),) = addresses(text)
    assert destination.lower() == address.lower()


@pytest.mark.parametrize(
    "text",
    ["tea@example.org", "`https://example.org`", "example.org", "xhttps://example.org", "awww.example.org", "https://"],
)
def test_what_is_none_stays_text(text: str) -> None:
    assert addresses(text) == []


def test_what_has_brackets_stays_as_it_is() -> None:
    assert addresses("[https://a.example](https://b.example)") == [("https://b.example", "https://a.example")]
    assert addresses("<https://a.example/b>") == [("https://a.example/b", "https://a.example/b")]
    assert addresses("[甲](https://a.example)、https://b.example；") == [
        ("https://a.example", "甲"),
        ("https://b.example", "https://b.example"),
    ]
    (image,) = (
        node
        for node in walk(parse_chapter("![https://a.example](b.png)", "x.md", Report()).chapter)
        if isinstance(node, Image)
    )
    assert image.spoken == "https://a.example"


def test_an_address_begins_where_it_stands() -> None:
    chapter = parse_chapter("前文，*见*https://example.org/a 和 www.example.org", "x.md", Report()).chapter
    places = [node.position.column for node in walk(chapter) if isinstance(node, Link | Emphasis)]
    assert places == [4, 7, 31]


@pytest.mark.parametrize("piece", ["https://a.b/&a;", "www.a.b)", "https://a.b/c, ", "(https://", "www.a_b "])
def test_the_search_is_linear(piece: str) -> None:
    def seconds(count: int) -> float:
        start = process_time()
        parse_chapter(piece * count, "x.md", Report())
        return process_time() - start

    # The fastest of three: another program may have the processor's cache at the time.
    assert min(seconds(8_000) for _ in range(3)) < min(seconds(1_000) for _ in range(3)) * 20

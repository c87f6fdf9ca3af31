"""Paths that are drawn again are drawn as they were, without being read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_rules import built
from weasyprint.svg import TAGS

from octavo.pdf import unit
from octavo.pdf.patches.drawn_paths import drawer

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">
<defs><marker id="m" markerWidth="4" markerHeight="4"><path d="M0 0L4 2L0 4Z"/></marker></defs>
<path d="M10 10L20 20Q30 10 40 20T60 20Z"/><g transform="translate(5 5)"><path d="M10 10L20 20Q30 10 40 20T60 20Z"/></g>
<path d="M1 1 10% 5em"/><path d="M0 0L50 50" marker-end="url(#m)"/><path d="M0 0L50 50"/><path d="M0 0L50 50"/>
</svg>"""


def test_a_page_is_the_same_byte_by_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "a.svg").write_text(PICTURE)
    (book / "octavo.toml").write_text('[book]\ntitle = "A"\nlanguage = "en"\ndate = 2025-01-01\n')
    (book / "a.md").write_text("# A\n\n![One](a.svg)\n\n![Two](a.svg)\n")
    assert not built(book, tmp_path / "fast", "pdf").failed
    monkeypatch.setattr(unit, "drawer", lambda: TAGS["path"])
    built(book, tmp_path / "slow", "pdf")
    (fast,), (slow,) = (list((tmp_path / name).glob("*.pdf")) for name in ("fast", "slow"))
    assert fast.read_bytes() == slow.read_bytes()


def test_a_path_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def read_and_draw(svg: Any, node: Any, font_size: float) -> None:
        read.append(node["d"])
        svg.stream.stream.append(node["d"])

    class Node(dict[str, str]):
        attrib: dict[str, str] = {}  # noqa: RUF012 (as the library has it)

    class Drawing:
        class stream:  # noqa: N801 (as the library has it)
            stream: list[str] = []  # noqa: RUF012

    monkeypatch.setitem(TAGS, "path", read_and_draw)
    draw = drawer()
    for data in ("M0 0L1 1", "M0 0L1 1", "M0 0L1em 1", "M0 0L1em 1"):
        draw(Drawing, Node(d=data), 10)
    assert read == ["M0 0L1 1", "M0 0L1em 1", "M0 0L1em 1"]
    assert len(Drawing.stream.stream) == 4

"""Tables over pages: the last row of one does not stand alone on a page."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from layouts import CHINESE, ENGLISH

from octavo.check.layout.read import read_drawn
from octavo.diagnostics import Report
from octavo.recipe import Timings, build

LINE = "Line.\n\n"
LINES_ABOVE = 13


@pytest.mark.parametrize("configuration", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_the_last_row_does_not_stand_alone_on_a_page(configuration: str, tmp_path: Path) -> None:
    source = tmp_path / "book"
    source.mkdir()
    (source / "octavo.toml").write_text(f'{configuration}kind = "book"\n', "utf-8")
    above = f"# Chapter\n\n{LINE * LINES_ABOVE}| A | B |\n|---|---|\n"
    tables = [f"| ROW{rows} | x |\n" * rows for rows in range(4, 26)]
    (source / "one.md").write_text("\n".join(above + table for table in tables), "utf-8")
    build(source, tmp_path / "dist", ("pdf",), Report(), Timings())
    drawn = read_drawn(tmp_path / "dist" / "book.pdf")
    lines = Counter((line.text.strip(), line.page) for block in drawn.blocks for line in block.lines)
    rows = {place: count for place, count in lines.items() if place[0].startswith("ROW")}
    assert sum(rows.values()) == sum(range(4, 26))
    assert len(rows) > len(tables)  # some are broken between pages
    lasts = {name: max(page for other, page in rows if other == name) for name, _ in rows}
    assert [place for place in lasts.items() if rows[place] == 1] == []

"""What stands together on a page: a line that announces a list inside a list, and the first item of that."""

from __future__ import annotations

from pathlib import Path

import pytest
from layouts import CHINESE, ENGLISH

from octavo.check.layout.read import read_drawn
from octavo.diagnostics import Report
from octavo.recipe import Timings, build

SECTIONS = 40


@pytest.mark.parametrize("configuration", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_a_line_above_a_list_inside_a_list_is_not_last_on_a_page(configuration: str, tmp_path: Path) -> None:
    source = tmp_path / "book"
    source.mkdir()
    (source / "octavo.toml").write_text(f'{configuration}kind = "book"\n', "utf-8")
    sections = (f"## Part\n\n1. ANNOUNCED{number}:\n   - FIRST{number}\n   - Other.\n" for number in range(SECTIONS))
    (source / "one.md").write_text("# Chapter\n\n" + "\n".join(sections), "utf-8")
    build(source, tmp_path / "dist", ("pdf",), Report(), Timings())
    drawn = read_drawn(tmp_path / "dist" / "book.pdf")
    found = {
        word: line.page
        for block in drawn.blocks
        for line in block.lines
        for word in line.text.replace(":", " ").split()
        if word.startswith(("ANNOUNCED", "FIRST"))
    }
    assert len(set(found.values())) > 2
    apart = [number for number in range(SECTIONS) if found[f"ANNOUNCED{number}"] != found[f"FIRST{number}"]]
    assert apart == []

"""What leads to the number of a page is one text, where the library has one for each dot."""

from __future__ import annotations

from typing import Any

import pytest
from printed import laid_out
from weasyprint.layout.leader import handle_leader

BODY = "<p>Spring<a href='#a'></a></p><p>The tides of the year<a href='#a'></a></p><p id='a'>a</p>"
STYLE = """@page { size: 300px 200px; margin: 20px } body { font: 16px serif } p { margin: 0 }
    a::after { content: leader('%s') '7' }"""


def leaders(dots: str) -> list[list[Any]]:
    """Return the texts of each leader."""
    boxes = laid_out(BODY, STYLE % dots).document.pages[0]._page_box.descendants()
    return [list(box.children) for box in boxes if box.is_leader and box.children]


@pytest.mark.canary
@pytest.mark.parametrize("dots", ["·", "  ·", ". "])
def test_the_dots_stand_where_the_library_has_them(dots: str, monkeypatch: pytest.MonkeyPatch) -> None:
    joined = leaders(dots)
    monkeypatch.setattr("octavo.pdf.engine.joiner", lambda: handle_leader)
    each = leaders(dots)
    assert [len(texts) for texts in joined] == [1, 1] and min(len(texts) for texts in each) > 3
    for (text,), texts in zip(joined, each, strict=True):
        assert text.text == dots * len(texts)
        assert text.position_x == pytest.approx(min(one.position_x for one in texts))
        assert text.width == pytest.approx(sum(one.width for one in texts))


@pytest.mark.canary
def test_letters_that_are_moved_together_stay_apart() -> None:
    (texts, _) = leaders("AV")  # “VA”, of which there is none in one of them, would be closer
    assert len(texts) > 1

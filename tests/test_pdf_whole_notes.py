"""Notes are printed whole: those of several blocks without holes, long ones over pages, many with room for them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from printed import laid_out

from octavo.pdf.lines import lay_out
from octavo.pdf.lines.read import read_paragraph

pytestmark = pytest.mark.canary

STYLE = """
@page { size: 300px 200px; margin: 10px; @footnote { max-height: 140px } }
body { font: 10px/14px serif; orphans: 2; widows: 2; hyphens: auto; text-align: justify }
p, ul { margin: 0 }
li { list-style: none }
.note { float: footnote; font: 8px/11px serif }
"""
SMALL = 8
NOT_WRITTEN = {ord(sign): None for sign in " \u2010"}


def _note(body: str) -> str:
    return f'<span class="note" id="note">{body}</span>'


def _boxes(body: str) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(laid_out(body, STYLE).document.pages):
        for box in page._page_box.descendants():
            yield number, box


def test_white_space_between_the_blocks_of_a_note_takes_no_line() -> None:
    note = _note("<p>One.</p>\n<p>Two.</p>\n<ul>\n<li>Three.</li>\n<li>Four.</li>\n</ul>\n<p>Five.</p>")
    lines = {box.text.strip(): box.position_y for _, box in _boxes(f"<p>Words{note}.</p>") if hasattr(box, "text")}
    tops = [lines[word] for word in ("One.", "Two.", "Three.", "Four.", "Five.")]
    assert [below - above for above, below in pairwise(tops)] == [11, 11, 11, 11]


@pytest.mark.parametrize("length", [20, 400])
@pytest.mark.parametrize("word", ["incomprehensible", "字"])
def test_a_note_that_is_longer_than_a_page_goes_on_on_the_next_ones(length: int, word: str) -> None:
    words = [f"{word}{number}" for number in range(length)]
    text = f"<p>{' '.join(words)}</p><ul>{''.join(f'<li>item{number}</li>' for number in range(9))}</ul><p>The end.</p>"
    body = f"{'<p>A line.</p>' * 3}<p>Words{_note(text)} and more of them.</p>{'<p>A line.</p>' * 30}"
    printed, pages = "", set()
    for number, box in _boxes(body):
        if hasattr(box, "text") and box.style["font_size"] == SMALL:
            assert 10 <= box.position_y <= 190 - SMALL
            printed += box.text.translate(NOT_WRITTEN)
            pages.add(number)
    wanted = f"{''.join(words)}{''.join(f'item{number}' for number in range(9))}Theend."
    assert printed == f"1.{wanted}"
    assert len(pages) > length // 200


def test_many_notes_that_move_together_stay_on_their_pages() -> None:
    words = "several words of it " * 15
    notes = "".join(f'a<span class="note" id="note-{number}">{words}</span>' for number in range(9))
    pages = laid_out(f"{'<p>A line.</p>' * 9}<p>{notes}</p>", STYLE).document.pages
    placed = [name for page in pages for name, (_, top, _, foot) in page.anchors.items() if 10 <= top < foot <= 190]
    assert sorted(placed) == [f"note-{number}" for number in range(9)]


def test_cutting_a_note_twice_as_long_reads_twice_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [0]

    def counted(line: Any, *others: Any) -> Any:
        paragraph = read_paragraph(line, *others)
        counts[-1] += len(paragraph.text) if paragraph else 0
        return paragraph

    monkeypatch.setattr(lay_out, "read_paragraph", counted)
    for length in (300, 600):
        text = " ".join(f"word{number}" for number in range(length))
        laid_out(f"<p>Words{_note(f'<p>{text}</p>')} and more.</p>", STYLE)
        counts.append(0)
    short, long, _ = counts
    assert long / short < 2.5

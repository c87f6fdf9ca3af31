"""Notes that move to the next page are printed there, whatever else is not known at first of that page."""

from __future__ import annotations

import pytest
from printed import laid_out

pytestmark = pytest.mark.canary

STYLE = """
@page { size: 300px 200px; margin: 10px }
body { font: 10px/14px serif; orphans: 2; widows: 2 }
p { margin: 0 }
section { break-before: page }
.note { float: footnote; font: 8px/11px serif }
a::after { content: target-counter(attr(href), page) }
"""


def test_no_note_is_lost_on_its_way_to_the_next_page() -> None:
    chapters = [
        f"<section>{'<p>A line.</p>' * lines}"
        f'<p>Words <span class="note" id="note-{lines}-{words}">{"note " * words}</span>'
        f'{"of a paragraph " * 12}</p><p>See <a href="#end">page</a>.</p></section>'
        for lines in range(13)
        for words in (3, 40)
    ]
    pages = laid_out(f'{"".join(chapters)}<p id="end">The end.</p>', STYLE).document.pages
    placed = set[str]().union(*(page.anchors for page in pages))
    assert {f"note-{lines}-{words}" for lines in range(13) for words in (3, 40)} - placed == set()


def test_no_note_is_lost_whose_line_fits_because_others_move() -> None:
    """The first note is long; the line with the second fits where the first makes room for it."""
    style = STYLE.replace("orphans: 2; widows: 2", "orphans: 1; widows: 1")
    numbers = [(lines, words) for lines in range(1, 13) for words in range(2, 60, 3)]
    chapters = [
        f"<section>{'<p>A line.</p>' * lines}"
        f'<p>One <span class="note" id="a-{lines}-{words}">{"note " * words}</span></p>'
        f"{'<p>A line.</p>' * after}"
        f'<p>Two <span class="note" id="b-{lines}-{words}">second</span> {"of a paragraph " * 15}</p></section>'
        for lines, words in numbers
        for after in ((lines + words) % 6,)
    ]
    placed = set[str]().union(*(page.anchors for page in laid_out("".join(chapters), style).document.pages))
    assert {f"{name}-{lines}-{words}" for name in "ab" for lines, words in numbers} - placed == set()

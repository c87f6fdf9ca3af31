"""Page labels: viewers call pages by the numbers that are printed on them."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from printed import laid_out, printed

from octavo.pdf.folios import Folio, folios_of, page_labels

STYLE = """
@page { size: 200px 200px; margin: 30px; @bottom-left { content: counter(page) } }
@page title { @bottom-left { content: none } }
@page front { @bottom-left { content: "– " counter(page, lower-roman) " –" } }
@page :nth(1 of text) { counter-reset: page 1 }
.title { page: title } .front { page: front } .text { page: text }
p { break-after: page; margin: 0 }
"""


def body(*kinds: str) -> str:
    """Return a page of each kind."""
    return "".join(f'<p class="{kind}">{kind}</p>' for kind in kinds)


def test_folios_are_counted_by_the_styles_of_the_pages() -> None:
    pages = laid_out(body("title", "front", "front", "text", "more"), STYLE).document.pages
    assert [(folio.number, folio.style) for folio in folios_of(pages)] == [
        (1, None),
        (2, "lower-roman"),
        (3, "lower-roman"),
        (1, "decimal"),
        (2, "decimal"),
    ]


@pytest.mark.parametrize(
    ("kinds", "labels"),
    [
        (["title", "front", "front", "text", "more"], ["i", "ii", "iii", "1", "2"]),
        (["title", "text"], ["i", "1"]),
        (["front", "title", "front", "text"], ["i", "ii", "iii", "1"]),
        (["text", "title", "more"], ["1", "2", "3"]),
        (["title"], ["1"]),
    ],
)
def test_labels(kinds: list[str], labels: list[str]) -> None:
    with pikepdf.open(BytesIO(printed(body(*kinds), STYLE))) as pdf:
        assert [page.label for page in pdf.pages] == labels


def test_labels_begin_anew_where_numbers_do_not_go_on() -> None:
    folios = [
        Folio(number=number, style=style) for number, style in [(1, "decimal"), (2, "decimal"), (7, "upper-alpha")]
    ]
    assert page_labels([*folios, Folio(number=1, style="decimal")]) == [(0, "D", 1), (2, "A", 7), (3, "D", 1)]
    assert page_labels([]) == []

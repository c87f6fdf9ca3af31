"""Lines beside links: a wider line never holds less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from printed import laid_out

TEXT = (
    '<p>The bay is in <a href="https://example.org/a">Figure 1.1</a>, its depths in '
    '<a href="https://example.org/b">Table 1.1</a>, and the number alone is <a href="https://example.org/c">1.1</a>.</p>'
)


@pytest.mark.canary
def test_a_wider_line_never_holds_less() -> None:
    style = "@page { size: 600px 9000px; margin: 0 } body { font: 10px serif } p { margin: 0 } "
    widths = range(200, 420)
    rules = "".join(f".w{width} {{ width: {width}px }}" for width in widths)
    body = "".join(TEXT.replace("<p>", f'<p class="w{width}">') for width in widths)
    pages = laid_out(body, style + rules).document.pages
    firsts = [len(first_line(box)) for page in pages for box in below(page._page_box, "p")]
    assert len(firsts) == len(widths)
    assert firsts == sorted(firsts)
    assert firsts[0] < firsts[-1]


def below(box: Any, tag: str) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element_tag == tag and type(child).__name__ == "BlockBox":
            yield child
        else:
            yield from below(child, tag)


def first_line(paragraph: Any) -> str:
    return "".join(box.text for box in paragraph.children[0].descendants() if hasattr(box, "text"))

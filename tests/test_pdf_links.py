"""The links of the PDF: one annotation a line, in a tag of its own, that says what the link says."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from printed import SQUARE, printed

SMALL = "@page { size: 200px 100px; margin: 10px } * { font: 10px/20px serif } body, p, table { margin: 0 }"


def links(body: str, style: str = SMALL) -> list[tuple[str, list[float]]]:
    """Return description and rectangle of each link, in the order of the pages."""
    with pikepdf.open(BytesIO(printed(body, style))) as pdf:
        return [
            (str(link.Contents), [round(float(edge) / 0.75) for edge in link.Rect])
            for page in pdf.pages
            for link in page.get("/Annots", [])
        ]


def untagged(body: str, style: str = SMALL) -> list[str]:
    """Return the descriptions of the links that are in no Link tag."""
    with pikepdf.open(BytesIO(printed(body, style))) as pdf:
        tagged = {reference.objgen for reference in _in_links(pdf.Root.StructTreeRoot.K[0])}
        return [
            str(link.Contents) for page in pdf.pages for link in page.get("/Annots", []) if link.objgen not in tagged
        ]


def _in_links(element: Any) -> Iterator[Any]:
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/OBJR" and element.S == "/Link":
                yield kid.Obj
            elif kid.get("/Type") == "/StructElem":
                yield from _in_links(kid)


def descriptions(body: str, style: str = SMALL) -> list[str]:
    """Return what each link says of itself."""
    return [description for description, _ in links(body, style)]


TARGET = '<p id="there">There.</p>'


def test_what_is_inside_a_link_adds_no_annotation() -> None:
    body = f'<p><a href="#there">one <code>two</code> <em><b>three</b></em></a></p>{TARGET}'
    assert descriptions(body) == ["one two three"]
    assert untagged(body) == []


def test_a_link_over_two_lines_has_two_links() -> None:
    body = f'<p><a href="#there">one two three four five <code>six seven eight nine ten eleven</code></a></p>{TARGET}'
    found = links(body)
    assert [description for description, _ in found] == ["one two three four five six seven eight nine ten eleven"] * 2
    assert found[0][1][1] != found[1][1][1]
    assert untagged(body) == []


def test_a_line_of_contents_is_one_annotation() -> None:
    style = f"{SMALL} a {{ display: block }} a::after {{ content: leader('.') target-counter(attr(href), page) }}"
    body = f'<nav class="contents"><ol><li><a href="#there"><span>1</span> <b>One</b></a></li></ol></nav>{TARGET}'
    ((description, rectangle),) = links(body, style)
    assert description == "1 One"
    assert rectangle[2] == 190  # as far as the number of the page
    assert untagged(body, style) == []


def test_a_picture_in_a_link_can_be_clicked_as_far_as_it_goes() -> None:
    body = f'<p><a href="#there"><img alt="A square" src="{SQUARE}" style="height: 60px; width: 60px"/></a></p>{TARGET}'
    ((description, (left, low, right, high)),) = links(body)
    assert description == "A square"
    assert (right - left, low - high) >= (60, 60)
    assert untagged(body) == []


def test_links_to_one_place_say_each_what_they_say() -> None:
    body = f'<p><a href="#there">this</a> and <a href="#there">that\n  one</a></p>{TARGET}'
    assert descriptions(body) == ["this", "that one"]


@pytest.mark.canary
@pytest.mark.parametrize(
    ("link", "description"),
    [
        ('<a href="https://example.org/">museum</a>', "museum (https://example.org/)"),
        ('<a href="https://example.org/">https://example.org/</a>', "https://example.org/"),
        ('<a href="https://example.org/%E5%A3%B6">https://example.org/壶</a>', "https://example.org/壶"),
        ('<a href="mailto:a@example.org">write</a>', "write (mailto:a@example.org)"),
        ('<a href="mailto:a@example.org">a@example.org</a>', "a@example.org"),
        (f'<a href="https://example.org/"><img src="{SQUARE}"/></a>', "https://example.org/"),
    ],
)
def test_links_that_lead_out_tell_the_address(link: str, description: str) -> None:
    assert descriptions(f"<p>{link}</p>") == [description]


def test_a_reference_to_a_page_tells_its_number() -> None:
    style = f"{SMALL} .page-number::before {{ content: target-counter(attr(data-target), page) }}"
    number = '<span class="page-number" data-target="#there"></span>'
    body = f'<p><a href="#there">on page {number}.</a></p><p style="break-before: page" id="there">There.</p>'
    assert descriptions(body, style) == ["on page 2."]


def test_a_note_that_is_called_in_a_link_is_no_part_of_it() -> None:
    body = f'<p><a href="#there">see<span class="foot-note" id="n">A note.</span></a></p>{TARGET}'
    assert descriptions(body, f"{SMALL} .foot-note {{ float: footnote }}") == ["see"]
    assert untagged(body, f"{SMALL} .foot-note {{ float: footnote }}") == []


def test_a_link_in_a_repeated_head_of_a_table_is_tagged_on_every_page() -> None:
    rows = "<tr><td>x</td></tr>" * 8
    body = f'<table><thead><tr><th><a href="#there">a</a></th></tr></thead><tbody>{rows}</tbody></table>{TARGET}'
    assert len(descriptions(body)) > 2
    assert untagged(body) == []


def test_a_running_head_leads_nowhere() -> None:
    style = f"{SMALL} @page {{ @top-left {{ content: element(head) }} }} .head {{ position: running(head) }}"
    body = f'<p class="head"><a href="#there">head</a></p><p><a href="#there">text</a></p>{TARGET}'
    assert descriptions(body, style) == ["text"]
    assert untagged(body, style) == []

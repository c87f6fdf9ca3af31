"""What stands behind drawings that are transparent, in an e-book that is read at night."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from golden import Books

from octavo.epub.mats import on_mat

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{}><path d="M0 0h9"/></svg>'


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        '<?xml version="1.0"?>\n',
        "<!-- <svg> -->\n",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>\n",
        "<!DOCTYPE svg>",
    ],
)
def test_a_drawing_has_a_ground_wherever_it_begins(before: str) -> None:
    drawing = on_mat((before + SVG.format("")).encode(), "#fff")
    assert fromstring(drawing).get("style") == "background:#fff"
    assert drawing.startswith(before.encode())


@pytest.mark.parametrize("style", [' style="background: red"', " style='fill: url(\"#a>b\")'"])
def test_its_own_style_holds(style: str) -> None:
    found = fromstring(on_mat(SVG.format(style).encode(), "#fff")).get("style") or ""
    assert found == "background:#fff;" + style[8:-1]


def test_a_colour_cannot_end_the_attribute() -> None:
    assert fromstring(on_mat(SVG.format("").encode(), 'a"b<')).get("style") == 'background:a"b<'


@pytest.mark.parametrize("data", [b"", b"<html/>", SVG.format("").encode("utf-16")])
def test_what_is_no_such_drawing_stays_as_it_is(data: bytes) -> None:
    assert on_mat(data, "#fff") == data


def test_the_drawings_of_a_book_are_on_one(books: Books) -> None:
    built = books("english")
    with ZipFile(built.output / "reading-the-tide.epub") as archive:
        drawings = [archive.read(name) for name in archive.namelist() if name.endswith(".svg")]
        sheet = archive.read("EPUB/style.css").decode()
    assert drawings
    assert {fromstring(drawing).get("style") for drawing in drawings} == {"background:#ffffff"}
    assert "img { background-color: #ffffff; }" in sheet

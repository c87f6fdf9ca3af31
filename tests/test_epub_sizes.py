"""What old readers can open: files that are not too long, and pictures that are not too large."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from PIL import Image

from octavo.check import check_outputs
from octavo.diagnostics import Report
from octavo.epub.sizes import LONGEST, MOST_PIXELS, fitting
from octavo.recipe import Timings, build, prepare

CONFIGURATION = '[book]\ntitle = "Long"\nlanguage = "en"\ndate = 2025-01-01\n'
WORDS = "A rope is as strong as the hand that made it. " * 200


def test_a_long_chapter_is_divided_at_its_sections(tmp_path: Path) -> None:
    source, output = tmp_path / "book", tmp_path / "dist"
    source.mkdir()
    (source / "octavo.toml").write_text(CONFIGURATION, "utf-8")
    sections = [f"## Part {n} {{#p{n}}}\n\n{WORDS}[^n{n}]\n\n{WORDS * 3}\n\n[^n{n}]: Note {n}.\n" for n in range(9)]
    (source / "a.md").write_text("# Long {#long}\n\nSee [the end](#p8).[^n8]\n\n" + "\n".join(sections), "utf-8")
    (source / "b.md").write_text("# Short\n\nSee [the long one](#long) and [a part](#p3).\n", "utf-8")
    report = Report()
    build(source, output, ("epub",), report, Timings())
    edition = prepare(source, Report(), Timings())
    assert edition is not None
    check_outputs(edition, output, report)
    assert not [str(found.message) for found in report]
    with ZipFile(output / "book.epub") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")}
    assert max(map(len, pages.values())) < LONGEST
    assert '<a href="p8.xhtml#p8">' in pages["EPUB/a.xhtml"]
    assert "Note 8." in pages["EPUB/a.xhtml"]  # where it is called first
    assert "Note 3." in pages["EPUB/p3.xhtml"]
    assert "EPUB/b.xhtml" in pages


@pytest.mark.parametrize("before", ["", "## A part\n\nA word.\n\n"])
def test_a_long_text_without_sections_goes_on_in_another_file(before: str, tmp_path: Path) -> None:
    source, output = tmp_path / "book", tmp_path / "dist"
    source.mkdir()
    (source / "octavo.toml").write_text(CONFIGURATION, "utf-8")
    paragraphs = [f"Paragraph {n} {WORDS}[^n{n}]\n\n[^n{n}]: Note {n}.\n" for n in range(40)]
    (source / "a.md").write_text("# Long\n\n" + before + "\n".join(paragraphs), "utf-8")
    (source / "b.md").write_text("# Short\n\nA word.\n", "utf-8")
    report = Report()
    build(source, output, ("epub",), report, Timings())
    edition = prepare(source, Report(), Timings())
    assert edition is not None
    check_outputs(edition, output, report)
    assert not [str(found.message) for found in report]
    with ZipFile(output / "book.epub") as archive:
        package = fromstring(archive.read("EPUB/content.opf"))
        names = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}item")}
        spine = [
            archive.read(f"EPUB/{names[item.get('idref')]}").decode() for item in package.iterfind(".//{*}itemref")
        ]
    long = [page for page in spine if "<p>Paragraph" in page]
    assert len(long) >= 2
    assert max(map(len, long)) < LONGEST
    assert [int(number) for page in long for number in re.findall(r"<p>Paragraph (\d+)", page)] == list(range(40))
    assert sum(page.count("<h1") for page in long) == 1
    assert all(f"Note {number}." in page for page in long for number in re.findall(r"Paragraph (\d+)", page))


@pytest.mark.parametrize(("mode", "form"), [("RGB", "JPEG"), ("P", "PNG"), ("L", "PNG")])
def test_a_large_picture_is_made_smaller(mode: str, form: str) -> None:
    out = BytesIO()
    Image.new(mode, (4000, 2000), 0).save(out, form)
    smaller = fitting(out.getvalue(), f"a.{form.lower()}")
    with Image.open(BytesIO(smaller)) as image:
        assert image.format == form
        assert image.width == 2 * image.height
        assert MOST_PIXELS * 0.99 < image.width * image.height <= MOST_PIXELS


def test_another_picture_stays_as_it_is() -> None:
    out = BytesIO()
    Image.new("RGB", (2000, 2000)).save(out, "PNG")
    assert fitting(out.getvalue(), "a.png") == out.getvalue()
    assert fitting(b"<svg />", "a.svg") == b"<svg />"

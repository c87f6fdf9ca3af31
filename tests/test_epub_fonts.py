"""The fonts in an EPUB: which characters each face is asked for, and what a font says of being put into a book."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

from fontTools.ttLib import TTFont

from octavo.diagnostics import Position, Report, Rule
from octavo.epub.faces import Face, faces_of
from octavo.epub.fonts import embed_fonts
from octavo.pdf.face_files import FaceFile, face_file
from octavo.recipe import Timings, build

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" lang="zh" xml:lang="zh"><head><title>No</title></head><body>
<h1>Ab汉</h1><p>cd<em>e</em><strong>f</strong><code>g</code>字<i>h</i></p><p class="x">k</p></body></html>"""
SHEET = """body { font-family: "Latin", "Han" } h1 { font-family: "Sans", "Han" } h1::before { font-family: "Mono" }
em { font-style: normal; font-weight: 700 } code { font-family: "Mono" } .x { font-family: inherit }
p:nth-child(3 of p) { font-family: "Mono" }"""
LATIN = frozenset(map(ord, "Abcdefghk"))
KNOWN = {"Latin": LATIN, "Sans": LATIN, "Mono": LATIN, "Han": frozenset(map(ord, "汉字"))}


def test_each_face_is_asked_for_what_it_shows() -> None:
    found = faces_of([fromstring(PAGE)], SHEET, lambda family: KNOWN.get(family, frozenset()))
    letters = {face: "".join(sorted(filter(str.isalpha, characters))) for face, characters in found.items()}
    assert letters == {
        Face(family="Sans", bold=True): "Ab",
        Face(family="Han", bold=True): "汉",
        Face(family="Latin"): "cdk",
        Face(family="Latin", bold=True): "ef",
        Face(family="Latin", italic=True): "h",
        Face(family="Mono"): "g",
        Face(family="Han"): "字",
    }


def test_a_font_that_forbids_it_is_left_out(tmp_path: Path) -> None:
    known = face_file("JetBrains Mono", False, False)
    assert known is not None
    with TTFont(known.path) as font:
        font["OS/2"].fsType = 2
        font.save(tmp_path / "shut.ttf")
    report = Report()
    faces = {Face(family="Shut"): {"a"}, Face(family="Open"): {"a"}}
    files = {"Shut": FaceFile(tmp_path / "shut.ttf", 0, 400), "Open": known}
    fonts = embed_fonts(faces, lambda family, bold, italic: files[family], Position("octavo.toml"), report)
    assert [file.name for file in fonts.files] == ["fonts/open.ttf"]
    (said,) = report
    assert said.rule is Rule.FONTS_EMBEDDED
    assert said.hint == "their licences forbid it of Shut: name another font in the theme"


def test_a_book_holds_the_faces_that_it_uses(tmp_path: Path) -> None:
    source = tmp_path / "book"
    source.mkdir()
    configuration = '[book]\ntitle = "A"\nlanguage = "en"\ndate = 2025-01-01\n[epub]\nfonts = true\n'
    (source / "octavo.toml").write_text(configuration, "utf-8")
    (source / "a.md").write_text("# B\n\nxy *z*\n", "utf-8")
    report = Report()
    build(source, tmp_path / "dist", ("epub",), report, Timings())
    assert [found.rule for found in report] == [Rule.FONTS_EMBEDDED]
    with ZipFile(tmp_path / "dist" / "book.epub") as archive:
        read = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist() if "fonts/" in name}
        sheet = archive.read("EPUB/style.css").decode()
    assert set(read) == {"source-serif-4.ttf", "source-serif-4-italic.ttf", "source-sans-3-bold.ttf"}
    italic = TTFont(BytesIO(read["source-serif-4-italic.ttf"]))
    assert ord("z") in italic.getBestCmap()
    assert ord("x") not in italic.getBestCmap()
    assert "fvar" not in italic
    assert 'font-family: "Source Serif 4"' in sheet

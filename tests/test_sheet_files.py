"""Files that a book's own style sheets name: each goes where the format that asks for it finds it, or is told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image

from octavo.check import check_outputs
from octavo.diagnostics import Report
from octavo.pdf.fonts import packaged_files
from octavo.recipe import FORMATS, Timings, build, prepare
from octavo.render.sheet_files import files_of, with_addresses, with_book_addresses

STYLES = Path(__file__).resolve().parent.parent / "styles"
RULES = """
@font-face { font-family: Own; src: url(own%20font.ttf) }
em { font-family: Own }
/* url(nothing.png) */
blockquote { background: #fff url( "../pictures/Paper 1.png" ) no-repeat }
ul { list-style-image: url(data:image/png;base64,) }
"""


def write_book(folder: Path, sheet: str, rules: str) -> Path:
    """Write a book with a sheet of its own, which is Octavo's with more rules, and return its folder."""
    (folder / "styles").mkdir(parents=True)
    (folder / "pictures").mkdir()
    (folder / "octavo.toml").write_text('[book]\ntitle = "Ink"\nlanguage = "en"\ndate = 2026-11-23\nslug = "ink"\n')
    (folder / "one.md").write_text("# One\n\n> A *rope* in the [sea](https://example.org/).\n", "utf-8")
    (folder / "styles" / sheet).write_text((STYLES / sheet).read_text("utf-8") + rules, "utf-8")
    shutil.copy(next(iter(packaged_files("JetBrains Mono").values())), folder / "styles" / "own font.ttf")
    Image.new("RGB", (3, 3), "red").save(folder / "pictures" / "Paper 1.png")
    return folder


@pytest.mark.canary
def test_files_of_a_sheet_are_in_every_format(tmp_path: Path) -> None:
    book, output, report = write_book(tmp_path / "book", "book.css", RULES), tmp_path / "dist", Report(strict=True)
    build(book, output, FORMATS, report, Timings())
    assert [found.message for found in report] == []
    edition = prepare(book, report, Timings())
    assert edition is not None
    check_outputs(edition, output, report)
    assert [found.message for found in report] == []
    names = ("fonts/styles-own-font.ttf", "images/pictures-paper-1.png")
    style = (output / "site" / "style.css").read_text("utf-8")
    for name in names:
        assert f'url("{name}")' in style
        assert (output / "site" / name).is_file()
    with ZipFile(output / "ink.epub") as archive:
        style = archive.read("EPUB/style.css").decode()
        assert all(f'url("{name}")' in style and f"EPUB/{name}" in archive.namelist() for name in names)
        package = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".opf"))
        assert 'media-type="font/ttf"' in package
    single = (output / "ink.html").read_text("utf-8")
    assert single.count('url("data:font/ttf;base64,AAE') == single.count('url("data:image/png;base64,iVBO') == 1
    assert "octavo:/" not in single
    with pikepdf.open(output / "ink.pdf") as pdf:
        resources = [page.Resources for page in pdf.pages]
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        fonts = " ".join(str(font.BaseFont) for each in resources for font in each.get("/Font", {}).values())
        assert "Own" in fonts
        assert [str(each.get("/Subtype")) for each in streams].count("/Image") == 1


def test_a_format_gets_only_the_files_of_its_own_sheet(tmp_path: Path) -> None:
    book, output = write_book(tmp_path / "book", "site.css", RULES), tmp_path / "dist"
    build(book, output, ("html", "epub"), Report(), Timings())
    with ZipFile(output / "ink.epub") as archive:
        assert [name for name in archive.namelist() if "styles-" in name or "pictures-" in name] == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("p { background: url(none.png) }", ("image-not-found", 17)),
        ('p { background: url("http://example.org/a.png") }', ("image-remote", 17)),
        ("p { background: url(../../a.png) }", ("file-outside-book", 17)),
        ("@font-face { font-family: A; src: url(none.ttf) }", ("file-missing", 35)),
        ("p { background: url(site.css) }", ("image-unusable", 17)),
        ('@import "other.css";', ("style-broken", 1)),
        ("@import url(other.css);", ("style-broken", 1)),
    ],
)
def test_what_cannot_be_used_is_told_at_its_place(rule: str, said: tuple[str, int], tmp_path: Path) -> None:
    book, report = write_book(tmp_path / "book", "site.css", rule), Report()
    build(book, tmp_path / "dist", ("html",), report, Timings())
    line = len((STYLES / "site.css").read_text("utf-8").splitlines()) + 1
    found = [(str(each.rule), each.position) for each in report]
    assert [(name, str(place)) for name, place in found] == [(said[0], f"styles/site.css:{line}:{said[1]}")]


def test_addresses_are_found_where_css_finds_them() -> None:
    sheet = '@namespace n url("http://example.org/n");'
    sheet += "a { b: URL( 'x y.png' ) }\r\n\f/* url(c.png) */ d { e: image-set(url(f.png) 1x) url(#g) 'url(h.png)' }\n"
    seen: list[tuple[str, str]] = []

    def find(address: str, position: object) -> str | None:
        seen.append((address, str(position)))
        return None if address == "f.png" else f"styles/{address}"

    text = with_book_addresses(sheet, "styles/a.css", find)
    assert seen == [("x y.png", "styles/a.css:1:49"), ("f.png", "styles/a.css:3:35")]
    assert files_of(text) == ["styles/x y.png"]
    made = with_addresses(text, {"styles/x y.png": "i.png"}).partition(";")[2]
    assert re.sub(r"\s+", " ", made) == (
        """a { b: url("i.png") } /* url(c.png) */ d { e: image-set(url("data:,") 1x) url(#g) 'url(h.png)' } """
    )

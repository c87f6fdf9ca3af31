"""Pictures in the PDF: with as many pixels as print wants, and drawings as drawings."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image

from octavo.diagnostics import Position, Report, Rule
from octavo.recipe import FORMATS, Timings, build

BOOK = '[book]\ntitle = "T"\nlanguage = "en"\ndate = 2026-11-23\n[pdf]\n{pdf}\n'
MEASURE = 357 / 72  # inches
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><path d="M0 0H90V90z" fill="#123456"/></svg>'


def made(folder: Path, text: str, pdf: str = "", mode: str = "RGB", name: str = "large.png") -> tuple[Path, Report]:
    """Build a book with a picture of 3000 by 1500 pixels, and return the folder of its outputs."""
    source = folder / "source"
    source.mkdir()
    Image.new(mode, (3000, 1500), 1 if mode == "P" else None).save(source / name)
    (source / "drawing.svg").write_text(DRAWING, "utf-8")
    (source / "octavo.toml").write_text(BOOK.format(pdf=pdf), "utf-8")
    (source / "1.md").write_text(text, "utf-8")
    report = Report()
    build(source, folder / "dist", FORMATS, report, Timings())
    assert not report.failed
    return folder / "dist", report


def pictures(path: Path) -> list[tuple[int, int]]:
    """Return the pixels of each picture in a PDF, without masks."""
    with pikepdf.open(path) as document:
        masks = {
            item.SMask.objgen for item in document.objects if isinstance(item, pikepdf.Stream) and "/SMask" in item
        }
        return [
            (int(item.Width), int(item.Height))
            for item in document.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image" and item.objgen not in masks
        ]


@pytest.mark.parametrize(("pdf", "resolution"), [("", 300), ("image_resolution = 150", 150)])
@pytest.mark.parametrize(("mode", "name"), [("RGB", "a.png"), ("RGBA", "a.png"), ("P", "a.png"), ("L", "a.jpg")])
def test_a_large_picture_is_scaled_to_what_is_printed(
    tmp_path: Path, pdf: str, resolution: int, mode: str, name: str
) -> None:
    folder, report = made(tmp_path, f"# One\n\n![Grey]({name}){{width=50%}}\n", pdf, mode, name)
    ((width, height),) = pictures(folder / "source.pdf")
    assert width == pytest.approx(MEASURE / 2 * resolution, abs=2)
    assert height == pytest.approx(width / 2, abs=1)
    assert not list(report)


@pytest.mark.canary
def test_a_photograph_is_scaled_well(tmp_path: Path) -> None:
    folder, _ = made(tmp_path, "# One\n\n![Grey](a.jpg){width=50%}\n", mode="L", name="a.jpg")
    with pikepdf.open(folder / "source.pdf") as document:
        (data,) = (item.read_raw_bytes() for item in document.objects if is_photograph(item))
    with Image.open(BytesIO(data)) as image:
        assert image.mode == "L"
        coarsest = max(image.quantization[0])  # type: ignore[attr-defined]  # known for JPEG alone
    usual = BytesIO()
    Image.new("L", (9, 9)).save(usual, "JPEG", quality=90)
    assert coarsest == max(Image.open(usual).quantization[0])  # type: ignore[attr-defined]


def is_photograph(item: object) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Filter") == "/DCTDecode"


def test_the_largest_printing_of_a_picture_counts(tmp_path: Path) -> None:
    folder, _ = made(tmp_path, "# One\n\n![Grey](large.png){width=10%}\n\n![Grey](large.png){width=50%}\n")
    ((width, _),) = pictures(folder / "source.pdf")
    assert width == pytest.approx(MEASURE / 2 * 300, abs=2)


def test_the_site_has_the_file_as_it_is_and_the_epub_one_that_shops_take(tmp_path: Path) -> None:
    folder, _ = made(tmp_path, "# One\n\n![Grey](large.png)\n")
    data = (tmp_path / "source" / "large.png").read_bytes()
    (on_site,) = (folder / "site" / "images").iterdir()
    assert on_site.read_bytes() == data
    with ZipFile(folder / "source.epub") as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("large.png"))
        scaled = Image.open(BytesIO(archive.read(name)))
    assert scaled.width * scaled.height <= 4_000_000
    whole = Image.open(BytesIO(data))
    assert scaled.width / scaled.height == pytest.approx(whole.width / whole.height, rel=0.01)


def test_drawings_stay_drawings(tmp_path: Path) -> None:
    folder, report = made(tmp_path, "# One\n\n![A triangle](drawing.svg)\n")
    assert pictures(folder / "source.pdf") == []
    with pikepdf.open(folder / "source.pdf") as document:
        colours = [
            tuple(round(float(number), 2) for number in operation.operands)
            for page in document.pages
            for operation in pikepdf.parse_content_stream(page)
            if str(operation.operator) in ("rg", "scn") and len(operation.operands) == 3
        ]
    assert (0.07, 0.2, 0.34) in colours
    assert not list(report)


def test_a_coarse_picture_is_told_where_it_is_largest(tmp_path: Path) -> None:
    text = "# One\n\n![Grey](large.png){width=10%}\n\nText with ![grey](large.png){width=100%} in it.\n"
    _, report = made(tmp_path, text, "image_resolution = 2400")
    (found,) = report
    assert found.rule is Rule.IMAGE_COARSE
    assert found.position == Position("1.md", 5, 11)
    assert found.message == "“large.png” is printed with 605 pixels an inch; 2400 are asked for"


@pytest.mark.parametrize("value", ["0", "3000", '"300"'])
def test_a_resolution_that_is_none_is_told(tmp_path: Path, value: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "octavo.toml").write_text(BOOK.format(pdf=f"image_resolution = {value}"), "utf-8")
    (source / "1.md").write_text("# One\n", "utf-8")
    report = Report()
    build(source, tmp_path / "dist", ("pdf",), report, Timings())
    assert [(found.rule, found.position) for found in report] == [
        (Rule.CONFIGURATION_VALUE, Position("octavo.toml", 6, 20))
    ]

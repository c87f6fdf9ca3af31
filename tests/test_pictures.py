"""Pages as pictures, held against those that somebody has looked at.

The tolerance lets another version of a font's outlines or of the rasteriser pass, and no line that stands elsewhere.
`pytest --update-golden` draws them anew: look at them before you commit them.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from golden import Books
from PIL import Image, ImageChops, ImageStat

from octavo.engine import missing
from octavo.mathematics import LIBRARIES

PICTURES = Path(__file__).parent / "pictures"
PAGES = {
    "article": (1, 2, 3, 5, 7, 8),
    "english": (8, 9),
    "showcase-en": (7, 18),
    "showcase-zh": (9, 11, 12, 15),
}
SCALE = 50 / 72  # 50 pixels an inch
CELL = 6  # pixels
MOST = 48  # of 255: the difference between two cells
MEAN = 2.0


@pytest.mark.canary
@pytest.mark.parametrize("name", PAGES)
def test_pages_look_as_they_did(name: str, books: Books, tmp_path: Path, update_golden: bool) -> None:
    if name.startswith("showcase") and missing(LIBRARIES):
        pytest.skip("what sets formulas was not fetched when this checkout was set up")
    (path,) = books(name).output.glob("*.pdf")
    with pypdfium2.PdfDocument(path) as document:
        made = {page: document[page - 1].render(scale=SCALE, grayscale=True).to_pil() for page in PAGES[name]}
    if update_golden:
        for page, picture in made.items():
            picture.save(PICTURES / f"{name}-{page:02}.png", optimize=True)
    for page, picture in made.items():
        picture.save(tmp_path / f"{name}-{page:02}.png")
    golden = {page: Image.open(PICTURES / f"{name}-{page:02}.png").convert("L") for page in made}
    found = {page: difference(picture, golden[page]) for page, picture in made.items()}
    assert not {page: words for page, words in found.items() if words}, f"look at the pictures in {tmp_path}"


def difference(made: Image.Image, golden: Image.Image) -> str:
    """Return in words how two pictures differ by more than is tolerated."""
    if made.size != golden.size:
        return f"the size is {made.size} and was {golden.size}"
    cells = (made.width // CELL, made.height // CELL)
    changed = ImageChops.difference(
        made.resize(cells, Image.Resampling.BOX), golden.resize(cells, Image.Resampling.BOX)
    )
    statistics = ImageStat.Stat(changed)
    most, mean = statistics.extrema[0][1], statistics.mean[0]
    return f"cells differ by up to {most}, {mean:.1f} in the mean" if most > MOST or mean > MEAN else ""


@pytest.mark.parametrize("moved", [(0, 5), (6, 0)])
def test_text_that_moves_is_seen(moved: tuple[int, int]) -> None:
    page = Image.open(PICTURES / "article-07.png").convert("L")
    assert difference(page, page) == ""
    assert difference(ImageChops.offset(page, *moved), page)


def test_a_word_that_is_missing_is_seen() -> None:
    page = Image.open(PICTURES / "article-07.png").convert("L")
    spoiled = page.copy()
    box = page.point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    spoiled.paste(255, (box[0], box[1], box[0] + 60, box[1] + 12))
    assert difference(spoiled, page)

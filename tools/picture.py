"""The picture of the README: pages of the books that ship, side by side on a sheet.

In: dist/, as `make all guide` leaves it. Out: `.github/pages.png`, whose pages are those that a reader gets.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from outputs import ROOT, shipped
from PIL import Image, ImageDraw

PICTURE = ROOT / ".github" / "pages.png"
# Of each book, the pages that show what it can do, counted from one.
PAGES = {"article": (1, 5, 20), "guide": (14,)}
_WIDTH = 380  # of a page, in pixels
_GAP = 26
_SHEET, _SHADE = (232, 229, 223), (196, 191, 182)
_COLOURS = 96  # enough for type on paper; the file is half as large


def main() -> None:
    """Draw the picture; exit with a sentence where a book is not built."""
    books = dict(zip(PAGES, shipped(), strict=True))
    if missing := [book.pdf for book in books.values() if not book.pdf.is_file()]:
        raise SystemExit(f"picture: {missing[0].relative_to(ROOT)} is not there: run make all guide")
    pages = [page for name, book in books.items() for page in rendered(book.pdf, PAGES[name])]
    sheet(pages).quantize(_COLOURS).save(PICTURE, optimize=True)


def rendered(path: Path, numbers: tuple[int, ...]) -> Iterator[Image.Image]:
    """Yield pages of a PDF as pictures of one width."""
    with pypdfium2.PdfDocument(path) as document:
        for number in numbers:
            page = document[number - 1]
            yield page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")


def sheet(pages: list[Image.Image]) -> Image.Image:
    """Lay pages side by side, each with a shade below it."""
    height = max(page.height for page in pages)
    ground = Image.new("RGB", (len(pages) * (_WIDTH + _GAP) + _GAP, height + 2 * _GAP), _SHEET)
    pen = ImageDraw.Draw(ground)
    for index, page in enumerate(pages):
        left = _GAP + index * (_WIDTH + _GAP)
        pen.rectangle((left + 3, _GAP + 4, left + page.width + 3, _GAP + page.height + 4), fill=_SHADE)
        ground.paste(page, (left, _GAP))
    return ground


if __name__ == "__main__":
    main()

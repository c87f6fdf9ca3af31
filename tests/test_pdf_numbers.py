"""The numbers of pages that contents print are filled in when parts are linked, where nothing else would change."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from octavo.diagnostics import Report
from octavo.pdf.book import write_pdf
from octavo.pdf.parts import pool
from octavo.recipe import Timings, prepare
from octavo.store import VARIABLE

pytestmark = pytest.mark.canary  # of the patch by which numbers are marked

BOOK = '[book]\ntitle = "A book"\nlanguage = "{}"\ndate = 2025-01-01\nkind = "book"\n'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text x="2" y="15">12 words</text></svg>'
# Digits of other widths, which move one another; and numbers that are no digits.
UNEVEN = 'nav.contents a::after { font-family: "Source Serif 4"; font-feature-settings: "pnum"; }'
ROMAN = "nav.contents a::after { content: target-counter(attr(href), page, upper-roman); }"


class Bench:
    """Build a book again and again, and count the parts that are laid out."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._compiled: list[str] = []
        (folder / "book" / "styles").mkdir(parents=True)
        noted = self._compiled

        class Counting(pool.Here):
            """Note what is done here."""

            def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]
                noted.append(function.args[0].__name__)  # of what is called alone
                return super().submit(function, *arguments, **named)

        monkeypatch.setattr("octavo.pdf.parts.pool.Here", Counting)

    def write(self, first: int, sheet: str = "", language: str = "en") -> None:
        """Write the book, whose first chapter has so many paragraphs."""
        book = self._folder / "book"
        (book / "octavo.toml").write_text(BOOK.format(language))
        (book / "styles" / "extra.css").write_text(f"@media print {{ {sheet} }}\n")
        (book / "words.svg").write_text(DRAWING)
        paragraphs = "\n\n".join(f"Paragraph {number}." for number in range(first))
        (book / "01.md").write_text(f"# One\n\n{paragraphs}\n")
        (book / "02.md").write_text("# Two {#two}\n\n![Twelve words](words.svg)\n\nText on [@three]{.page}.\n")
        (book / "03.md").write_text("# Three {#three}\n\n::: {.list-of-figures}\n:::\n")

    def build(self, place: str = "kept") -> tuple[list[int], int]:
        """Build it; return the numbers in its contents, and how many parts were laid out."""
        del self._compiled[:]
        self._monkeypatch.setenv(VARIABLE, str(self._folder / place) if place != "off" else place)
        edition = prepare(self._folder / "book", Report(), Timings())
        assert edition is not None
        path = self._folder / f"{place}.pdf"
        write_pdf(edition, path)
        with pypdfium2.PdfDocument(path) as pdf:
            texts = [page.get_textpage().get_text_bounded() for page in pdf]
        (contents,) = (text for text in texts if re.search(r"One.*Two.*Three", text, re.DOTALL))
        numbers = [int(found) for found in re.findall(r"(?:One|Two|Three)\D*(\d+)", contents)]
        return numbers, self._compiled.count("compile_part")

    def is_as_cold(self) -> bool:
        """Tell whether the last build is, byte for byte, the one of somebody who has built nothing before."""
        self.build("off")
        return (self._folder / "kept.pdf").read_bytes() == (self._folder / "off.pdf").read_bytes()


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(tmp_path, monkeypatch)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_contents_are_not_laid_out_again_for_other_numbers(bench: Bench, language: str) -> None:
    bench.write(10, language=language)
    assert bench.build() == ([1, 2, 3], 7)  # two chapters twice, for they print the pages of others
    bench.write(150, language=language)
    numbers, compiled = bench.build()
    assert 3 < numbers[1] < 9
    assert numbers[1] + 1 == numbers[2]
    assert compiled == 2  # the first chapter; and the second, whose link says the number too
    assert bench.is_as_cold()


def test_a_number_with_more_digits_is_laid_out(bench: Bench) -> None:
    bench.write(150)
    bench.build()
    bench.write(600)
    numbers, compiled = bench.build()
    assert numbers[1] > 9
    assert compiled == 4  # all but the front
    assert bench.is_as_cold()


@pytest.mark.parametrize("sheet", [UNEVEN, ROMAN], ids=["uneven digits", "no digits"])
def test_other_numbers_are_laid_out(bench: Bench, sheet: str) -> None:
    bench.write(10, sheet)
    bench.build()
    bench.write(150, sheet)
    assert bench.build()[1] == 3

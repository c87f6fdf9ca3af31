"""Formulas that are wider than the text of the PDF: broken into lines where that reads well, printed smaller else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_formulas import needs_libraries, write
from test_rules import built

from octavo.diagnostics import Rule
from octavo.document import Shape, Written
from octavo.mathematics import cache, formula_setter, setter
from octavo.pdf import book as in_one_piece
from octavo.pdf.page import points
from octavo.pdf.parts import compile as compiling
from octavo.store import Store

SUM = " + ".join(f"a_{{{number}}}" for number in range(40))
ROOM = 30.0
LEADING = 1.2  # em: what two lines have at least more than one

needs_no_lines = pytest.mark.parametrize(
    "tex",
    [
        rf"\frac{{{SUM}}}{{2}}",
        rf"\sqrt{{{SUM}}} = 0",
        rf"\begin{{pmatrix}} {' & '.join(f'a_{{{number}}} + 1' for number in range(16))} \end{{pmatrix}}",
        rf"x^{{{SUM} + {SUM}}}",
        rf"\boxed{{{SUM}}}",
        "abcdefghijklmnopqrstuvwxyz" * 3,
        rf"\text{{{'说明' * 40}}} = x",
    ],
)


def shape_in(tex: str, room: float | None) -> Shape:
    results = formula_setter()([Written(tex=tex, display=True, room=room)], "en")
    assert results is not None
    assert isinstance(results[0], Shape)
    return results[0]


def height(shape: Shape) -> float:
    return shape.box[3] / 1000


@needs_libraries
@pytest.mark.parametrize(
    "tex",
    [
        SUM,
        rf"\left( {SUM} \right)^2 = 0",
        rf"\begin{{aligned}} a &= {SUM} \\ &= c \end{{aligned}}",
        rf"\begin{{gathered}} {SUM} \\ c = d \end{{gathered}}",
        rf"\begin{{array}}{{rcl}} a &=& {SUM} \\ c &=& d \end{{array}}",
        rf"x = \begin{{cases}} 1 & \text{{{'if it is so, ' * 12}}} \\ 0 & \text{{else}} \end{{cases}}",
        r"\ce{C6H12O6 + 6 O2 -> 6 CO2 + 6 H2O + energy + A + B + C + D + E + F + G}",
        rf"f(x) = {SUM} + \text{{其余各项之和}}",
    ],
)
def test_a_formula_is_broken_into_lines_in_its_room(tex: str) -> None:
    whole, broken = shape_in(tex, None), shape_in(tex, ROOM)
    assert broken.width <= ROOM < whole.width
    assert height(broken) > height(whole) + LEADING - 1
    assert (broken.mathml, broken.spoken) == (whole.mathml, whole.spoken)


@needs_libraries
def test_the_lines_are_around_the_middle_of_one_line() -> None:
    broken = shape_in(SUM, ROOM)
    assert height(broken) > 4 * LEADING - 1
    assert broken.below == pytest.approx(height(broken) / 2 - 0.25, abs=0.001)


@needs_libraries
@needs_no_lines
def test_what_would_read_as_another_formula_is_not_broken(tex: str) -> None:
    assert shape_in(tex, ROOM) == shape_in(tex, None)


@needs_libraries
def test_a_formula_that_has_room_is_on_one_line() -> None:
    assert shape_in("a + b", ROOM) == shape_in("a + b", None)


@needs_libraries
def test_no_formula_depends_on_those_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a matrix again after a formula that was broken, which left its width behind in MathJax."""
    matrix = rf"\begin{{pmatrix}} {' & '.join(f'b_{{{number}}} + 1' for number in range(16))} \end{{pmatrix}}"
    monkeypatch.setattr(cache, "store", lambda: Store(tmp_path / "before", "formulas"))
    before = shape_in(matrix, None)
    shape_in(SUM, ROOM)
    monkeypatch.setattr(cache, "store", lambda: Store(tmp_path / "after", "formulas"))
    assert shape_in(matrix, None) == before


@needs_libraries
def test_what_is_kept_is_kept_for_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "store", lambda: Store(tmp_path / "formulas", "formulas"))
    kept = [shape_in(SUM, room) for room in (None, ROOM, 20.0)]
    assert len({shape.drawing for shape in kept}) == len(kept)
    monkeypatch.setattr(setter, "_made", lambda formulas, voice: pytest.fail("it was set again"))
    assert [shape_in(SUM, room) for room in (None, ROOM, 20.0)] == kept


# In a book


@needs_libraries
@pytest.mark.parametrize("page", ["a5", "book", "report"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_lines_are_as_long_as_there_is_room_around(tmp_path: Path, language: str, page: str) -> None:
    formula = f"$$ {SUM} $$"
    text = f"""
{formula}

{formula} {{#eq-a}}

- An item

  {formula}

  1. An item

     {formula} {{#eq-b}}

> A quotation
>
> {formula}

Term
: Definition

  {formula}

::: note
{formula}
:::

A note.[^n]

[^n]: The note

    {formula}

::: theorem
{formula}
:::
"""
    folder = write(tmp_path, text, language=language, configuration=f'[pdf]\npage = "{page}"\n')
    assert not list(built(folder, tmp_path / "dist", "pdf"))


@needs_libraries
def test_sheets_of_the_book_say_how_much_room_there_is(tmp_path: Path) -> None:
    narrow = write(tmp_path, f"$$ {SUM} $$", configuration='[theme]\nouter = "180pt"\n')
    assert not list(built(narrow, tmp_path / "dist", "pdf"))
    unknown = write(tmp_path, f"$$ {SUM} $$", configuration='[theme]\nouter = "calc(40pt + 20pt)"\n')
    (said,) = built(unknown, tmp_path / "dist", "pdf")
    assert said.rule is Rule.LAYOUT_WARNING and "of its size" in said.message


@needs_libraries
def test_a_formula_is_on_one_page_with_its_label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    for way in (compiling, in_one_piece):
        monkeypatch.setattr(way, "report_wide_formulas", lambda pages, document, report: seen.extend(pages))
    chapters = ["Text.\n\n" * lines + f"$$ {SUM} $$ {{#eq-{lines}}}" for lines in range(14, 26)]
    assert not list(built(write(tmp_path, *chapters), tmp_path / "dist", "pdf"))
    held = [[kind for box in _boxes(page._page_box) for kind in _kinds(box)] for page in seen]
    assert [kinds.count("formula") for kinds in held] == [kinds.count("label") for kinds in held]
    assert sum(kinds.count("formula") for kinds in held) == len(chapters)


def _boxes(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _kinds(box: Any) -> Iterator[str]:
    if box.element is not None and box.element.tag == "img":
        yield "formula"
    if (
        box.element is not None
        and box.element.tag == "div"
        and box.element.get("class") == "label"
        and "Cell" in type(box).__name__
    ):
        yield "label"


def test_only_lengths_of_paper_are_known() -> None:
    assert points("25.4mm") == pytest.approx(72)
    assert points("12pt") == 12.0
    assert points("calc(1pt + 1pt)") is None

"""Formulas: read with their places, with macros that hold for the book, set once, spoken, and reported where wrong."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from test_rules import built

from octavo.diagnostics import Position, Report, Rule
from octavo.document import Equation, Formula, Image, Macro, Shape, Written, walk
from octavo.engine import missing
from octavo.mathematics import LIBRARIES, Wrong, cache, formula_setter, plain_tag, prepared, setter
from octavo.mathematics.chinese import spoken_chinese
from octavo.mathematics.source import numbered_lines
from octavo.mathematics.speech import speech_of
from octavo.normalise.macros import stated_macro, take_definitions, used_macros
from octavo.parse import parse_chapter
from octavo.recipe import Timings, prepare
from octavo.render import formulas
from octavo.store import Store

needs_libraries = pytest.mark.skipif(
    bool(missing(LIBRARIES)), reason="what sets formulas was not fetched when this checkout was set up"
)
BOOK = '[book]\ntitle = "A book"\nlanguage = "{language}"\ndate = 2025-01-01\n'


def write(folder: Path, *chapters: str, language: str = "en", configuration: str = "") -> Path:
    (folder / "octavo.toml").write_text(BOOK.format(language=language) + configuration, "utf-8")
    for number, text in enumerate(chapters, 1):
        (folder / f"{number}.md").write_text(f"# Chapter {number}\n\n{text}\n", "utf-8")
    return folder


def shapes(folder: Path) -> tuple[list[Shape | None], Report]:
    """Return the shapes of all formulas of a book, and what is said of it."""
    report = Report()
    edition = prepare(folder, report, Timings())
    if edition is None:
        return [], report
    return [node.shape for node in walk(edition.document, Formula, Equation)], report


def set_one(tex: str, *macros: Macro, display: bool = False, language: str = "en") -> Shape | Wrong:
    results = formula_setter()([Written(tex=tex, display=display, macros=macros)], language)
    assert results is not None
    return results[0]


def shape_of(tex: str, *macros: Macro, display: bool = False, language: str = "en") -> Shape:
    shape = set_one(tex, *macros, display=display, language=language)
    assert isinstance(shape, Shape), shape
    return shape


# The places of TeX


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a $x$ $$ y $$", ["1:4", "1:10"]),
        ("a $x +\ny$", ["1:4", "2:1"]),
        ("> - $$\n>   a\n>     b\n>   $$", ["2:5", "3:7"]),
        ("$$ a\n b $$", ["1:4", "2:2"]),
        ("| a |\n|---|\n| $b \\| c$ |", ["3:4"]),
    ],
)
def test_each_line_of_a_formula_has_its_place(text: str, places: list[str]) -> None:
    chapter = parse_chapter(text, "a.md", Report()).chapter
    found = [f"{line.line}:{line.column}" for node in walk(chapter, Formula, Equation) for line in node.lines]
    assert found == places


# Macros


@pytest.mark.parametrize(
    ("tex", "macro"),
    [
        (r"\newcommand{\R}{\mathbb{R}}", Macro(name="R", body=r"\mathbb{R}")),
        (r"\renewcommand\R{x{y}z}", Macro(name="R", body="x{y}z")),
        (r"\newcommand*{\norm}[2][p]{\|#2\|_{#1}}", Macro(name="norm", body=r"\|#2\|_{#1}", count=2, first="p")),
        (r"\def\pair#1#2{(#1,#2)}", Macro(name="pair", body="(#1,#2)", count=2)),
        (r"\DeclareMathOperator*{\argmin}{arg\,min}", Macro(name="argmin", body=r"\operatorname*{arg\,min}")),
        (r"\providecommand{\brace}{\{}", Macro(name="brace", body=r"\{")),
    ],
)
def test_a_definition_is_taken_out_of_a_formula(tex: str, macro: Macro) -> None:
    defined = take_definitions(f"a {tex} b")
    assert defined.macros == (macro,)
    assert (len(defined.tex), defined.tex.split()) == (len(tex) + 4, ["a", "b"])


@pytest.mark.parametrize("tex", [r"\newcommand{\R", r"\newcommand{\R}{a{b}", r"\newcommand{\R}[1]", r"\newcommand"])
def test_a_definition_that_is_cut_off_stays(tex: str) -> None:
    assert take_definitions(tex).macros == ()


def test_only_what_a_formula_needs_goes_along() -> None:
    macros = {name: stated_macro(name, body) for name, body in {"a": r"\b", "b": r"\a x", "c": "y"}.items()}
    assert [macro.name for macro in used_macros(r"\a + \sin", macros)] == ["a", "b"]
    assert stated_macro("\\norm", "|#1|_{#2}") == Macro(name="norm", body="|#1|_{#2}", count=2)


@needs_libraries
def test_a_macro_holds_from_where_it_is_defined_to_the_end_of_the_book(tmp_path: Path) -> None:
    first = r"$\newcommand{\R}{\mathbb{R}}$$\R$[^n]" + "\n\n[^n]: A note, $\\R^2$."
    folder = write(tmp_path, first, r"$\R^3$ $\renewcommand{\R}{r}\R$", configuration="[math.macros]\nC = 'c_{#1}'\n")
    found, report = shapes(folder)
    assert not list(report)
    assert [shape.mathml.count("ℝ") if shape else None for shape in found] == [0, 1, 1, 1, 0]
    (tmp_path / "1.md").write_text("# Chapter\n\n" + r"$\R$ $\C{2}$" + "\n", "utf-8")
    assert [str(found.position) for found in shapes(folder)[1]] == ["1.md:3:2", "2.md:3:2"]


@needs_libraries
def test_an_argument_may_be_left_out_in_both_forms() -> None:
    norm = Macro(name="norm", body=r"\lVert #2\rVert_{#1}", count=2, first="p")
    left_out, given = shape_of(r"\norm{x}", norm), shape_of(r"\norm[q]{x}", norm)
    assert "<mi>p</mi>" in left_out.mathml and "<mi>q</mi>" in given.mathml
    assert left_out.drawing != given.drawing


# What is set


def test_numbers_and_pages_are_not_the_business_of_a_formula() -> None:
    assert prepared(r"\begin{align*} a &= b \label{x} \nonumber \end{align*}").tex == (
        r"\begin{aligned} a &= b   \end{aligned}"
    )
    assert prepared(r"\begin{equation}x\tag{3}\end{equation}").tex == "x"
    assert prepared(r"a \tag{1} \\ b \tag*{2}").tex == r"a \qquad\text{(1)} \\ b \qquad\text{2}"
    source = prepared(r"\begin{align}\foo\end{align}")
    assert source.offset(source.tex.index(r"\foo")) == len(r"\begin{align}")


@pytest.mark.parametrize(
    ("tex", "tag"), [(r"x\tag{*}", "(*)"), (r"x\tag*{A 1}", "A 1"), ("x", None), (r"x\tag{$\ast$}", None)]
)
def test_a_tag_that_is_plain_text_is_a_label(tex: str, tag: str | None) -> None:
    assert plain_tag(tex) == tag


@pytest.mark.parametrize(
    ("tex", "count"),
    [
        (r"a \notag", 0),
        (r"\begin{align} a \notag \\ b \\ c \\ \end{align}", 2),
        (r"\begin{align*} a \notag \\ b \end{align*}", 0),
        (r"\begin{aligned} a \notag \\ b \end{aligned}", 0),
        (r"\begin{gather} \begin{cases} a \\ \begin{matrix} b \\ c \end{matrix} \end{cases} \nonumber \end{gather}", 0),
        (r"\begin{eqnarray} a &=& b \\ c &=& d \nonumber \end{eqnarray} ", 1),
        (r"\begin{align} a \notag", 0),
    ],
)
def test_the_lines_that_would_be_numbered_elsewhere(tex: str, count: int) -> None:
    assert numbered_lines(tex) == count


@needs_libraries
@pytest.mark.parametrize(
    "tex",
    [
        r"\mathbb{R}\mathfrak{g}\mathscr{F}\mathcal{L}\mathsf{a}\mathtt{b}\bm{x}\boldsymbol{\alpha}",
        r"\begin{array}{c|c}1&2\\\hline 3&4\end{array}",
        r"\begin{cases}1&\text{如果 }x>0\\0&\text{否则}\end{cases}",
        r"\begin{gather}a\\b\end{gather}",
        r"\ce{H2O -> H+ + OH-}",
        r"\cancel{x}\,\overbrace{a+b}^n\,\xrightarrow{f}\,\underset{x}{\operatorname{argmax}}",
        r"\begin{eqnarray}a&=&b\\c&=&d\end{eqnarray}",
        r"\mbox{if } x\in\argmin_y f",
        "a < b & c".replace("&", r"\&"),
    ],
)
def test_a_formula_has_all_its_shapes(tex: str) -> None:
    shape = shape_of(prepared(tex).tex, display=True)
    assert shape.mathml.startswith("<math ") and shape.drawing.startswith("<g ")
    assert shape.width > 0 and shape.spoken
    assert "\\" not in shape.mathml + shape.drawing and "merror" not in shape.mathml


@needs_libraries
def test_a_small_formula_takes_no_more_room_than_its_signs() -> None:
    letter, space, both = (shape_of(tex).box for tex in ("a", r"\,", r"a\,a"))
    assert letter[2] == pytest.approx(529, abs=30)
    assert letter[3] < 500
    assert space[2] == pytest.approx(1000 / 6, abs=1)
    assert 2 * letter[2] + space[2] == pytest.approx(both[2], abs=1)


def test_the_languages_that_formulas_are_spoken_in() -> None:
    words = {
        language: shape_of(r"\frac{1}{x}", language=language).spoken for language in ("en", "de", "fr", "zh-CN", "ja")
    }
    assert words == {
        "en": "1 over x",
        "de": "1 geteilt durch x",
        "fr": "1 sur x",
        "zh-CN": "x 分之 1",
        "ja": "1 over x",
    }
    assert speech_of("zh-TW") == "zh"


@pytest.mark.parametrize(
    ("mathml", "words"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x 平方"),
        ("<msup><mi>x</mi><mi>n</mi></msup>", "x 的 n 次方"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "根号 x 加 1 根号结束"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "3 次根号 x"),
        ("<munderover><mo>∑</mo><mi>a</mi><mi>b</mi></munderover>", "从 a 到 b 求和"),
        ("<mo>−</mo><mi>α</mi><mo>=</mo><mi>𝐱</mi>", "负 阿尔法 等于 粗体 x"),
        ("<mi>Γ</mi><mo>|</mo><mi>ℝ</mi>", "大写 伽马 竖线 空心 R"),
        ("<mover><mi>v</mi><mo>→</mo></mover>", "向量 v"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>", "分式 分子 a 加 1 分母 b 分式结束"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1 行 2 列 第 1 行 1 逗号 2 表结束"),
    ],
)  # fmt: skip
def test_what_is_said_in_chinese(mathml: str, words: str) -> None:
    assert spoken_chinese(f'<math xmlns="http://www.w3.org/1998/Math/MathML">{mathml}</math>') == words


# What is wrong


@needs_libraries
def test_what_is_wrong_is_reported_at_its_column_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    write(folder, r"Right: $a$." + "\n\nWrong: $\\alpha + \\alhpa$ and $x_1_2$.")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "book.html").write_text("earlier")
    report = built(folder, tmp_path / "dist", "html")
    assert [(found.rule, str(found.position)) for found in report] == [
        (Rule.FORMULA_COMMAND, "1.md:5:18"),
        (Rule.FORMULA_WRONG, "1.md:5:34"),
    ]
    assert next(iter(report)).hint == r"did you mean “\alpha”?"
    assert report.failed
    assert [path.name for path in (tmp_path / "dist").iterdir()] == ["book.html"]
    assert (tmp_path / "dist" / "book.html").read_text() == "earlier"


@needs_libraries
def test_a_formula_wider_than_the_column_is_reported(tmp_path: Path) -> None:
    folder = write(tmp_path, f"$$ {'abc' * 40} $$\n\n$$ b $$")
    report = built(folder, tmp_path / "dist", "pdf")
    (said,) = report
    assert (said.rule, said.position) == (Rule.LAYOUT_WARNING, Position("1.md", 3, 1))
    assert "of its size" in said.message


def test_without_what_sets_them_formulas_are_tex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.engine.libraries._FOLDER", tmp_path / "nowhere")
    folder = write(tmp_path, "That $1 + 1$ is known.\n\n$$ a $$ {#eq-a}\n\nBy @eq-a.")
    report = built(folder, tmp_path / "dist", "html", "pdf", "epub")
    assert [(found.rule, str(found.position)) for found in report] == [(Rule.FORMULA_LEFT_AS_TEX, "1.md:3:6")]
    page = next((tmp_path / "dist" / "site").glob("c*.html"), None) or next(
        (tmp_path / "dist" / "site").glob("1*.html")
    )
    assert '<code class="tex">1 + 1</code>' in page.read_text("utf-8")


# What is kept


@needs_libraries
def test_a_formula_is_set_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "store", lambda: Store(tmp_path / "kept", "formulas"))
    first = shape_of("x + 1")
    monkeypatch.setattr(setter, "_made", lambda formulas, voice: pytest.fail("it was set again"))
    assert shape_of("x + 1") == first


@needs_libraries
@pytest.mark.parametrize("damage", ["cut", "text", "folder"])
def test_a_damaged_cache_costs_only_time(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "store", lambda: Store(tmp_path / "kept", "formulas"))
    first = shape_of("x + 2")
    (file,) = (path for path in (tmp_path / "kept").rglob("*") if path.is_file())
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif damage == "text":
        cache.store().put(file.parent.name + file.name, b"{")
    else:
        monkeypatch.setattr(cache, "store", lambda: Store(file, "formulas"))
    assert shape_of("x + 2") == first


# Where no formula can be shown


@needs_libraries
def test_an_outline_says_a_formula_in_words(tmp_path: Path) -> None:
    folder = write(tmp_path, "## The number $\\pi$\n\nText.\n\n## Two\n\nText.")
    report = built(folder, tmp_path / "dist", "html", "pdf", "epub")
    assert not report.failed
    with pikepdf.open(next((tmp_path / "dist").glob("*.pdf"))) as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for part in outline.root for item in (part, *part.children)]
    assert any("The number pi" in title for title in titles)
    with ZipFile(next((tmp_path / "dist").glob("*.epub"))) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    assert any("<title>The number pi" in page for page in pages)


def test_words_in_a_drawing_name_their_families_as_svg_has_them() -> None:
    """WeasyPrint would look for a family whose name begins with the space behind a comma."""
    drawn = formulas._svg(Shape(drawing="<text >水</text>"), "#000", '"Source Serif 4", "Noto Serif CJK SC", serif')
    assert 'font-family="Source Serif 4,Noto Serif CJK SC,serif"' in drawn


@pytest.mark.canary  # of bookmarks and of strings in margins
def test_a_note_in_a_heading_is_not_in_the_outline(tmp_path: Path) -> None:
    folder = write(tmp_path, "## The end^[Of all.] of it\n\nText.\n\n## Two\n\nText.")
    built(folder, tmp_path / "dist", "pdf")
    with pikepdf.open(next((tmp_path / "dist").glob("*.pdf"))) as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for part in outline.root for item in (part, *part.children)]
    assert any("The end of it" in title for title in titles)


def test_tex_is_no_english(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# 数\n\n若 $\\alpha + \\beta = \\gamma$ 则 $$ \\frac{\\sin x}{\\cos x} $$\n", "utf-8"
    )
    report = Report()
    edition = prepare(tmp_path, report, Timings())
    assert edition is not None and edition.document.metadata.language == "zh-CN"


@needs_libraries
@pytest.mark.parametrize("name", ["multline", "multline*"])
def test_the_lines_of_a_multline_go_from_left_to_right(name: str) -> None:
    tex = prepared(rf"\begin{{{name}}} a + b \\ + c \\ + d \end{{{name}}}").tex
    shape = shape_of(tex, display=True)
    first, middle, last = shape.mathml.split("<mtr>")[1:]
    assert ["tml-left" in row for row in (first, middle, last)] == [True, False, False]
    assert ["tml-right" in row for row in (first, middle, last)] == [False, False, True]
    assert "width" not in shape.mathml  # as wide as its lines
    gathered = shape_of(r"\begin{gathered} a + b \\ + c \\ + d \end{gathered}", display=True)
    assert gathered.box[2] < shape.box[2] < 2 * gathered.box[2]
    assert shape.spoken


# What a picture is called


@needs_libraries
@pytest.mark.parametrize(("language", "words"), [("en", "The root"), ("zh-CN", "根")])
def test_the_description_of_a_picture_holds_no_tex(tmp_path: Path, language: str, words: str) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (tmp_path / "a.svg").write_text(picture, "utf-8")
    text = f"![{words} $\\sqrt{{x}}$](a.svg)\n\nIn a line ![{words} $\\sqrt{{y}}$](a.svg).\n\n"
    text += f'![{words} $\\sqrt{{z}}$](a.svg){{alt="{words} $z$"}}'
    edition = prepare(write(tmp_path, text, language=language), Report(), Timings())
    assert edition is not None
    first, second, third = (image.spoken for image in walk(edition.document, Image))
    for spoken in (first, second):
        assert spoken.startswith(f"{words} ")
        assert len(spoken) > len(words) + 1
        assert "\\" not in spoken
    assert third == f"{words} $z$"  # as its author wants it

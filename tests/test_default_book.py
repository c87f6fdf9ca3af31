"""The default book as it is printed: every figure of its design, in Chinese and in English, on each of its pages."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from letters import Letter, letters_of

from octavo.diagnostics import Report
from octavo.pdf.page import page_tokens
from octavo.recipe import Timings, build
from octavo.render.layers import shipped_layers
from octavo.render.styles import Sheet, Styles

PAGES = ("book", "report", "a5")
LANGUAGES = ("zh-CN", "en")
LINE = {"zh-CN": 18.0, "en": 15.75}
INDENT = {"zh-CN": 21.0, "en": 12.6}

SENTENCE = {
    "zh-CN": "泡茶先烧水，水开之后等一会儿，再冲进壶里，盖上盖子。",
    "en": "The water boils, then rests, then goes over the leaves. ",
}
CONFIGURATION = """[book]
title = "BOOKNAME"
subtitle = "BELOWNAME"
language = "{language}"
date = 2026-11-23
kind = "book"
numbering = "computed"
keywords = ["KEYWORDTEXT"]
abstract = "ABSTRACTTEXT"
[pdf]
page = "{page}"
"""
CHAPTER = """# CHAPTERTEXT

FIRSTTEXT {text}[^1]

SECONDTEXT {text}

- ITEMTEXT

{text}

## SECTIONTEXT

{text}

### SMALLERTEXT

| HEADTEXT | two |
|---|---|
| CELLTEXT | four |

: A caption {{#tbl-one}}

{text}

#### FOURTHTEXT

{text}

```
CODETEXT
two
three
```

{text}

> QUOTETEXT

{text}

::: {{.callout-tip title="LABELTEXT"}}
CALLOUTTEXT
:::

{text}

[^1]: NOTETEXT

# Another chapter

"""


def chapter(language: str) -> str:
    """Return a chapter of a dozen pages; the sentences are many, for a line of text to fall on each line of a page."""
    text = SENTENCE[language] * 4
    return CHAPTER.format(text=text) + f"{text}\n\n- one\n\n{text}\n\n## Again\n\n" * 12


@pytest.fixture(scope="module", params=[(language, page) for language in LANGUAGES for page in PAGES], ids="-".join)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, list[Letter]]:
    """Return a language, the name of a page, and the letters of the default book for them."""
    language, page = request.param
    folder = tmp_path_factory.mktemp("book")
    source = folder / "source"
    source.mkdir()
    (source / "octavo.toml").write_text(CONFIGURATION.format(language=language, page=page), "utf-8")
    (source / "one.md").write_text(chapter(language), "utf-8")
    report = Report()
    build(source, folder, ("pdf",), report, Timings())
    assert not list(report)
    return language, page, letters_of(folder / "source.pdf")


# The table of the design: a text, its size, the family of a Chinese and of an English book, and the weight or style.
FACES = {
    "song": ("Noto-Serif-CJK-SC", "Source-Serif-4"),
    "hei": ("Noto-Sans-CJK-SC", "Source-Sans-3"),
    "kai": ("LXGW-WenKai", "Source-Serif-4"),
    "code": ("JetBrains-Mono", "JetBrains-Mono"),
}
FIGURES = {
    "BOOKNAME": (31, "song", "Bold"),
    "BELOWNAME": (15, "kai", ""),
    "ABSTRACTTEXT": (10.5, "kai", "Italic"),
    "KEYWORDTEXT": (9.5, "song", ""),
    "CHAPTERTEXT": (22, "hei", "Bold"),
    "FIRSTTEXT": (10.5, "song", ""),
    "ITEMTEXT": (10.5, "song", ""),
    "SECTIONTEXT": (15, "hei", "Bold"),
    "SMALLERTEXT": (11.5, "hei", "Bold"),
    "FOURTHTEXT": (10.5, "hei", "Bold"),
    "HEADTEXT": (9, "hei", "Bold"),
    "CELLTEXT": (9, "song", ""),
    "CODETEXT": (8.5, "code", ""),
    "QUOTETEXT": (10.5, "kai", "Italic"),
    "LABELTEXT": (9.5, "hei", "Bold"),
    "CALLOUTTEXT": (9.5, "song", ""),
    "NOTETEXT": (8.5, "song", ""),
}
IN_CONTENTS = {
    "CHAPTERTEXT": (11, "hei", "Bold"),
    "SECTIONTEXT": (10.5, "song", "Bold"),
    "SMALLERTEXT": (9.5, "song", ""),
}
RUNNING = (8, "hei", "")
TITLE_PAGE = 2


def occurrences(letters: list[Letter], text: str) -> list[Letter]:
    """Return the first letter of each place where a text stands."""
    whole = "".join(letter.text for letter in letters)
    return [letters[found.start()] for found in re.finditer(text, whole)]


def looks(letter: Letter) -> tuple[float, str]:
    return round(letter.size, 1), letter.font.rstrip(",")


def wanted(figure: tuple[float, str, str], language: str) -> tuple[float, str]:
    size, face, style = figure
    family = FACES[face][LANGUAGES.index(language)]
    if style == "Italic" and language == "zh-CN":
        style = ""  # Kai is its italic
    return size, f"{family}-{style}" if style else family


def test_every_text_has_its_size_and_face(printed: tuple[str, str, list[Letter]]) -> None:
    language, _, letters = printed
    found = {text: {looks(letter) for letter in occurrences(letters, text)} for text in FIGURES}
    for text, figure in FIGURES.items():
        expected = {wanted(figure, language)}
        if text in IN_CONTENTS:
            expected.add(wanted(IN_CONTENTS[text], language))
        if text in ("BOOKNAME", "SECTIONTEXT"):
            expected.add(wanted(RUNNING, language))
        assert found[text] - expected == set(), text
        assert wanted(figure, language) in found[text], text


def test_the_number_of_a_chapter_stands_above_its_title(printed: tuple[str, str, list[Letter]]) -> None:
    language, _, letters = printed
    number = next(letter for letter in letters if letter.text == "1" and round(letter.size) == 44)
    assert (round(number.size, 1), number.font) == (44, wanted((44, "song", "Bold"), language)[1])
    title = next(letter for letter in occurrences(letters, "CHAPTERTEXT") if round(letter.size) == 22)
    assert title.page == number.page
    assert title.left == pytest.approx(number.left, abs=3)
    assert title.baseline > number.baseline


def geometry(page: str) -> dict[str, float]:
    styles = Styles("zh-CN", {}, shipped_layers("styles"))
    tokens = {
        name: styles.token(name, "tokens", "print", f"page-{page}")
        for name in ("page-width", "page-height", "inner", "outer", "head", "foot")
    }
    return {name: points(value) for name, value in tokens.items()}


def points(length: str) -> float:
    return float(length[:-2]) * {"mm": 72 / 25.4, "pt": 1}[length[-2:]]


@pytest.mark.parametrize(("page", "characters", "lines"), [("book", 34, 31), ("report", 40, 38), ("a5", 29, 26)])
def test_the_measure_is_a_whole_number_of_characters_and_the_page_of_lines(
    page: str, characters: int, lines: int
) -> None:
    size = geometry(page)
    width = size["page-width"] - size["inner"] - size["outer"]
    height = size["page-height"] - size["head"] - size["foot"]
    assert 0 <= width - characters * 10.5 < 0.02
    assert 0 <= height - lines * 18 < 0.03


@pytest.mark.parametrize("size", [("170mm", "240mm"), ("6in", "9in"), ("100mm", "150mm")])
def test_a_page_of_any_size_has_whole_characters_and_lines(size: tuple[str, str]) -> None:
    styles = Styles("zh-CN", {}, shipped_layers("styles"))
    sheet = Sheet(page_tokens(*size))
    inner, outer, head, foot = (points(styles.token(name, sheet)) for name in ("inner", "outer", "head", "foot"))
    width, height = (float(side[:-2]) * {"mm": 72 / 25.4, "in": 72}[side[-2:]] for side in size)
    assert abs((width - inner - outer) % 10.5) < 0.03 or abs((width - inner - outer) % 10.5 - 10.5) < 0.03
    assert abs((height - head - foot) % 18) < 0.03 or abs((height - head - foot) % 18 - 18) < 0.03


def text_lines(letters: list[Letter], language: str) -> dict[int, set[float]]:
    """Return for each page of the text the baselines of its paragraphs, below the upper margin."""
    begin = occurrences(letters, "FIRSTTEXT")[0].page
    body = wanted(FIGURES["FIRSTTEXT"], language)
    found: dict[int, dict[float, int]] = {}
    for letter in letters:
        if letter.page >= begin and looks(letter) == body:
            lines = found.setdefault(letter.page, {})
            lines[round(letter.baseline, 1)] = lines.get(round(letter.baseline, 1), 0) + 1
    # Items of lists stand half a line lower, and are short here.
    return {page: {line for line, count in lines.items() if count > 12} for page, lines in found.items()}


@pytest.mark.canary  # of the grid
def test_the_lines_of_all_pages_stand_beside_each_other(printed: tuple[str, str, list[Letter]]) -> None:
    language, _, letters = printed
    pages = text_lines(letters, language)
    assert len(pages) > 5
    line = LINE[language]
    first = min(min(lines) for lines in pages.values())
    off = {
        (page, baseline): round((baseline - first) % line, 1)
        for page, lines in pages.items()
        for baseline in lines
        if min((baseline - first) % line, line - (baseline - first) % line) > 0.15
    }
    assert off == {}
    steps = {round(below - above, 1) for lines in pages.values() for above, below in pairwise(sorted(lines))}
    assert min(steps) == pytest.approx(line, abs=0.1)


def test_paragraphs_are_indented_and_first_ones_only_in_chinese(printed: tuple[str, str, list[Letter]]) -> None:
    language, page, letters = printed
    size = geometry(page)
    for text, indent in (("FIRSTTEXT", 21 if language == "zh-CN" else 0), ("SECONDTEXT", INDENT[language])):
        letter = occurrences(letters, text)[0]
        margin = size["inner"] if letter.page % 2 else size["outer"]
        assert letter.left - margin == pytest.approx(indent, abs=0.6), text
    item = occurrences(letters, "ITEMTEXT")[0]
    margin = size["inner"] if item.page % 2 else size["outer"]
    assert item.left - margin == pytest.approx(21, abs=0.6)


def test_running_heads_and_folios(printed: tuple[str, str, list[Letter]]) -> None:
    language, page, letters = printed
    size = geometry(page)
    opening = occurrences(letters, "FIRSTTEXT")[0].page
    below = size["page-height"] - size["foot"] + 10
    heads = {letter.page for letter in letters if letter.baseline < size["head"] - 10 and letter.page > TITLE_PAGE}
    last = max(letter.page for letter in letters)
    assert opening not in heads
    assert opening + 1 in heads
    assert len(heads) >= last - opening - 1
    for letter in letters:
        if letter.page > TITLE_PAGE and not size["head"] - 10 < letter.baseline < below:
            assert looks(letter) == wanted(RUNNING, language)
            right = letter.left > size["page-width"] / 2
            assert right == bool(letter.page % 2), "heads and folios stand outside"
    first = next(letter for letter in letters if letter.page == opening and letter.baseline > below)
    assert first.text == "1"


def test_a_line_of_chinese_holds_as_many_characters_as_its_measure(printed: tuple[str, str, list[Letter]]) -> None:
    language, page, letters = printed
    if language != "zh-CN":
        return
    size = geometry(page)
    characters = round((size["page-width"] - size["inner"] - size["outer"]) / 10.5)
    lines: dict[tuple[int, float], int] = {}
    for letter in letters:
        if looks(letter) == wanted(FIGURES["FIRSTTEXT"], language):
            place = (letter.page, round(letter.baseline, 1))
            lines[place] = lines.get(place, 0) + 1
    assert max(lines.values()) >= characters

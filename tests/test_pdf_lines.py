"""Lines as books have them: filled to the measure, with the gaps and the marks of Chinese text; what they say stays."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from printed import laid_out

pytestmark = pytest.mark.canary

EM = 10.0
MEASURE = 200.0
STYLE = (
    "@page { size: 240px 9000px; margin: 20px } body { margin: 0; font: 10px/18px 'Noto Serif CJK SC' }"
    " p { margin: 0; text-align: justify } code { hyphens: none } rp { display: inline }"
)
HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
NEVER_FIRST = "，。、；：！？）》」』】”’…—"
NEVER_LAST = "（《「『【“‘"


def paragraphs_of(body: str, style: str = "", language: str = "zh-CN") -> list[list[Any]]:
    """Return the lines of each paragraph."""
    document = laid_out(f'<div lang="{language}">{body}</div>', STYLE + style).document
    return [paragraph for page in document.pages for paragraph in paragraphs_in(page._page_box)]


def paragraphs_in(box: Any) -> Iterator[list[Any]]:
    children = list(getattr(box, "children", ()))
    if lines := [child for child in children if type(child).__name__ == "LineBox" and texts_of(child)]:
        yield lines
    else:
        for child in children:
            yield from paragraphs_in(child)


def lines_of(body: str, style: str = "", language: str = "zh-CN") -> list[Any]:
    """Return all lines."""
    return [line for paragraph in paragraphs_of(body, style, language) for line in paragraph]


def texts_of(line: Any) -> list[Any]:
    return [box for box in line.descendants() if type(box).__name__ == "TextBox"]


def text_of(line: Any) -> str:
    return "".join(box.text for box in texts_of(line))


def width_of(body: str, style: str = "", language: str = "zh-CN") -> float:
    (line,) = lines_of(f"<p>{body}</p>", f"p {{ text-align: left }} {style}", language)
    return float(line.width)


def right_of(line: Any) -> float:
    last = texts_of(line)[-1]
    return float(last.position_x + last.width)


# ── Gaps and marks ──


@pytest.mark.parametrize(
    ("body", "ems"),
    [
        ("天地", 2.0),
        ("天，地", 3.0),
        ("天”，地", 3.5),
        ("（《天》）", 3.5),  # of four halves the first stays, for it begins the paragraph
        ("「『天』」", 3.5),
        ("天。「地", 3.5),
        ("天——地", 4.0),
        ("天：“地”，——玄", 8.0),  # a dash is one glyph for two characters
        ("天。", 1.5),
    ],
)
def test_marks_lose_their_blank_halves_beside_each_other(body: str, ems: float) -> None:
    assert width_of(body) == pytest.approx(ems * EM, abs=0.01)


def test_traditional_marks_that_stand_in_the_middle_keep_their_square() -> None:
    assert width_of("天。」地", language="zh-TW", style="div { font-family: 'Noto Serif CJK TC' }") == pytest.approx(40)
    assert width_of("天「『地", language="zh-TW", style="div { font-family: 'Noto Serif CJK TC' }") == pytest.approx(35)


@pytest.mark.parametrize(
    ("body", "gaps"),
    [
        ("天a地", 2),
        ("天 a 地", 0),
        ("天7地", 2),
        ("天7%地", 2),
        ("天<b>a</b>地", 2),
        ("天<code>a</code>地", 2),
        ("天，a地", 1),
        ("天(a)地", 0),
        ("天<sup style='font-size: .6em'>1</sup>地", 0),
        ("天“a b”地", 2),
    ],
)
def test_han_and_latin_stand_apart(body: str, gaps: int) -> None:
    parts = re.split("(天，?|地)", body)
    apart = sum(width_of(part) if part != "天，" else 2 * EM for part in parts if part.strip())
    spaces = body.count("天 ") + body.count(" 地")
    apart += spaces * (width_of("a b") - width_of("a") - width_of("b"))
    assert width_of(body) - apart == pytest.approx(gaps * EM / 4, abs=0.1)


def test_gaps_are_no_characters() -> None:
    (line,) = lines_of("<p>天a地<b>b</b>玄</p>")
    assert text_of(line) == "天a地b玄"


def test_quotation_marks_of_latin_text_are_those_of_latin_text() -> None:
    assert width_of("don’t") < 3 * EM
    assert width_of("天“a b”") < width_of("天「a b」")
    assert width_of("天“黄”地") == pytest.approx(5 * EM)
    assert width_of("“<b>a</b>”") < width_of("「<b>a</b>」")


# ── Full lines ──


def test_lines_of_the_article_are_full() -> None:
    text = (Path(__file__).parent.parent / "source" / "article.md").read_text("utf-8")
    parts = [part for part in text.split("\n\n") if re.match("[\u4e00-\u9fff]", part) and len(part) > 60]
    full = [line for lines in paragraphs_of("".join(f"<p>{part}</p>" for part in parts)) for line in lines[:-1]]
    assert len(full) > 150
    assert sum(abs(right_of(line) - 220) > 0.3 * EM for line in full) == 0
    assert sum(widest_gap(line) > 0.8 * EM for line in full) <= 0.01 * len(full)


def widest_gap(line: Any) -> float:
    """Return the widest gap inside a line: what was added, and the space it was added to."""
    gaps = [0.0]
    for box in texts_of(line):
        text = box.text.encode()
        gaps += [
            gap + (0.25 * EM if text[at : at + 1] == b" " else 0)
            for at, gap in getattr(box.pango_layout, "gaps", {}).items()
        ]
    return max(gaps)


def test_a_mark_at_the_end_of_a_line_counts_half() -> None:
    first, _ = lines_of(f"<p>{HAN[:19]}。{HAN[:3]}</p>")
    assert text_of(first) == f"{HAN[:19]}。"
    first, _ = lines_of(f"<p>{HAN[:20]}，{HAN[:3]}</p>")  # its half does not fit, and gives too little
    assert text_of(first) == HAN[:19]


def test_a_mark_at_the_beginning_of_a_line_is_pulled_in_but_for_the_first() -> None:
    first, second = lines_of(f"<p>（{HAN[:19]}（{HAN[:18]}</p>")
    assert (text_of(first)[0], text_of(second)[0]) == ("（", "（")
    assert texts_of(first)[0].pango_layout.pull == 0
    assert texts_of(second)[0].pango_layout.pull == pytest.approx(EM / 2)


def test_small_marks_stand_out_of_a_full_edge() -> None:
    assert width_of("a,") > width_of("a,", style="p { text-align: justify }") > width_of("a")


def test_a_last_line_is_filled_where_that_is_asked_for() -> None:
    lines = lines_of(f"<p>{HAN}{HAN[:15]}</p>", "p { text-align-last: justify }")
    assert [right_of(line) for line in lines] == [pytest.approx(220, abs=0.1)] * 2


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("align", ["left", "right", "center"])
def test_what_is_not_to_be_justified_is_not_spread(align: str, language: str) -> None:
    words = "several words of it, 天地 and more of them, " * 9
    alone = lines_of(f"<p>{words}</p>", "@page { size: 9000px }", language)[0].width
    lines = lines_of(f"<p>{words}</p>", f"p {{ text-align: {align} }}", language)
    assert len(lines) > 5
    assert sum(line.width for line in lines) == pytest.approx(alone, abs=len(lines) * EM)
    assert sum(line.width < MEASURE - EM / 2 for line in lines) >= len(lines) // 2


@pytest.mark.parametrize("align", ["justify", "left"])
def test_only_a_word_that_is_wider_than_a_line_is_broken(align: str) -> None:
    style = f"p {{ text-align: {align}; overflow-wrap: break-word; hyphens: none; width: 80px }}"
    lines = lines_of("<p>it was <code>0123456789abcdef0123456789abcdef</code> here</p>", style, "en")
    assert all(line.width <= 80.5 for line in lines)
    whole = " ".join(text_of(line) for line in lines).split()
    assert whole[:2] == ["it", "was"] and whole[-1] == "here"
    assert "".join(whole[2:-1]) == "0123456789abcdef" * 2 and len(whole) > 4


def test_a_word_that_is_broken_anywhere_fills_its_lines() -> None:
    style = "p { text-align: left; overflow-wrap: anywhere; hyphens: none; width: 80px }"
    lines = lines_of(f"<p>Words {'a' * 100}</p>", style, "en")
    full = int(80 / width_of("a", language="en"))
    assert [len(text_of(line).strip()) for line in lines] == [5, *[full] * (100 // full), 100 % full]
    lines = lines_of("<p>incomprehensibility</p>", style.replace("none", "auto"), "en")
    assert [text_of(line)[-1] for line in lines] == ["\u2010", "y"]


def test_what_gives_nothing_is_left_ragged() -> None:
    first, *_ = lines_of(f"<p>{HAN[:3]}<code>{'a' * 35}</code>{HAN}</p>")
    assert right_of(first) < 100
    assert widest_gap(first) == 0


def test_code_is_not_spread() -> None:
    lines = lines_of(f"<p>{HAN[:15]} <code>a b c</code> {HAN}</p>")
    codes = [box for line in lines[:-1] for box in texts_of(line) if box.element_tag == "code"]
    assert codes
    assert not any(gap for box in codes for gap in list(box.pango_layout.gaps.values())[:-1])


def test_the_space_behind_a_number_of_its_own_width_is_not_spread() -> None:
    words = "Carbon isotope evidence for the stepwise oxidation of the Proterozoic environment. " * 2
    first, *_ = lines_of(f"<p><span style='display: inline-block; width: 30px'>[1]</span> {words}</p>")
    text = texts_of(first)[-1]
    assert text.text.startswith(" Carbon")
    assert 0 not in text.pango_layout.gaps
    assert widest_gap(first) > 0.26 * EM


def test_words_are_hyphened_in_lines_of_han() -> None:
    style = "p { hyphens: auto; hyphenate-limit-chars: 8 4 4; hyphenate-character: '-' }"
    first, *_ = lines_of(f"<p>{HAN[:6]}internationalizationwithoutend{HAN}</p>", style)
    assert text_of(first).endswith("-")
    first, *_ = lines_of(f"<p>{HAN[:15]}example{HAN}</p>", style)
    assert not text_of(first).endswith("-")


def test_breaks_are_weighed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "It is a truth that the lines of a paragraph are chosen together wherever somebody wishes for a good page. "
    weighed = widest_gap_of(words * 4)
    monkeypatch.setattr("octavo.pdf.lines.choose._are_good", lambda lines, em: True)
    assert weighed < 0.9 * widest_gap_of(words * 4)


def widest_gap_of(words: str) -> float:
    return max(widest_gap(line) for line in lines_of(f"<p>{words}</p>", "p { hyphens: auto }", language="en"))


# ── What stands in a line ──


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_is_lost_or_doubled(language: str) -> None:
    chance = random.Random(7)
    pieces = [
        HAN[:5],
        "word",
        " ",
        "，",
        "。",
        "“",
        "”",
        "（",
        "）",
        "《",
        "》",
        "——",
        "……",
        "7%",
        "http://a.b/c",
        "e-mail",
    ]
    for _ in range(60):
        source = "".join(chance.choices(pieces, k=60)).strip()
        source = re.sub(" +", " ", source)
        at = sorted(chance.sample(range(len(source)), 4))
        body = f"{source[: at[0]]}<em>{source[at[0] : at[1]]}</em>{source[at[1] : at[2]]}<b>{source[at[2] :]}</b>"
        lines = lines_of(f"<p>{body}</p>", language=language)
        printed = "".join(map(text_of, lines))
        assert printed.replace(" ", "") == source.replace(" ", "")
        for line, following in pairwise(lines):
            assert following.position_y - line.position_y == pytest.approx(18)
        for line in lines:
            assert right_of(line) <= 220.1 or not re.search("[ \u4e00-\u9fff]", text_of(line)[1:])


def test_forbidden_marks_stand_at_no_edge() -> None:
    chance = random.Random(11)
    for _ in range(60):
        source = "".join(HAN[i % 20] + chance.choice(["", "", "", *"，。、；：”’》）（《“‘"]) for i in range(90))
        (lines,) = paragraphs_of(f"<p>{source}</p>")
        assert not any(text_of(line)[0] in NEVER_FIRST for line in lines[1:])
        assert not any(text_of(line)[-1] in NEVER_LAST for line in lines[:-1])


def test_a_line_ends_where_it_is_told_to() -> None:
    assert [text_of(line) for line in lines_of("<p>天<br/>地 <br/> 玄</p>")] == ["天", "地", "玄"]


def test_empty_boxes_and_pictures_stay_in_their_lines() -> None:
    box = "<img style='width: 30px; height: 5px' src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"/>'/>"
    body = f"<p>{HAN}{box.replace(chr(34), '&quot;').replace('<svg', '&lt;svg')}天<a id='here'></a>地{HAN}</p>"
    lines = lines_of(body)
    kinds = [[type(box).__name__ for box in line.descendants()] for line in lines]
    assert sum("Replaced" in name for names in kinds for name in names) == 1
    assert (
        sum(box.element.get("id") == "here" for line in lines for box in line.descendants() if box.element_tag == "a")
        == 1
    )


def test_a_paragraph_goes_on_over_pages() -> None:
    style = "@page { size: 240px 130px; margin: 20px } p { orphans: 1; widows: 1 }"
    parts = paragraphs_of(f"<p>{HAN * 12}</p>", style)
    assert len(parts) > 2
    assert "".join(text_of(line) for part in parts for line in part) == HAN * 12


def test_a_cell_is_as_wide_as_its_line() -> None:
    assert len(lines_of("<table><tr><td>使用GPU的、「『天』」卡</td><td>天</td></tr></table>")) == 2


def test_readings_stand_above() -> None:
    (line,) = lines_of("<p>天<ruby>黄<rp>（</rp><rt>huáng</rt><rp>）</rp></ruby>地</p>")
    assert text_of(line) == "天黄huáng地"
    assert line.height == pytest.approx(18)
    base, reading = (box for box in texts_of(line) if box.text in ("黄", "huáng"))
    assert reading.style["font_size"] == EM / 2
    assert reading.position_y + reading.baseline < base.position_y + base.baseline - 0.9 * EM
    assert reading.position_x + reading.width / 2 == pytest.approx(base.position_x + base.width / 2)


def test_each_emphasised_character_has_its_dot() -> None:
    (line,) = lines_of("<p>天<span class='dots'>地，a玄</span></p>", ".dots { background: red }")
    dotted = [box for box in line.descendants() if box.element_tag == "span" and type(box).__name__ == "InlineBox"]
    assert ["".join(child.text for child in box.children) for box in dotted] == ["地", "玄"]
    assert text_of(line) == "天地，a玄"

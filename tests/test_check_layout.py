"""The pages of a finished PDF are read, and each thing that a typesetter would not leave so is said at its place."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from layouts import CHINESE, ENGLISH, HAN, PARAGRAPH, SPOILED, Spoiled, checked_layout
from PIL import Image

from octavo.check.layout.marks import is_forbidden_first, is_forbidden_last, is_torn
from octavo.diagnostics import Report, Rule
from octavo.recipe import Timings, build

SHIP = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><path d="M0 0H90V60z" fill="#123456"/></svg>'


@pytest.mark.canary  # of the tags, which are what is read
@pytest.mark.parametrize("rule", SPOILED, ids=str)
def test_what_is_spoiled_is_said_at_its_place(rule: Rule, tmp_path: Path) -> None:
    spoiled = SPOILED[rule]
    found = [each for each in checked_layout(tmp_path, spoiled) if each.rule is rule]
    assert found
    for each in found:
        assert str(each.position).rpartition(":")[0] == spoiled.place or str(each.position) == spoiled.place
        assert spoiled.said in each.message


@pytest.mark.canary  # of the tags
@pytest.mark.parametrize("name", ["ship.svg", "ship.png"])
def test_a_heading_above_a_picture_for_decoration_is_not_last(name: str, tmp_path: Path) -> None:
    """Such a picture has no tag, and is content of the page all the same."""
    source = tmp_path / "book"
    source.mkdir()
    (source / "ship.svg").write_text(SHIP, "utf-8")
    Image.new("RGB", (900, 600), "navy").save(source / "ship.png")
    text = f"# One\n\n{PARAGRAPH}\n## Two\n\n![Ship]({name}){{.decorative width=30%}}\n\nText.\n"
    rules = "main section section > :last-child { break-before: page }"
    found = checked_layout(tmp_path, Spoiled(text=text, rules=rules, place="", said=""))
    (layout,) = (each.message for each in found if each.rule is Rule.CHECK_LAYOUT)
    assert "the PDF: 3 pages" in layout
    assert [each.message for each in found if each.rule is Rule.CHECK_HEADING_LAST] == []


@pytest.mark.canary  # of the tags
def test_an_indent_is_measured_by_the_letters_of_a_line(tmp_path: Path) -> None:
    """Also where most of them are raised."""
    text = f"# 一\n\n一^[1,3-5,7]^，二^[2]^第3-4页^。\n\n{HAN}\n"
    found = checked_layout(tmp_path, Spoiled(text=text, configuration=CHINESE, place="", said=""))
    assert [each.message for each in found if each.rule is Rule.CHECK_INDENT] == []


@pytest.mark.canary  # of the tags, which are what is read
def test_a_font_of_a_picture_is_told_on_its_page(tmp_path: Path) -> None:
    """And what a program says is set in a font of the theme."""
    source = tmp_path / "book"
    source.mkdir()
    words = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><text y="20" font-family="{}">ab</text></svg>'
    )
    (source / "ship.svg").write_text(words.format("monospace"), "utf-8")
    text = "# One\n\n<samp>output</samp>\n\nTwo.\n\n![Ship](ship.svg){.decorative}\n"
    found = checked_layout(tmp_path, Spoiled(text=text, rules="main p + p { break-before: page }", place="", said=""))
    assert [str(each.position) for each in found if each.rule is Rule.CHECK_FONT] == ["one.md:5:1"]


@pytest.mark.canary  # of the tags, which are what is read
def test_pictures_have_their_places_on_a_page_with_a_bleed(tmp_path: Path) -> None:
    source = tmp_path / "book"
    source.mkdir()
    (source / "ship.svg").write_text(SHIP, "utf-8")
    bleed = f'{ENGLISH}[pdf]\nbleed = "20mm"\n'
    text = f"# One\n\n![Ship](ship.svg){{width=100%}}\n\n{PARAGRAPH}"
    found = checked_layout(tmp_path, Spoiled(text=text, configuration=bleed, place="", said=""))
    assert [each.message for each in found if each.rule is Rule.CHECK_TYPE_AREA] == []


@pytest.mark.canary  # of the tags, and of lines
def test_words_wider_than_a_line_stay_on_the_page(tmp_path: Path) -> None:
    """In contents, headings, paragraphs, lists and notes."""
    word = "client_" * 20
    text = f"# Of `{word}` {word}\n\n{word} `{word}`[^a]\n\n- {word}\n\n[^a]: {word}\n"
    found = checked_layout(tmp_path, Spoiled(text=text, place="", said=""))
    assert [each.message for each in found if each.rule is Rule.CHECK_TYPE_AREA] == []


@pytest.mark.canary  # of the tags, of lines, and of the drawing of formulas
def test_a_formula_in_a_caption_stands_in_its_line(tmp_path: Path) -> None:
    source = tmp_path / "book"
    source.mkdir()
    (source / "ship.svg").write_text(SHIP, "utf-8")
    (source / "octavo.toml").write_text(ENGLISH)
    heights = []
    for caption in ("Ship $t$ at sea", "Ship t at sea"):
        (source / "one.md").write_text(f"# One\n\n![{caption}](ship.svg)\n\nText.\n", "utf-8")
        build(source, tmp_path / "dist", ("pdf",), Report(), Timings())
        with pypdfium2.PdfDocument(next((tmp_path / "dist").glob("*.pdf"))) as pdf:
            text = pdf[0].get_textpage()
            heights.append(text.get_charbox(text.get_text_range().index("Text"))[1])
    assert heights[0] == pytest.approx(heights[1], abs=3)


@pytest.mark.parametrize("mark", "，。、；：！？）》」』】")
def test_marks_that_never_begin_a_line(mark: str) -> None:
    assert is_forbidden_first(mark, attached=False)


@pytest.mark.parametrize("mark", ",.;:!?)]”’…")
def test_marks_that_begin_no_line_where_they_follow_a_word(mark: str) -> None:
    assert is_forbidden_first(mark, attached=True)
    assert not is_forbidden_first(mark, attached=False)  # “ ’tis”, “ .net”, “ …and”


def test_marks_that_end_no_line() -> None:
    assert all(is_forbidden_last(mark, attached=False) for mark in "（《「『【")
    assert all(is_forbidden_last(mark, attached=True) for mark in "([“‘")
    assert not any(is_forbidden_last(mark, attached=True) for mark in "，。)a绳")


def test_doubled_marks_are_torn() -> None:
    assert is_torn("—", "—") and is_torn("…", "…")
    assert not is_torn("—", "…") and not is_torn("绳", "绳")


@pytest.mark.canary  # of the tags
@pytest.mark.parametrize("standard", ["a-3a+ua-1", "ua-2"])
def test_a_section_on_a_new_page_ends_no_chapter_in_any_standard(standard: str, tmp_path: Path) -> None:
    spoiled = Spoiled(
        text=f"# One\n\n{PARAGRAPH}\n## Two\n\nShort.\n\n## Three\n\n{PARAGRAPH}\n# Four\n\nShort.\n\n# Five\n",
        rules="main h3 { break-before: page }",
        configuration=f'{ENGLISH}[pdf]\nstandard = "{standard}"\n',
        place="",
        said="",
    )
    found = [each.message for each in checked_layout(tmp_path, spoiled) if each.rule is Rule.CHECK_PAGE_SPARSE]
    assert [message.partition(":")[0] for message in found] == ["the PDF, page 2"]


@pytest.mark.canary  # of the tags
@pytest.mark.parametrize(("rule", "wrong"), [("***", 0), ("*Text.*", 1)])
def test_what_is_set_apart_by_a_rule_is_not_indented(rule: str, wrong: int, tmp_path: Path) -> None:
    text = f"# One\n\n{PARAGRAPH}\n{rule}\n\nText that is set apart.\n"
    rules = "hr + p, p + p + p { text-indent: 0 }"
    found = checked_layout(tmp_path, Spoiled(text=text, rules=rules, place="", said=""))
    assert len([each for each in found if each.rule is Rule.CHECK_INDENT]) == wrong

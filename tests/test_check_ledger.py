"""The ledger of alternatives: every picture of a book, what each output says in its stead, and what is of no use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from octavo.check.layout.counts import Counts
from octavo.check.layout.lint import Layout
from octavo.check.ledger.entry import Entry, Item, State
from octavo.check.ledger.ledger import compare
from octavo.check.ledger.telling import state_of
from octavo.cli import main
from octavo.diagnostics import Position, Rule
from octavo.document import FORMATS
from octavo.render.templates import parse_markup
from octavo.report.chinese_rules import CHINESE

AT = Position("one.md", 3, 1)


def entry(alternative: str, **others: object) -> Entry:
    """Return the entry of a figure."""
    given = {"kind": "figure", "position": AT, "source": "img/the_pot.png", "file": "img/the_pot.png", **others}
    return Entry(alternative=alternative, formats=FORMATS, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("alternative", "state"),
    [
        ("A pot on a table", "told"),
        ("  ", "missing"),
        ("the_pot", "name"),
        ("The_Pot.PNG", "name"),
        ("photo.jpg", "name"),
        ("IMG_0042", "name"),
        ("微信图片20260101", "name"),
        ("An image.", "word"),
        ("Figure 3", "word"),
        ("图 1-2", "word"),
        ("示意图", "word"),
        ("图中是一把茶壶", "told"),
        ("Photo of a pot", "told"),
        ("The caption", "caption"),
        ("letters " * 37, "told"),
        ("letters " * 38, "long"),
        ("字" * 151, "long"),
    ],
)
def test_what_an_alternative_tells(alternative: str, state: State) -> None:
    assert state_of(entry(alternative, caption="The  caption")) == state


def test_a_word_may_be_what_is_to_be_seen() -> None:
    assert state_of(entry("bay", file="img/bay.svg")) == "told"


def test_only_the_text_of_an_author_is_judged() -> None:
    assert state_of(entry("", decorative=True)) == "decorative"
    assert state_of(entry("image", kind="formula")) == "told"


def carried(entries: list[Entry], *texts: str | None) -> list[str | None]:
    """Return what the site says of each entry, where it has these pictures."""
    ledger = compare(entries, {"the site": [Item("picture", text) for text in texts]})
    return [each.carried["the site"] for each in ledger]


def test_what_an_output_says_is_found_in_any_order() -> None:
    entries = [entry("A"), entry("B"), entry("A"), entry("")]
    assert carried(entries, "B", "A", "A", None) == ["A", "B", "A", None]


def test_what_is_left_over_is_paired_in_order_where_that_can_be_done() -> None:
    entries = [entry("A"), entry("B"), entry("C")]
    assert carried(entries, "A", None, "D") == ["A", None, "D"]
    assert carried(entries, "A", "D") == ["A", None, None]


def test_an_output_is_asked_for_what_it_shows() -> None:
    (only,) = compare([Entry(kind="image", position=AT, source="a", formats=frozenset({"pdf"}))], {"the site": []})
    assert only.carried == {}


def test_the_page_of_a_line_is_that_of_the_line_before_it() -> None:
    layout = Layout(counts=Counts(), pages={"one.md": [(3, "1"), (9, "2")]})
    places = [Position("one.md", line) for line in (1, 3, 8, 9, 99)]
    assert [layout.page_of(place) for place in places] == ["1", "1", "1", "2", "2"]
    assert layout.page_of(None) is layout.page_of(Position("other.md")) is None


# A book with a picture of every kind


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="40" height="20"/></svg>\n'
TEXT = """# 壶

这里有![](img/pot.svg)一把壶。

![一把壶](img/pot.svg){alt="示意图"}

![壶嘴朝左](img/pot.svg)

![](img/pot.svg){.decorative}
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Check a small book; return the folder with both reports."""
    folder = tmp_path_factory.mktemp("checked")
    (folder / "book" / "img").mkdir(parents=True)
    configuration = '[book]\ntitle = "壶 & <茶>"\nlanguage = "zh-CN"\ndate = 2026-11-23\nslug = "book"\n'
    (folder / "book" / "octavo.toml").write_text(configuration, "utf-8")
    (folder / "book" / "one.md").write_text(TEXT, "utf-8")
    (folder / "book" / "img" / "pot.svg").write_text(SVG, "utf-8")
    reports = [f"--report={folder / name}" for name in ("report.html", "report.json")]
    result = CliRunner().invoke(main, ["check", str(folder / "book"), *reports])
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.canary  # of the tags
def test_the_ledger_holds_every_picture_at_its_place(checked: Path) -> None:
    report = json.loads((checked / "report.json").read_text("utf-8"))
    assert [(each["kind"], each["line"], each["column"], each["state"]) for each in report["pictures"]] == [
        ("cover", None, None, "told"),
        ("image", 3, 4, "missing"),
        ("figure", 5, 1, "word"),
        ("figure", 7, 1, "caption"),
        ("image", 9, 1, "decorative"),
    ]
    cover, missing, figure, *_, decorative = report["pictures"]
    assert cover["outputs"] == {"epub": "壶 & <茶>"}
    assert missing["outputs"] == dict.fromkeys(("site", "single", "epub", "pdf"))
    assert figure["outputs"] == dict.fromkeys(("site", "single", "epub", "pdf"), "示意图")
    assert (figure["caption"], figure["label"], figure["page"]) == ("一把壶", "图 1", "1")
    assert decorative["outputs"]["epub"] == ""


@pytest.mark.canary  # of the tags
def test_what_is_wrong_with_an_alternative_is_said_at_its_line(checked: Path) -> None:
    report = json.loads((checked / "report.json").read_text("utf-8"))
    places = [(found["rule"], found["file"], found["line"]) for found in report["findings"] if found["file"]]
    said = {place for place in places if not place[0].startswith("check-line-")}  # how the line with the picture is set
    assert said == {
        ("image-without-text", "one.md", 3),
        ("check-alternative", "one.md", 5),
        ("check-alternative-caption", "one.md", 7),
    }
    assert (report["version"], report["failed"], report["counts"]["pages"]) == (1, False, 1)


@pytest.mark.canary  # of the tags
def test_the_page_shows_source_pictures_and_explanations(checked: Path) -> None:
    root = parse_markup((checked / "report.html").read_text("utf-8"), "the report")
    assert root.get("lang") == "zh-CN"
    assert root.findtext("body/header/h1") == "《壶 & <茶>》检查报告"
    pointed = ["".join(line.itertext()) for line in root.iter("code") if line.find("mark") is not None]
    assert list(dict.fromkeys(pointed)) == [line for line in TEXT.splitlines()[2:7] if line]
    assert len([image for image in root.iter("img") if (image.get("src") or "").startswith("data:")]) == 5
    identifiers = {element.get("id") for element in root.iter()}
    addresses = [link.get("href", "") for link in root.iter("a")]
    assert addresses
    assert {address.removeprefix("#") for address in addresses} <= identifiers  # no request to anywhere


@pytest.mark.canary  # of the tags
def test_a_chinese_report_says_in_chinese_what_each_rule_is_about(checked: Path) -> None:
    root = parse_markup((checked / "report.html").read_text("utf-8"), "the report")
    told = {line.text for line in root.iter("p") if line.get("lang") != "en"}
    assert {CHINESE["image-without-text"], CHINESE["check-alternative"], CHINESE["check-alternative-caption"]} <= told


def test_every_rule_is_told_in_chinese() -> None:
    assert list(CHINESE) == [rule.identifier for rule in Rule]
    assert [text for text in CHINESE.values() if not re.search("[一-龥]", text) or text.endswith("。")] == []
    assert len(set(CHINESE.values())) == len(CHINESE)


def test_a_report_of_a_book_that_cannot_be_built(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\nTo [nowhere](#on).\n", "utf-8")
    report = tmp_path / "report.html"
    result = CliRunner().invoke(main, ["check", str(tmp_path / "one.md"), "--report", str(report)])
    assert result.exit_code == 1
    assert "To <mark>[</mark>nowhere](#on)." in report.read_text("utf-8")


def test_a_report_in_a_form_that_nobody_knows_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--report", str(tmp_path / "report.pdf")])
    assert result.exit_code == 2
    assert "does not end in .html or .json" in result.output


def test_a_report_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\nTo [nowhere](#on).\n", "utf-8")
    report = tmp_path / "gone" / "report.json"
    result = CliRunner().invoke(main, ["check", str(tmp_path / "one.md"), "--report", str(report)])
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory [output-refused]" in result.stderr

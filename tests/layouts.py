"""Small books whose pages are spoiled by a sheet of their own, or by what is written in them, one for each rule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from octavo.check import check_book
from octavo.diagnostics import Report, Rule
from octavo.recipe import Timings, build

ENGLISH = '[book]\ntitle = "Ropes"\nlanguage = "en"\ndate = 2026-11-23\nslug = "book"\n'
CHINESE = ENGLISH.replace('"en"', '"zh-CN"').replace("Ropes", "绳")
PARAGRAPH = (
    "A rope is as strong as the hand that made it, and the hand is as strong as the head above it, which in turn is "
    "as strong as the rope by which the ship that fed it was held to the quay on the night of the great storm.\n"
)
HAN = "绳子有多结实，要看搓它的手；手有多结实，要看上面的头；头有多结实，又要看那一夜把船系在岸边的绳子。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """Hold a book, its own rules for the printed page, and the place and the words of what is found in it."""

    text: str
    rules: str = ""
    configuration: str = ENGLISH
    place: str
    said: str


SPOILED: dict[Rule, Spoiled] = {
    Rule.CHECK_LAYOUT: Spoiled(
        text=f"# One\n\n{PARAGRAPH}",
        place="None",
        said="the PDF: 1 page, 4 lines, 3 of them of paragraphs, 2 full; 0 short",
    ),
    # A space of no width lets a line break where none may, and the line before it is full as it is.
    Rule.CHECK_LINE_EDGE: Spoiled(
        text=f"# 一\n\n{HAN}\n\n{'绳' * 32}\u200b、{'绳' * 20}。\n",
        configuration=CHINESE,
        place="one.md:5",
        said="page 1: the line “、绳绳绳绳绳绳绳绳绳绳绳绳绳绳绳…” begins with “、”",
    ),
    Rule.CHECK_LINE_SHORT: Spoiled(
        text="# One\n\nShort.\n\nA rope of incomprehensible unquestionability.\n",
        rules="main p { hyphens: none }",
        configuration=f'{ENGLISH}[pdf]\npage = ["90mm", "180mm"]\n',
        place="one.md:5",
        said="em short; “unquestionability.” would not fit",
    ),
    Rule.CHECK_LINE_GAP: Spoiled(
        text=f"# One\n\nShort.\n\n{PARAGRAPH}",
        rules="main p { word-spacing: .8em }",
        place="one.md:5",
        said="” has a gap of 1.",
    ),
    Rule.CHECK_HEADING_LAST: Spoiled(
        text=f"# One\n\n{PARAGRAPH}\n## Two\n\nText.\n",
        rules="main h3 { break-after: page }",
        place="one.md:5",
        said="page 1: the heading “Two” is last",
    ),
    Rule.CHECK_PAGE_SPARSE: Spoiled(
        text="# One\n\nShort.\n\nText.\n",
        rules="main p + p { break-before: page }",
        place="one.md:1",
        said="page 1: only 2 of at least 3 lines",
    ),
    Rule.CHECK_TYPE_AREA: Spoiled(
        text=f"# One\n\nShort.\n\n{PARAGRAPH}",
        rules="main p { margin-right: -20pt }",
        place="one.md:5",
        said=" stands out of the type area, by 20.",
    ),
    Rule.CHECK_PAGE_NUMBER: Spoiled(
        text="# One\n\nText.\n",
        rules='nav.contents a::after { content: "9" }',
        place="one.md:1",
        said="page 1: page 9 is printed for “one”, on page 1",
    ),
    Rule.CHECK_FONT: Spoiled(
        text="# One\n\nText.\n\nMore.\n",
        rules="main p + p { font-family: monospace }",
        place="one.md:5",
        said="page 1: “More.” is drawn with “",
    ),
    Rule.CHECK_INDENT: Spoiled(
        text="# 一\n\n绳子。\n",
        rules="main p { text-indent: 3em }",
        configuration=CHINESE,
        place="one.md:3",
        said="page 1: the line “绳子。” is indented by 31.5 pt, not by 21.0 pt",
    ),
}


def checked_layout(folder: Path, spoiled: Spoiled) -> Report:
    """Return what a check says of the pages of a book."""
    source, output = folder / "book", folder / "dist"
    (source / "styles").mkdir(parents=True)
    (source / "octavo.toml").write_text(spoiled.configuration, "utf-8")
    (source / "one.md").write_text(spoiled.text, "utf-8")
    (source / "styles" / "extra.css").write_text(f"@media print {{ {spoiled.rules} }}\n", "utf-8")
    report = Report()
    build(source, output, ("pdf",), report, Timings())
    assert [found.message for found in report] == []
    check_book(source, output, report, Timings())
    return report

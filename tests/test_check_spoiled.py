"""One output is spoiled in one way: the check sees it, names that output, and says where the thing was written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from octavo.check import check_outputs
from octavo.diagnostics import Report, Rule
from octavo.recipe import FORMATS, Timings, build, prepare
from octavo.render.edition import Edition

pytestmark = pytest.mark.canary  # of the tags

CONFIGURATION = """
[book]
title = "Ropes"
language = "en"
date = 2026-11-23
numbering = "computed"
slug = "ropes"
"""
TEXT = """\
# Ropes {#ropes}

Every rope gives way[^sea], as [the knots](#knots) tell; so does <ruby>縄<rt>なわ</rt></ruby>.

## Knots {#knots}

A knot holds what a hand[^hand] lets go. Read of [the sea](#sea) or [elsewhere](https://example.org/knots).

# Sea {#sea}

![A bay](bay.svg){#fig-bay alt="a bay"}

Back to @fig-bay.

[^sea]: At sea.
[^hand]: By hand.
"""
# Words that are drawn are no words of the text: those of the picture stand for them.
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text x="2" y="9" font-size="6">The bay 湾</text></svg>
"""
SAID = (Rule.CHECK_PARITY, Rule.CHECK_TEXT_MISSING)


def write_book(folder: Path, text: str) -> Path:
    """Write the book, and return its folder."""
    folder.mkdir()
    (folder / "octavo.toml").write_text(CONFIGURATION, "utf-8")
    (folder / "one.md").write_text(text, "utf-8")
    (folder / "bay.svg").write_text(PICTURE, "utf-8")
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Hold the book's edition and the folder of its outputs, in which nothing is wrong."""

    edition: Edition
    output: Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Build the book once in all formats."""
    folder = tmp_path_factory.mktemp("whole")
    book, output = write_book(folder / "book", TEXT), folder / "dist"
    report = Report(strict=True)
    build(book, output, FORMATS, report, Timings())
    edition = prepare(book, report, Timings())
    assert edition is not None
    assert [found.message for found in report] == []
    return Whole(edition=edition, output=output)


def said_of(whole: Whole, output: Path) -> list[tuple[str, str]]:
    """Return message and place of what the check says of the words, numbers and links of some outputs."""
    report = Report()
    check_outputs(whole.edition, output, report)
    return [(found.message, str(found.position)) for found in report if found.rule in SAID]


def assert_seen(said: list[tuple[str, str]], name: str, place: str) -> None:
    """Hold that each finding is about the output that was spoiled, and that one says where."""
    assert said
    assert [message for message, _ in said if not re.search(rf"(^|, ){name} (has|lacks) ", message)] == []
    assert place in [where.rpartition(":")[0] for _, where in said], said


def test_nothing_is_said_of_what_is_whole(whole: Whole) -> None:
    assert said_of(whole, whole.output) == []


# ── The site, the single page, the EPUB ──

HEADING = r'<h(\d) id="knots">.*?</h\1>'
LINK = r'<a href="([^"]*)">the knots</a>'
NOTES = r"(<aside.*?</aside>)\n+(<aside.*?</aside>)"

# Pattern, replacement, and the line whose words are spoiled.
SPOILS: dict[str, tuple[str, str, int]] = {
    "a heading dropped": (HEADING, "", 5),
    "a number changed": (r'<span class="number">1\.1</span> Knots</h', r'<span class="number">1.2</span> Knots</h', 5),
    "a number dropped": (r'<span class="number">1\.1</span> Knots</h', "Knots</h", 5),
    "an identifier removed": (r'(<h\d) id="knots"', r"\1", 5),
    "an identifier renamed": (r'(<h\d) id="knots"', r'\1 id="knot"', 5),
    "an identifier of a figure removed": (r'<figure id="fig-bay"', "<figure", 11),
    "a link dropped": (LINK, "the knots", 3),
    "a link retargeted": (r'<a href="([^"]*)knots">the knots</a>', r'<a href="\1ropes">the knots</a>', 3),
    "a link out dropped": (r'<a href="[^"]*">elsewhere</a>', "elsewhere", 7),
    "a link out retargeted": (r'"https://example.org/knots"', '"https://example.org/bends"', 7),
    "two notes swapped": (NOTES, r"\2\1", 15),
    "the texts of two notes swapped": (r"<p>At sea.</p>(.*?)<p>By hand.</p>", r"<p>By hand.</p>\1<p>At sea.</p>", 15),
    "a note dropped": (r'<aside class="note" id="octavo-note-1-2".*?</aside>', "", 16),
    "a word dropped": ("holds what", "what", 7),
    "a word doubled": ("holds what", "holds holds what", 7),
    "a word of a note dropped": ("<p>By hand", "<p>By", 16),
    "a word of a heading dropped": ("Knots</h", "</h", 5),
    "a reading dropped": (r"(<rp>（</rp>)?<rt>なわ</rt>(<rp>）</rp>)?", "", 3),
    "a caption dropped": (r"<figcaption>.*?</figcaption>", "", 11),
    "the text of a reference changed": (r'class="reference">Figure 1', 'class="reference">Figure 2', 13),
}


def spoil_file(path: Path, change: Callable[[str], str]) -> int:
    """Change a page, and return how many pages that was."""
    before = path.read_text("utf-8")
    after = change(before)
    path.write_text(after, "utf-8")
    return before != after


def spoil_site(output: Path, change: Callable[[str], str]) -> int:
    return sum(spoil_file(path, change) for path in (output / "site").glob("*.html"))


def spoil_single(output: Path, change: Callable[[str], str]) -> int:
    return spoil_file(output / "ropes.html", change)


def spoil_epub(output: Path, change: Callable[[str], str]) -> int:
    path, count = output / "ropes.epub", 0
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for name, data in files.items():
            after = change(data.decode()).encode() if name.endswith(".xhtml") else data
            count += after != data
            archive.writestr(name, after)
    return count


OUTPUTS = {"the site": spoil_site, "the single page": spoil_single, "the EPUB": spoil_epub}


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("spoil", SPOILS)
def test_what_is_spoiled_is_seen(spoil: str, name: str, whole: Whole, tmp_path: Path) -> None:
    pattern, replacement, line = SPOILS[spoil]
    output = tmp_path / "dist"
    shutil.copytree(whole.output, output)
    spoiled = OUTPUTS[name](output, lambda page: re.sub(pattern, replacement, page, flags=re.DOTALL))
    assert spoiled == 1
    assert_seen(said_of(whole, output), name, f"one.md:{line}")


# ── The PDF ──

# What stands in the text, what a PDF was made of instead, and the line of the text that it differs from.
VARIANTS: dict[str, tuple[str, str, int]] = {
    "a heading less": ("## Knots {#knots}\n", "[]{#knots}\n", 5),
    "a heading more": ("# Sea {#sea}\n", "# Sea {#sea}\n\n## Tides\n", 9),
    "another heading": ("## Knots {", "## Bends {", 5),
    "no number": ("## Knots {#knots}", "## Knots {#knots .unnumbered}", 5),
    "another identifier": ("{#fig-bay alt", "{#fig-cove alt", 11),
    "a word less": ("holds what", "what", 7),
    "a word twice": ("holds what", "holds holds what", 7),
    "another word": ("holds what", "drops what", 7),
    "a note less": ("hand[^hand]", "hand", 16),
    "another note": ("By hand.", "By foot.", 16),
    "two notes swapped": ("At sea.\n[^hand]: By hand.", "By hand.\n[^hand]: At sea.", 15),
    "a link less": ("[the knots](#knots)", "the knots", 3),
    "another link": ("[the knots](#knots)", "[the knots](#sea)", 3),
    "two links swapped": ("[the sea](#sea) or [elsewhere](", "[the sea](#ropes) or [elsewhere](", 7),
    "another address": ("https://example.org/knots", "https://example.org/bends", 7),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_pdf_of_another_text_is_seen(variant: str, whole: Whole, tmp_path: Path) -> None:
    old, new, line = VARIANTS[variant]
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new).replace("@fig-bay" if "fig-cove" in new else "\0", "@fig-cove")
    output, other = tmp_path / "dist", tmp_path / "other"
    shutil.copytree(whole.output, output)
    report = Report()
    build(write_book(tmp_path / "book", text), other, ("pdf",), report, Timings())
    assert not report.failed, [found.message for found in report]
    shutil.copy(other / "ropes.pdf", output / "ropes.pdf")
    assert_seen(said_of(whole, output), "the PDF", f"one.md:{line}")

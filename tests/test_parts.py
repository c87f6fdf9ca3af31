"""Parts, appendices, front and back matter: what a chapter is, how it is numbered, and where the contents list it."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_includes import BOOK, prepared

from octavo.document import ChapterRole, Document, Heading, walk
from octavo.normalise.numbers.named import appendix_number, part_number
from octavo.render.contents import Entry, contents

COMPUTED = BOOK + 'numbering = "computed"\n'


def book(folder: Path, files: dict[str, str], toml: str = COMPUTED) -> Document:
    """Return a book without a fault."""
    document, report = prepared(folder, {"octavo.toml": toml, **files})
    assert document and not list(report)
    return document


def numbers(document: Document) -> list[str | None]:
    return [node.number for node in walk(document) if isinstance(node, Heading)]


def titles(entries: tuple[Entry, ...]) -> list[object]:
    """Return the contents as nested lists of the identifiers that they lead to."""
    result: list[object] = []
    for entry in entries:
        result.append(entry.heading.anchor)
        if entry.children:
            result.append(titles(entry.children))
    return result


@pytest.mark.parametrize(
    ("order", "language", "part", "appendix"),
    [
        (1, "en", "Part I", "Appendix A"),
        (4, "en-GB", "Part IV", "Appendix D"),
        (2, "zh-CN", "第二部分", "附录 B"),
        (12, "zh-TW", "第十二部分", "附錄 L"),
        (3, "ja", "第三部", "付録 C"),
        (3, "de", "Teil III", "Anhang C"),
        (27, "fr", "Partie XXVII", "Annexe AA"),
    ],
)
def test_numbers_with_their_word(order: int, language: str, part: str, appendix: str) -> None:
    assert (part_number(order, language), appendix_number(order, language)) == (part, appendix)


@pytest.mark.parametrize(
    ("classes", "role", "number"),
    [
        ("", "body", "1"),
        ("{.part}", "part", "Part I"),
        ("{.appendix}", "appendix", "Appendix A"),
        ("{.frontmatter}", "front", None),
        ("{.backmatter}", "back", None),
        ("{.unnumbered}", "body", None),
        ("{-}", "body", None),
        ("{.part .unnumbered}", "part", None),
    ],
)
def test_a_heading_gives_its_chapter_a_role(
    classes: str, role: ChapterRole, number: str | None, tmp_path: Path
) -> None:
    document = book(tmp_path, {"a.md": f"# First {classes}\n\nText.\n", "b.md": "# Last\n"})
    assert document.chapters[0].role == role
    assert numbers(document) == [number, "2" if role == "body" and number else "1"]


def test_the_configuration_goes_before_the_heading(tmp_path: Path) -> None:
    toml = COMPUTED + 'frontmatter = ["a.md"]\n'
    document = book(tmp_path, {"a.md": "# First {.appendix}\n", "b.md": "# Last\n"}, toml)
    assert document.chapters[0].role == "front"


def test_sections_are_numbered_below_their_chapter(tmp_path: Path) -> None:
    files = {
        "1.md": "# One\n\n## A\n\n## B {-}\n\n### Not below zero\n\n## C\n",
        "2.md": "# The sea {.part}\n\nIts introduction.\n",
        "3.md": "# Two\n\n## A\n",
        "4.md": "# Words {.appendix}\n\n## A\n\n# Notes {.appendix}\n",
        "5.md": "# Thanks {.backmatter}\n\n## A\n",
    }
    assert numbers(book(tmp_path, files)) == [
        *("1", "1.1", None, None, "1.2", "Part I", "2", "2.1"),
        *("Appendix A", "A.1", "Appendix B", None, None),
    ]


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("Part I. Sea", "Part II. Land", ["Part I", "Part II"]),
        ("Part 1: Sea", "Part 2: Land", ["Part 1", "Part 2"]),
        ("第一部分 海", "第二部分 陆", ["第一部分", "第二部分"]),
        ("第一篇：海", "第二篇：陆", ["第一篇", "第二篇"]),
        ("Part of the sea", "Part of the land", [None, None]),
    ],
)
def test_typed_numbers_of_parts_are_read(first: str, second: str, read: list[str | None], tmp_path: Path) -> None:
    toml = BOOK
    for title, name in ((first, "a"), (second, "b")):
        toml += f'[[part]]\ntitle = "{title}"\nchapters = ["{name}.md"]\n'
    document = book(tmp_path, {"a.md": "# 1. One\n\n## 1.1 X\n", "b.md": "# 2. Two\n\n## 2.1 Y\n"}, toml)
    assert numbers(document) == [read[0], "1", "1.1", read[1], "2", "2.1"]


def test_parts_are_counted_apart_from_chapters(tmp_path: Path) -> None:
    toml = BOOK
    for number, name in enumerate("abc", 1):
        toml += f'[[part]]\ntitle = "{number}. {name}"\nchapters = ["{name}.md"]\n'
    files = {"a.md": "# 1. One\n\n## 1.1 X\n", "b.md": "# 2. Two\n\n## 2.1 Y\n", "c.md": "# 3. Three\n"}
    assert numbers(book(tmp_path, files, toml)) == ["1", "1", "1.1", "2", "2", "2.1", "3", "3"]


def test_chapters_stand_below_their_part(tmp_path: Path) -> None:
    toml = BOOK + (
        'frontmatter = ["before.md"]\nappendices = ["words.md"]\n'
        '[[part]]\ntitle = "Sea"\nchapters = ["a.md", "b.md"]\n[[part]]\ntitle = "Land"\nchapters = ["c.md"]\n'
    )
    files = {f"{name}.md": f"# {name}\n" for name in ("before", "a", "b", "c", "words")}
    assert titles(contents(book(tmp_path, files, toml))) == ["before", "sea", ["a", "b"], "land", ["c"], "words"]


def test_a_link_leads_to_a_part(tmp_path: Path) -> None:
    toml = BOOK + '[[part]]\ntitle = "Sea"\nchapters = ["a.md"]\n'
    book(tmp_path, {"a.md": "# A\n\n[the part](#sea)\n"}, toml)

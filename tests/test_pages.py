"""The book split into pages: where, under which names, with which notes; and the contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from octavo.diagnostics import Position, Report
from octavo.document import (
    Code,
    Document,
    Emphasis,
    HardBreak,
    Heading,
    Metadata,
    NoteReference,
    Section,
    Text,
    plain_text,
    walk,
)
from octavo.normalise import Context, normalise
from octavo.parse import parse_chapter
from octavo.render.contents import Entry, contents, title_inlines
from octavo.render.pages import Page, places, split, split_level


def book(*texts: str, files: Sequence[str] = ()) -> Document:
    """Return a normalised book of one chapter a text."""
    report = Report()
    names = files or [f"{number}.md" for number in range(1, len(texts) + 1)]
    chapters = tuple(parse_chapter(text, name, report).chapter for text, name in zip(texts, names, strict=True))
    metadata = Metadata(title="Book", language="en", identifier="i", date="2026-01-01")
    context = Context(
        report=report,
        find_image=lambda source, position: None,
        read_text=lambda name, position: None,
        has_file=lambda name: False,
    )
    return normalise(Document(metadata=metadata, chapters=chapters, position=Position(names[0])), context)


def shown(pages: Sequence[Page]) -> list[tuple[str, list[str]]]:
    """Return for each page its name, and the headings and paragraphs on it."""
    return [(page.name, [said for block in page.blocks for said in texts(block)]) for page in pages]


def texts(block: object) -> list[str]:
    if isinstance(block, Section):
        return [plain_text(block.heading), *(said for child in block.children for said in texts(child))]
    return [plain_text(block)]  # type: ignore[arg-type]


# ── Where ──


@pytest.mark.parametrize(
    ("markdown", "level"),
    [
        ("text", 1),
        ("# A", 1),
        ("# A\n\n## B\n\n### C", 1),
        ("# A\n\n# B", 1),
        ("# A\n\n## B\n\n## C", 2),
        ("# A\n\n## B\n\n### C\n\n### D", 3),
        ("# A\n\n## B\n\n### C\n\n### D\n\n# E", 1),
        ("> # A\n>\n> # B\n\n# C", 1),
    ],
)
def test_the_book_is_split_at_the_shallowest_level_with_two_headings(markdown: str, level: int) -> None:
    assert split_level(book(markdown)) == level


def test_the_level_is_that_of_the_whole_book() -> None:
    assert split_level(book("# A\n\n## a\n\n## b\n", "# B\n")) == 1


def test_each_section_down_to_that_level_is_a_page() -> None:
    document = book("intro\n\n# A\n\na\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n")
    assert shown(split(document)) == [("a", ["A", "intro", "a"]), ("b", ["B", "b", "C", "c"]), ("d", ["D", "d"])]


def test_text_before_the_first_page_of_several_is_a_page_of_its_own() -> None:
    assert shown(split(book("intro\n\nmore\n\n# A\n\na\n\n# B\n\nb\n"))) == [
        ("1", ["intro", "more"]),
        ("a", ["A", "a"]),
        ("b", ["B", "b"]),
    ]


def test_a_page_has_nothing_above_its_heading() -> None:
    texts = ("x\n\n# A\n\n## B\n", "x\n\n## C\n\n## D\n\ny\n\n# E\n", "x\n", "- x\n\n# F\n\n# G\n")
    for document in (book(*texts), *map(book, texts)):
        for page in split(document):
            first = page.blocks[0]
            assert (page.heading is None) == (not isinstance(first, Section))
            assert not isinstance(first, Section) or first.heading is page.heading
            assert [plain_text(block) for block in page.blocks[1:] if isinstance(block, Section)] == []


def test_no_block_is_lost_or_stands_twice() -> None:
    document = book(
        "zero\n\n# A\n\n1\n\n## B\n\n2\n\n## C\n\n3\n\n# D\n\n4\n", "# E\n\n5\n\n> # Q\n>\n> 6\n\n## F\n\n7\n", "8\n"
    )
    found = [said for _, page in shown(split(document)) for said in page]
    assert found == [said for chapter in document.chapters for block in chapter.children for said in texts(block)]


def test_a_chapter_is_never_on_the_page_of_another() -> None:
    document = book("# A\n", "# B\n\n## b\n", "# C\n")
    assert [page.chapter.file for page in split(document)] == ["1.md", "2.md", "3.md"]


def test_a_chapter_without_headings_is_one_page() -> None:
    (page,) = split(book("text\n\nmore\n", files=("only.md",)))
    assert (page.name, page.heading, page.shift) == ("only", None, 1)


def test_an_empty_book_has_no_page() -> None:
    assert split(book("")) == ()


def test_the_heading_of_a_page_is_of_level_one_there() -> None:
    pages = split(book("# A\n\n## B\n\n### C\n\n### D\n"))
    assert [page.heading.level + page.shift for page in pages if page.heading] == [1] * len(pages)


# ── Names ──


def names(*markdown: str, files: Sequence[str] = ()) -> list[str]:
    return [page.name for page in split(book(*markdown, files=files))]


def test_pages_are_called_by_their_heading_in_ascii() -> None:
    assert names("# 背景介绍\n\n# LLM 的原理\n\n# Ünïcode\n") == ["bei-jing-jie-shao", "llm-de-yuan-li", "unicode"]


def test_a_page_is_called_by_the_authors_identifier() -> None:
    assert names("# 背景 {#intro}\n\n# B\n") == ["intro", "b"]


def test_a_chapter_of_one_page_is_called_like_its_file() -> None:
    files = ("01-start.md", "part/two.md", "第三章.markdown")
    assert names("# A\n", "# B\n", "# C\n", files=files) == ["01-start", "part-two", "di-san-zhang"]


@pytest.mark.parametrize("name", ["index", "nav", "cover", "title", "contents", "404", "search"])
def test_names_of_the_formats_own_pages_are_not_given(name: str) -> None:
    found = names(f"# A {{#{name}}}\n\n# B\n") + names("# A\n", "# B\n", files=(f"{name}.md", "b.md"))
    assert found == [f"{name}-2", "b"] * 2


def test_names_are_ascii_and_given_once() -> None:
    document = book(
        "# 背景 {#a}\n\n# bei jing\n\n# 北京\n\n# ☃\n\n# 🎉\n\n# book\n\n# A.B\n\n# A B\n",
        "# a\n\n# Index\n",
        "x\n",
        files=("1.md", "2.md", "a.md"),
    )
    found = [page.name for page in split(document)]
    assert len(set(found)) == len(found)
    assert [name for name in found if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


# ── Notes and addresses ──

NOTED = book(
    "# A\n\n[^x] [^y]\n\n# B\n\n[^z] [^x]\n\n[^x]: X\n\n[^y]: Y[^deep]\n\n[^z]: Z\n\n[^deep]: D\n",
    "# C\n\n[^x] [C](1.md#b)\n\n[^x]: other\n",
)


def test_a_note_stands_on_the_page_of_its_first_call() -> None:
    found = [(page.name, [plain_text(note) for note in page.notes]) for page in split(NOTED)]
    assert found == [("a", ["X", "Y", "D"]), ("b", ["Z"]), ("2", ["other"])]


def test_every_note_stands_on_one_page() -> None:
    found = [note.identifier for page in split(NOTED) for note in page.notes]
    wanted = {note.identifier for chapter in NOTED.chapters for note in chapter.notes}
    assert len(found) == len(set(found))
    assert set(found) == wanted


def test_notes_on_a_page_are_in_the_order_of_their_numbers() -> None:
    for page in split(NOTED):
        numbers = [note.number or 0 for note in page.notes]
        assert numbers == sorted(numbers)


def test_places_say_where_everything_is() -> None:
    where = places(split(NOTED), ".html")
    assert where["a"] == "a.html#a"
    assert where["b"] == "b.html#b"
    assert where["octavo-chapter-1"] == "a.html"
    assert where["octavo-chapter-2"] == "2.html"
    assert where["octavo-note-1-1"] == "a.html#octavo-note-1-1"
    assert where["octavo-note-1-1-call-1"] == "a.html#octavo-note-1-1-call-1"
    assert where["octavo-note-1-1-call-2"] == "b.html#octavo-note-1-1-call-2"
    assert where["octavo-note-2-1"] == "2.html#octavo-note-2-1"


def test_places_leave_nothing_out() -> None:
    wanted = {chapter.identifier for chapter in NOTED.chapters}
    for node in walk(NOTED):
        match node:
            case Heading():
                wanted.add(node.anchor)
            case NoteReference():
                wanted |= {node.note, f"{node.note}-call-{node.call}"}
    where = places(split(NOTED), ".xhtml")
    assert set(where) == wanted
    pages = {f"{page.name}.xhtml" for page in split(NOTED)}
    assert {address.partition("#")[0] for address in where.values()} == pages


# ── Contents ──


def nested(entries: Sequence[Entry]) -> list[object]:
    return [[plain_text(entry.heading), entry.role, *nested(entry.children)] for entry in entries]


MANY = "# A\n\n## B\n\n### C\n\n#### D\n\n## Appendix: E\n\n# Q1: F\n"


@pytest.mark.parametrize(
    ("depth", "found"),
    [
        (1, [["A", "section"], ["F", "question"]]),
        (2, [["A", "section", ["B", "section"], ["E", "appendix"]], ["F", "question"]]),
        (3, [["A", "section", ["B", "section", ["C", "section"]], ["E", "appendix"]], ["F", "question"]]),
        (
            4,
            [
                ["A", "section", ["B", "section", ["C", "section", ["D", "section"]]], ["E", "appendix"]],
                ["F", "question"],
            ],
        ),
    ],
)
def test_contents_are_the_headings_down_to_a_level(depth: int, found: list[object]) -> None:
    assert nested(contents(book(MANY), depth)) == found


def test_contents_go_through_all_chapters_and_leave_the_document_alone() -> None:
    document = book("# A\n", "text\n", "# B\n\n> # not this\n")
    assert nested(contents(document)) == [["A", "section"], ["2", "section"], ["B", "section"]]
    assert contents(book("text")) == ()


def test_titles_in_lists_have_no_links_notes_or_pictures() -> None:
    (heading,) = (
        node
        for node in walk(book("# a *b [c](http://x)* `d`[^n] ![e](e.png)\n\n[^n]: N\n"))
        if isinstance(node, Heading)
    )
    inlines = title_inlines(heading.children)
    assert plain_text(inlines) == "a b c d e"
    assert {type(node) for inline in inlines for node in walk(inline)} == {Text, Emphasis, Code}
    hard = HardBreak(position=heading.position)
    assert title_inlines((hard,)) == (hard,)

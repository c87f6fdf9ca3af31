"""Which files are chapters, and in which order."""

import os
from pathlib import Path

import pytest

from octavo.book import Book, read_book
from octavo.diagnostics import Failure, Report


def write(root: Path, *names: str, toml: str | None = None) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"# {name}\n", encoding="utf-8")
    if toml is not None:
        (root / "octavo.toml").write_text(toml, encoding="utf-8")
    return root


def book_of(root: Path) -> Book:
    report = Report()
    book = read_book(root, report)
    assert not list(report)
    return book


def order_of(root: Path) -> list[str]:
    return [chapter.path for chapter in book_of(root).chapters]


def messages_of(root: Path) -> list[str]:
    """Return what is said of a book that cannot be had; the failure that is raised is among it."""
    report = Report()
    with pytest.raises(Failure) as failed:
        read_book(root, report)
    before = len(list(report))
    report.take(failed.value.diagnostic)
    assert before in (0, len(list(report)))
    return [
        f"{found.position}: {found.message} [{found.rule}]" + (f" | {found.hint}" if found.hint else "")
        for found in report
    ]


def test_natural_order_with_readme_first_in_each_folder(tmp_path: Path) -> None:
    expected = [
        "README.md",
        "index.md",
        "1-a.md",
        "2-b.md",
        "2-b/Index.markdown",
        "2-b/1.md",
        "2-b/x9/1.md",
        "2-b/x10/1.md",
        "02-c.md",
        "10-d.MD",
        "Appendix.md",
        "第2章.md",
        "第10章.md",
    ]
    assert order_of(write(tmp_path, *reversed(expected))) == expected


def test_what_is_no_chapter_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        *("a.md", "_draft.md", ".hidden.md", "notes.txt", "md", ".md", "x.mdx"),
        *("_drafts/a.md", ".git/a.md", "templates/a.md", "styles/a.md", "dist/a.md", "node_modules/p/README.md"),
        *("part/dist/a.md", "part/_b.md", "part/templates.md"),
    )
    assert order_of(tmp_path) == ["a.md", "part/templates.md"]


def test_a_readme_may_be_the_whole_book(tmp_path: Path) -> None:
    assert order_of(write(tmp_path, "readme.md")) == ["readme.md"]


def test_links_to_folders_are_not_followed_and_a_file_counts_once(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "part/b.md")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "z.md").symlink_to("part/b.md")
    assert order_of(tmp_path) == ["a.md", "part/b.md"]


def test_a_book_lists_its_chapters_by_role(tmp_path: Path) -> None:
    toml = """
[book]
backmatter = ["thanks.md"]
appendices = ["b.md"]
chapters = ["./z/2.md", "1.md", "x/../z/3.md"]
frontmatter = ["preface.md"]
"""
    root = write(
        tmp_path, "thanks.md", "b.md", "z/2.md", "1.md", "z/3.md", "x/y.md", "preface.md", "other.md", toml=toml
    )
    assert [(chapter.path, chapter.role, chapter.part) for chapter in book_of(root).chapters] == [
        ("preface.md", "front", None),
        ("z/2.md", "body", None),
        ("1.md", "body", None),
        ("z/3.md", "body", None),
        ("b.md", "appendix", None),
        ("thanks.md", "back", None),
    ]


def test_parts_stand_for_chapters(tmp_path: Path) -> None:
    toml = '[[part]]\ntitle = "上"\nchapters = ["b.md"]\n[[part]]\ntitle = "下"\nchapters = ["a.md", "c.txt"]\n'
    book = book_of(write(tmp_path, "a.md", "b.md", "c.txt", "d.md", toml=toml))
    assert [(chapter.path, chapter.part) for chapter in book.chapters] == [
        ("b.md", 0),
        ("a.md", 1),
        ("c.txt", 1),
    ]


def test_listed_matter_is_not_found_again_as_a_chapter(tmp_path: Path) -> None:
    toml = '[book]\nfrontmatter = ["0.md"]\nappendices = ["x/a.md"]\n'
    root = write(tmp_path, "0.md", "1.md", "x/a.md", toml=toml)
    assert order_of(root) == ["0.md", "1.md", "x/a.md"]


def test_every_missing_chapter_is_told_at_its_place(tmp_path: Path) -> None:
    toml = '[book]\nchapters = ["a.md",\n  "bb.md", "part/c.md",\n]\nappendices = ["x"]\n'
    assert messages_of(write(tmp_path, "a.md", "b.md", toml=toml)) == [
        "octavo.toml:3:3: there is no file “bb.md” [file-missing] | did you mean “b.md”?",
        "octavo.toml:3:12: there is no file “part/c.md” [file-missing]",
        "octavo.toml:5:15: there is no file “x” [file-missing]",
    ]


def test_a_missing_chapter_of_a_part_is_told_at_its_place(tmp_path: Path) -> None:
    toml = '[[part]]\ntitle = "a"\nchapters = ["a.md"]\n[[part]]\ntitle = "b"\nchapters = ["a.mdd", "../x.md", "sub"]\n'
    root = write(tmp_path / "book", "a.md", "sub/b.md", toml=toml)
    write(tmp_path, "x.md")
    assert messages_of(root) == [
        "octavo.toml:6:13: there is no file “a.mdd” [file-missing] | did you mean “a.md”?",
        "octavo.toml:6:22: “../x.md” leads out of the book's folder [file-outside-book]",
        "octavo.toml:6:33: “sub” is a folder, not a file [file-not-regular]",
    ]


def test_a_chapter_may_be_listed_once(tmp_path: Path) -> None:
    toml = '[book]\nchapters = ["a.md", "./a.md"]\nappendices = [\n"link.md"]\n'
    root = write(tmp_path, "a.md", toml=toml)
    (root / "link.md").symlink_to("a.md")
    assert messages_of(root) == [
        "octavo.toml:2:21: “./a.md” is listed twice: first on line 2 [configuration-value]",
        "octavo.toml:4:1: “link.md” is listed twice: first on line 2 [configuration-value]",
    ]


@pytest.mark.parametrize("toml", [None, "", "[book]\nchapters = []\n"])
def test_a_book_without_chapters_is_empty(tmp_path: Path, toml: str | None) -> None:
    root = write(tmp_path / "书", "_a.md", "x.txt", "dist/b.md", toml=toml)
    hint = "a chapter is a file whose name ends in .md, and does not begin with _ or ."
    assert messages_of(root) == [f"None: “书” holds no chapter [book-empty] | {hint}"]


def test_a_missing_chapter_is_told_rather_than_an_empty_book(tmp_path: Path) -> None:
    root = write(tmp_path, toml='[book]\nchapters = ["a.md"]\n')
    assert messages_of(root) == ["octavo.toml:2:13: there is no file “a.md” [file-missing]"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, "a.md", "locked/b.md")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert messages_of(root) == ["locked:1:1: the folder “locked” cannot be read: Permission denied [file-unreadable]"]


def test_a_name_that_is_not_utf8_is_refused_in_words_that_can_be_printed(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    (tmp_path / "\udcff.md").write_text("x")
    (message,) = messages_of(tmp_path)
    assert (
        message.encode("utf-8")
        == b"None: the name of \xe2\x80\x9c\\udcff.md\xe2\x80\x9d is not UTF-8 [file-unreadable]"
    )

"""A folder or a file on disk becomes a `Book`, or one says why not."""

import os
import pickle
from pathlib import Path

import pytest

from octavo.book import Settings, SourceFile, read_book
from octavo.diagnostics import Failure, Position, Report, Rule
from octavo.document import ChapterRole

HINT = "PATH is a folder or one Markdown file"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "我的书"
    root.mkdir()
    (root / "a.md").write_text("# 甲\r\n文\x08", encoding="utf-8")
    (root / "b.md").write_text("\ufeff# 乙", encoding="utf-8")
    (root / "octavo.toml").write_text(
        '[book]\ntitle = "题"\nappendices = ["b.md"]\n[limits]\nfile = 200\n', encoding="utf-8"
    )
    return root


def failure_of(path: Path, report: Report | None = None) -> Failure:
    with pytest.raises(Failure) as failed:
        read_book(path, report or Report())
    return failed.value


def test_a_folder_is_a_book(root: Path) -> None:
    report = Report()
    book = read_book(root, report)
    body: ChapterRole = "body"
    assert book.chapters == (SourceFile("a.md", "# 甲\n文", body, listed=False), SourceFile("b.md", "# 乙", "appendix"))
    assert (book.root, book.name, book.single) == (root.resolve(), "我的书", False)
    assert (book.settings.book.title, book.files.limit) == ("题", 200)
    assert [(str(found.position), found.rule) for found in report] == [("a.md:2:2", Rule.CHARACTER_REMOVED)]


def test_the_places_of_settings_are_known(root: Path) -> None:
    configuration = read_book(root, Report()).configuration
    assert configuration.value(("book", "title")) == Position("octavo.toml", 2, 9)
    assert read_book(root / "b.md", Report()).configuration.value(("book",)) == Position("octavo.toml", 1, 1)


def test_a_file_is_a_book_and_the_settings_beside_it_do_not_count(root: Path) -> None:
    book = read_book(root / "b.md", Report())
    assert book.chapters == (SourceFile("b.md", "# 乙"),)
    assert (book.root, book.name, book.single) == (root.resolve(), "b", True)
    assert book.settings == Settings()
    assert book.files.read_text("a.md", None).startswith("# 甲")


def test_a_book_can_be_handed_to_a_worker(root: Path) -> None:
    book = read_book(root, Report())
    book.configuration.value(("book",))
    assert pickle.loads(pickle.dumps(book)) == book


def test_a_path_may_be_relative_or_a_link(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert read_book(Path(), Report()).name == "我的书"
    assert read_book(Path("b.md"), Report()).root == root.resolve()
    (root.parent / "link.md").symlink_to(root / "b.md")
    linked = read_book(root.parent / "link.md", Report())
    assert (linked.root, linked.name, linked.chapters[0].path) == (root.resolve(), "link", "b.md")


def test_a_path_that_is_not_there_has_a_hint(root: Path) -> None:
    found = failure_of(root / "aa.md").diagnostic
    assert (found.rule, found.position, found.hint) == (Rule.PATH_NOT_FOUND, None, "did you mean “a.md”?")
    assert found.message == f"there is nothing at “{root / 'aa.md'}”"


@pytest.mark.parametrize("name", ["a.md/x", "x\0y", "nothing/at/all", "x" * 300])
def test_impossible_paths_are_not_found(root: Path, name: str) -> None:
    assert failure_of(root / name).diagnostic.rule in (Rule.PATH_NOT_FOUND, Rule.FILE_UNREADABLE)


def test_other_files_are_no_book(root: Path) -> None:
    found = failure_of(root / "octavo.toml").diagnostic
    assert (found.rule, found.hint) == (Rule.PATH_NOT_FOUND, HINT)
    os.mkfifo(root / "p.md")
    found = failure_of(root / "p.md").diagnostic
    assert (found.rule, found.hint) == (Rule.FILE_NOT_REGULAR, HINT)
    assert found.message == f"“{root / 'p.md'}” is a pipe"


def test_a_link_to_itself_is_unreadable(root: Path) -> None:
    (root / "loop.md").symlink_to("loop.md")
    assert failure_of(root / "loop.md").diagnostic.rule is Rule.FILE_UNREADABLE


def test_errors_of_the_configuration_are_all_reported(root: Path) -> None:
    (root / "octavo.toml").write_text("[book]\ntitle = 1\nkind = 2\n")
    report = Report()
    report.add(Rule.DATE_ASSUMED, None, "from before")
    failure = failure_of(root, report)
    assert [str(found.position) for found in report] == ["None", "octavo.toml:2:9", "octavo.toml:3:8"]
    assert failure.diagnostic == list(report)[-1]


def test_a_configuration_that_is_no_text_of_the_book_is_refused(root: Path) -> None:
    configuration = root / "octavo.toml"
    configuration.write_bytes(b"# \xff")
    assert str(failure_of(root).diagnostic.position) == "octavo.toml:1:3"
    configuration.unlink()
    configuration.mkdir()
    assert failure_of(root).diagnostic.rule is Rule.FILE_NOT_REGULAR
    configuration.rmdir()
    configuration.symlink_to("/etc/passwd")
    assert failure_of(root).diagnostic.rule is Rule.FILE_OUTSIDE_BOOK
    configuration.unlink()
    configuration.symlink_to("nothing.toml")
    assert failure_of(root).diagnostic.rule is Rule.FILE_MISSING


def test_failures_of_all_chapters_are_reported_before_one_is_raised(root: Path) -> None:
    (root / "c.md").write_bytes(b"x\n\xff")
    (root / "d.md").write_bytes(b"x" * 201)
    (root / "e.md").symlink_to("/etc/passwd")
    os.mkfifo(root / "f.md")
    report = Report()
    failure = failure_of(root, report)
    found = {str(found.position): found.rule for found in report if found.rule is not Rule.CHARACTER_REMOVED}
    assert found == {
        "c.md:2:1": Rule.NOT_UTF8,
        "d.md:1:1": Rule.FILE_TOO_LARGE,
        "e.md:1:1": Rule.FILE_OUTSIDE_BOOK,
        "f.md:1:1": Rule.FILE_NOT_REGULAR,
    }
    assert failure.diagnostic in list(report)


def test_a_single_file_in_error_fails(root: Path) -> None:
    (root / "c.md").write_bytes(b"x\n\xff")
    assert str(failure_of(root / "c.md").diagnostic.position) == "c.md:2:1"


def test_a_single_file_whose_name_is_not_utf8_is_refused(root: Path) -> None:
    (root / "\udcff.md").write_text("x")
    found = failure_of(root / "\udcff.md").diagnostic
    assert (found.rule, found.message) == (Rule.FILE_UNREADABLE, "the name of “\\udcff.md” is not UTF-8")


def test_folders_deeper_than_the_system_can_name_are_a_failure(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "deep").mkdir()
    monkeypatch.chdir(root / "deep")
    for _ in range(30):
        Path("x" * 200).mkdir()
        os.chdir("x" * 200)
    assert failure_of(root).diagnostic.rule is Rule.FILE_UNREADABLE

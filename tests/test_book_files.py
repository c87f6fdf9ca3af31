"""The one resolver: what it admits, and each refusal."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.book import Files, clean
from octavo.diagnostics import Diagnostic, Failure, Position, Report, Rule

HERE = Position("a.md", 3, 5)
LIMIT = 100


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    (root / "img").mkdir(parents=True)
    (root / "img" / "plot.svg").write_bytes(b"<svg/>")
    (root / "README.md").write_text("# 题\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "book-2").mkdir()
    (tmp_path / "book-2" / "x.md").write_text("x")
    return root


def refusal(root: Path, relative: str) -> Diagnostic:
    """Return the diagnostic with which both `find` and `read_bytes` refuse."""
    files = Files(root, LIMIT)
    with pytest.raises(Failure) as failed:
        files.find(relative, HERE)
    with pytest.raises(Failure) as again:
        files.read_bytes(relative, HERE)
    assert failed.value.diagnostic == again.value.diagnostic
    assert failed.value.diagnostic.position == HERE
    return failed.value.diagnostic


def test_files_inside_the_root_are_read(root: Path) -> None:
    files = Files(root, LIMIT)
    assert files.read_bytes("img/plot.svg", HERE) == b"<svg/>"
    assert files.read_bytes("./img/../img//plot.svg", HERE) == b"<svg/>"
    assert files.read_text("README.md", None) == "# 题\n"
    assert files.find("img/plot.svg", HERE) == (root / "img" / "plot.svg").resolve()


def test_the_root_may_be_relative_or_a_link(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    assert Files(Path("book"), LIMIT).read_bytes("img/plot.svg", HERE) == b"<svg/>"
    (root.parent / "link").symlink_to(root)
    assert Files(root.parent / "link", LIMIT).read_bytes("img/plot.svg", HERE) == b"<svg/>"


def test_links_that_stay_inside_are_followed(root: Path) -> None:
    (root / "pictures").symlink_to("img")
    (root / "absolute.svg").symlink_to(root / "img" / "plot.svg")
    files = Files(root, LIMIT)
    assert files.read_bytes("pictures/plot.svg", HERE) == b"<svg/>"
    assert files.read_bytes("absolute.svg", HERE) == b"<svg/>"


def test_the_name_of_a_file_may_hold_a_colon(root: Path) -> None:
    for name in ("Part: one.md", "ch1:intro.md"):
        (root / name).write_text("x")
        assert Files(root, LIMIT).read_bytes(name, HERE) == b"x"


@pytest.mark.parametrize(
    ("relative", "message", "hint"),
    [
        ("img/plto.svg", "there is no file “img/plto.svg”", "did you mean “plot.svg”?"),
        ("img/PLOT.SVG", "there is no file “img/PLOT.SVG”", "did you mean “plot.svg”?"),
        ("readme.md", "there is no file “readme.md”", "did you mean “README.md”?"),
        ("imgs/deep/plot.svg", "there is no file “imgs/deep/plot.svg”", "did you mean “img”?"),
        ("nothing-like-it.pdf", "there is no file “nothing-like-it.pdf”", None),
        ("README.md/x", "there is no file “README.md/x”", None),
        ("x" * 300, f"there is no file “{'x' * 200}…”", None),
        ("a\0b", "“a\\x00b” holds a character that no file name can hold", None),
        ("a\ud800", "“a\\ud800” holds a character that no file name can hold", None),
        ("a\nb", "there is no file “a\\nb”", None),
    ],
)
def test_missing_files_have_a_hint(root: Path, relative: str, message: str, hint: str | None) -> None:
    assert refusal(root, relative) == Diagnostic(rule=Rule.FILE_MISSING, position=HERE, message=message, hint=hint)


def test_a_link_to_nothing_is_missing(root: Path) -> None:
    (root / "x.svg").symlink_to("nothing.svg")
    assert refusal(root, "x.svg").rule is Rule.FILE_MISSING


@pytest.mark.parametrize(
    ("relative", "message"),
    [
        ("../secret.txt", "“../secret.txt” leads out of the book's folder"),
        ("img/../../secret.txt", "“img/../../secret.txt” leads out of the book's folder"),
        ("../book-2/x.md", "“../book-2/x.md” leads out of the book's folder"),
        ("../nothing", "“../nothing” leads out of the book's folder"),
        ("..", "“..” leads out of the book's folder"),
        ("/etc/passwd", "“/etc/passwd” is an absolute path"),
        ("//host/share", "“//host/share” is an absolute path"),
        ("\\\\host\\share", "“\\\\host\\share” is an absolute path"),
        ("C:\\x", "“C:\\x” is an absolute path"),
        ("file:///etc/passwd", "“file:///etc/passwd” is an address, not a file of the book"),
        ("file:README.md", "“file:README.md” is an address, not a file of the book"),
        ("https://example.org/x.png", "“https://example.org/x.png” is an address, not a file of the book"),
        ("data:image/png;base64,AA", "“data:image/png;base64,AA” is an address, not a file of the book"),
        ("C:x", "“C:x” is an address, not a file of the book"),
    ],
)
def test_nothing_outside_is_admitted(root: Path, relative: str, message: str) -> None:
    found = refusal(root, relative)
    assert (found.rule, found.message) == (Rule.FILE_OUTSIDE_BOOK, message)


def test_links_that_lead_out_are_refused(root: Path) -> None:
    (root / "secret.txt").symlink_to("../secret.txt")
    (root / "up").symlink_to("..")
    (root / "passwd").symlink_to("/etc/passwd")
    assert {refusal(root, name).rule for name in ("secret.txt", "up/secret.txt", "passwd")} == {Rule.FILE_OUTSIDE_BOOK}


def test_only_regular_files_are_admitted(root: Path) -> None:
    os.mkfifo(root / "pipe")
    assert refusal(root, "img").message == "“img” is a folder, not a file"
    assert refusal(root, "").message == "“” is a folder, not a file"
    found = refusal(root, "pipe")
    assert (found.rule, found.message) == (Rule.FILE_NOT_REGULAR, "“pipe” is a pipe, not a file")


def test_sockets_and_devices_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)  # the address of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert refusal(root, "s").message == "“s” is a socket, not a file"
    assert refusal(Path("/dev"), "null").message == "“null” is a device, not a file"


def test_large_files_are_refused(root: Path) -> None:
    (root / "exact").write_bytes(b"x" * LIMIT)
    (root / "large").write_bytes(b"x" * (LIMIT + 1))
    assert len(Files(root, LIMIT).read_bytes("exact", HERE)) == LIMIT
    found = refusal(root, "large")
    assert (found.rule, found.message) == (Rule.FILE_TOO_LARGE, "“large” has 101 bytes; the limit is 100")
    assert found.hint == "raise `file` in [limits] of octavo.toml"


def test_a_link_to_itself_is_unreadable(root: Path) -> None:
    (root / "loop").symlink_to("loop")
    found = refusal(root, "loop")
    assert (found.rule, found.message) == (
        Rule.FILE_UNREADABLE,
        "“loop” is a symbolic link that leads in a circle",
    )


def test_what_the_system_refuses_is_unreadable(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Files, path: Path) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Files, "_open", refuse)
    with pytest.raises(Failure) as failed:
        Files(root, LIMIT).read_bytes("README.md", HERE)
    assert failed.value.diagnostic.rule is Rule.FILE_UNREADABLE
    assert failed.value.diagnostic.message == "“README.md” cannot be read: Permission denied"


def exchange_before_opening(monkeypatch: pytest.MonkeyPatch, exchange: Callable[[], object]) -> None:
    """Let `exchange` happen between the moment a file is found and the moment it is opened."""
    opens = Files._open

    def late(self: Files, path: Path) -> int:
        exchange()
        return opens(self, path)

    monkeypatch.setattr(Files, "_open", late)


def test_a_file_that_turns_into_a_pipe_does_not_hang(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exchange() -> None:
        (root / "README.md").unlink()
        os.mkfifo(root / "README.md")

    exchange_before_opening(monkeypatch, exchange)
    with pytest.raises(Failure) as failed:
        Files(root, LIMIT).read_bytes("README.md", HERE)
    assert failed.value.diagnostic.rule is Rule.FILE_NOT_REGULAR


def test_a_file_that_turns_into_a_link_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exchange() -> None:
        (root / "README.md").unlink()
        (root / "README.md").symlink_to("../secret.txt")

    exchange_before_opening(monkeypatch, exchange)
    with pytest.raises(Failure) as failed:
        Files(root, LIMIT).read_bytes("README.md", HERE)
    assert failed.value.diagnostic.rule is Rule.FILE_UNREADABLE


def test_a_folder_that_turns_into_a_link_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root.parent / "plot.svg").write_text("secret")

    def exchange() -> None:
        (root / "img").rename(root / "old")
        (root / "img").symlink_to("..")

    exchange_before_opening(monkeypatch, exchange)
    with pytest.raises(Failure) as failed:
        Files(root, LIMIT).read_bytes("img/plot.svg", HERE)
    assert failed.value.diagnostic.rule in (Rule.FILE_UNREADABLE, Rule.FILE_MISSING)


def test_a_file_that_grows_or_becomes_a_folder_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange_before_opening(monkeypatch, lambda: (root / "README.md").write_bytes(b"x" * 200))
    with pytest.raises(Failure) as failed:
        Files(root, LIMIT).read_bytes("README.md", HERE)
    assert failed.value.diagnostic.rule is Rule.FILE_TOO_LARGE


def test_no_descriptor_is_left_open(root: Path) -> None:
    files = Files(root, 5)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for name in ("README.md", "img/plot.svg", "img", "nothing"):
        try:
            files.read_bytes(name, HERE)
        except Failure:
            continue
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfa\n", "a\n"),
        (b"a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("书".encode(), "书"),
        (b"", ""),
        (b"a\x0bb\xc2\x85c", "a\x0bb\x85c"),
    ],
)
def test_texts_lose_the_mark_and_get_line_feeds(root: Path, data: bytes, text: str) -> None:
    (root / "x.md").write_bytes(data)
    assert Files(root, LIMIT).read_text("x.md", HERE) == text


@pytest.mark.parametrize(
    ("data", "place", "message", "hint"),
    [
        (b"a\r\nb\r\xe4\xb9\xa6x\xff", (3, 3), "byte 0xFF is not UTF-8", "save the file as UTF-8"),
        (b"\xef\xbb\xbfab\x80", (1, 3), "byte 0x80 is not UTF-8", "save the file as UTF-8"),
        (b"\xff\xfeh\0", (1, 1), "byte 0xFF is not UTF-8", "the file is UTF-16: save it as UTF-8"),
        ("# 中文\n".encode("gb18030"), (1, 3), "byte 0xD6 is not UTF-8", "the file may be GB 18030: save it as UTF-8"),
        (b"a\n\xed\xa0\x80", (2, 1), "byte 0xED is not UTF-8", "save the file as UTF-8"),
        (b"caf\xe9 x", (1, 4), "byte 0xE9 is not UTF-8", "save the file as UTF-8"),
    ],
)
def test_other_encodings_are_refused_at_the_first_wrong_byte(
    root: Path, data: bytes, place: tuple[int, int], message: str, hint: str
) -> None:
    (root / "x.md").write_bytes(data)
    with pytest.raises(Failure) as failed:
        Files(root, LIMIT).read_text("x.md", HERE)
    found = Diagnostic(rule=Rule.NOT_UTF8, position=Position("x.md", *place), message=message, hint=hint)
    assert failed.value.diagnostic == found


def test_forbidden_characters_are_removed_and_reported() -> None:
    report = Report()
    assert clean("a\x08b\n书\x0c\ufffe\t\x7f\U0010ffff", "x.md", report) == "ab\n书\t\x7f\U0010ffff"
    assert [(str(found.position), found.message) for found in report] == [
        ("x.md:1:2", "U+0008 cannot stand in HTML or EPUB and was removed"),
        ("x.md:2:2", "U+000C cannot stand in HTML or EPUB and was removed"),
        ("x.md:2:3", "U+FFFE cannot stand in HTML or EPUB and was removed"),
    ]
    assert {found.rule for found in report} == {Rule.CHARACTER_REMOVED}


def test_a_clean_text_comes_back_as_it_is() -> None:
    report = Report()
    text = "# 题\n"
    assert clean(text, "x.md", report) is text
    assert not list(report)


def test_after_ten_removals_only_their_number_is_told() -> None:
    report = Report()
    assert clean("x\n" + "\0\n" * 500, "x.md", report) == "x\n" + "\n" * 500
    found = list(report)
    assert len(found) == 11
    assert (str(found[-1].position), found[-1].message) == (
        "x.md:12:1",
        "490 more such characters from here on were removed",
    )

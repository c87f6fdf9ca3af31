"""Outputs move into place whole, or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from octavo import publish
from octavo.diagnostics import Failure, Report, Rule
from octavo.publish import MARK, staging

ROOT = Path(__file__).resolve().parent.parent


def build(output: Path, text: str) -> None:
    """Publish a book whose every output says `text`."""
    with staging(output, Report()) as place:
        write(place, text)


def write(place: Path, text: str) -> None:
    (place / "book.pdf").write_text(text)
    (place / "site").mkdir()
    (place / "site" / "index.html").write_text(text)


def read(output: Path) -> dict[str, str]:
    """Return what the output folder holds, our mark left out."""
    files = (path for path in sorted(output.rglob("*")) if path.is_file() and path.name != MARK)
    return {path.relative_to(output).as_posix(): path.read_text() for path in files}


def whole(text: str) -> dict[str, str]:
    return {"book.pdf": text, "site/index.html": text}


def refusal(output: Path) -> str:
    """Build, expect a refusal, and return what it says."""
    with pytest.raises(Failure) as failure:
        build(output, "new")
    assert failure.value.diagnostic.rule is Rule.OUTPUT_REFUSED
    assert failure.value.diagnostic.hint
    return failure.value.diagnostic.message


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "dist"


@pytest.fixture(params=["exchange", "two renames"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace folders in the two ways that systems offer."""
    if request.param == "two renames":
        monkeypatch.setattr(publish, "_exchange", lambda one, other: False)


# Success


def test_outputs_arrive_in_a_folder_that_was_not_there(output: Path) -> None:
    build(output, "first")
    assert read(output) == whole("first")
    assert sorted(path.name for path in output.iterdir()) == ["book.pdf", "site"]


@pytest.mark.usefixtures("either_way")
def test_a_second_build_replaces_the_first(output: Path) -> None:
    build(output, "first")
    (output / "site" / "gone.html").write_text("of a chapter that was renamed")
    (output / "other.epub").write_text("another book")
    build(output, "second")
    assert read(output) == {**whole("second"), "other.epub": "another book"}
    assert sorted(path.name for path in output.iterdir()) == ["book.pdf", "other.epub", "site"]


@pytest.mark.skipif(sys.platform != "linux", reason="the file systems of Linux that tests run on can exchange")
def test_folders_are_exchanged_in_one_step_where_the_system_can(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "one" / "file").touch()
    assert publish._exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "other" / "file").exists()


def test_modes_follow_the_umask(output: Path) -> None:
    before = os.umask(0o027)
    try:
        build(output, "text")
    finally:
        os.umask(before)
    assert (output / "book.pdf").stat().st_mode & 0o777 == 0o640
    assert (output / "site").stat().st_mode & 0o777 == 0o750
    assert (output / "site" / "index.html").stat().st_mode & 0o777 == 0o640


# Failure


def test_an_exception_keeps_what_was_there(output: Path) -> None:
    build(output, "first")
    with pytest.raises(ZeroDivisionError), staging(output, Report()) as place:
        write(place, "second")
        raise ZeroDivisionError
    assert read(output) == whole("first")


def test_an_error_in_the_report_keeps_what_was_there(output: Path) -> None:
    build(output, "first")
    report = Report()
    with staging(output, report) as place:
        write(place, "second")
        report.add(Rule.GLYPH_MISSING, None, "no font has it")
    assert read(output) == whole("first")


def test_a_failed_first_build_leaves_no_folder(output: Path) -> None:
    with pytest.raises(ZeroDivisionError), staging(output, Report()):
        raise ZeroDivisionError
    assert not output.exists()


@pytest.mark.usefixtures("either_way")
def test_a_move_that_fails_undoes_those_before_it(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(output, "first")
    replace = Path.replace

    def refuse_last(path: Path, target: Path) -> Path:
        if path.name == "z.epub":
            raise PermissionError(13, "open in a reader", str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse_last)
    with pytest.raises(Failure, match="open in a reader"), staging(output, Report()) as place:
        write(place, "second")
        (place / "a.html").touch()
        (place / "z.epub").touch()
    assert read(output) == whole("first")
    assert (output / "site" / MARK).is_file()


def test_a_full_disk_is_a_diagnostic(output: Path) -> None:
    with pytest.raises(Failure, match="No space left"), staging(output, Report()):
        raise OSError(28, "No space left on device")


def test_an_error_about_another_file_stays_what_it_is(output: Path) -> None:
    with pytest.raises(FileNotFoundError), staging(output, Report()):
        Path("no-such-chapter.md").read_text()


# Refusals


@pytest.mark.parametrize("kind", ["folder", "empty folder", "file", "link"])
def test_a_site_that_is_not_ours_is_refused(output: Path, tmp_path: Path, kind: str) -> None:
    output.mkdir(parents=True)
    foreign = output / "site"
    if kind == "file":
        foreign.touch()
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / MARK).touch()
        foreign.symlink_to(tmp_path / "elsewhere")
    else:
        foreign.mkdir()
        (foreign / "thesis.doc" if kind == "folder" else tmp_path / "nothing").write_text("years of work")
    before = read(output)
    assert "site was not written by Octavo" in refusal(output)
    assert read(output) == before


def test_a_folder_where_a_file_has_to_go_is_refused(output: Path) -> None:
    (output / "book.pdf").mkdir(parents=True)
    assert "book.pdf is a folder" in refusal(output)
    assert not (output / "site").exists()


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dist").touch()
    assert "it is not a folder" in refusal(tmp_path / "dist")
    assert "it is not a folder" in refusal(tmp_path / "dist" / "deeper")


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_an_output_that_cannot_be_written_to_is_refused(output: Path) -> None:
    build(output, "first")
    output.chmod(0o555)
    with without_privileges():
        message = refusal(output)
    assert "cannot be written to" in message
    output.chmod(0o755)
    assert read(output) == whole("first")


@contextmanager
def without_privileges() -> Iterator[None]:
    """Run as nobody where the tests run as root, whom no mode stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


# Builds that were killed, builds at the same time


def start(output: Path, lines: str) -> subprocess.Popen[str]:
    """Start a build in a process of its own: `lines` run inside `staging`, indented by four."""
    script = f"""
import os, signal, sys
from pathlib import Path
from octavo import publish
from octavo.diagnostics import Report
with publish.staging(Path({str(output)!r}), Report()) as place:
    (place / "book.pdf").write_text("killed")
    (place / "site").mkdir()
    (place / "site" / "index.html").write_text("killed")
{lines}
"""
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)


WAIT = '    print("ready", flush=True)\n    signal.pause()'
DIE_BETWEEN_RENAMES = """
    publish._exchange = lambda one, other: False
    rename = Path.rename
    def once(path, target):
        rename(path, target)
        os.kill(os.getpid(), signal.SIGKILL)
    Path.rename = once
"""


@contextmanager
def running(output: Path) -> Iterator[subprocess.Popen[str]]:
    """Keep a build waiting in the middle of its work."""
    process = start(output, WAIT)
    assert process.stdout is not None
    with process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def folders_of_builds(output: Path) -> list[Path]:
    return list(output.glob(".octavo-build-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="no locks on folders")
def test_a_killed_build_changes_nothing_and_the_next_clears_up(output: Path) -> None:
    build(output, "first")
    with running(output) as process:
        process.send_signal(signal.SIGKILL)
    assert read(output).items() >= whole("first").items()
    assert len(folders_of_builds(output)) == 1
    with staging(output, Report()) as place:
        assert folders_of_builds(output) == [place.parent]
    assert read(output) == whole("first")


@pytest.mark.skipif(sys.platform == "win32", reason="no locks on folders")
def test_a_running_build_is_left_alone(output: Path) -> None:
    with running(output):
        build(output, "other")
        assert len(folders_of_builds(output)) == 1
    assert read(output).items() >= whole("other").items()


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9")
def test_a_folder_whose_exchange_was_cut_short_comes_back(output: Path) -> None:
    build(output, "first")
    process = start(output, DIE_BETWEEN_RENAMES)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not (output / "site").exists()
    with pytest.raises(ZeroDivisionError), staging(output, Report()):
        raise ZeroDivisionError
    assert (output / "site" / "index.html").read_text() == "first"
    assert folders_of_builds(output) == []


def test_a_folder_that_only_looks_like_ours_is_left_alone(output: Path) -> None:
    notes = output / ".octavo-build-notes" / "text.md"
    notes.parent.mkdir(parents=True)
    notes.write_text("mine")
    build(output, "first")
    assert notes.read_text() == "mine"


def test_without_locks_only_what_is_old_is_cleared(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def no_lock(folder: Path, *, wait: bool = True) -> Iterator[None]:
        yield None

    monkeypatch.setattr(publish, "_lock", no_lock)
    for name in ("fresh", "old"):
        (output / f".octavo-build-{name}" / "new").mkdir(parents=True)
    os.utime(output / ".octavo-build-old", (0, 0))
    build(output, "first")
    assert [path.name for path in folders_of_builds(output)] == [".octavo-build-fresh"]


@pytest.mark.skipif(sys.platform == "win32", reason="no locks on folders")
def test_builds_at_the_same_time_never_mix(output: Path) -> None:
    lines = "    pass"
    processes = [start(output, lines) for _ in range(4)]
    for turn in range(20):
        build(output, f"turn {turn}")
        assert read_settled(output) in (whole(f"turn {turn}"), whole("killed"))
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    assert folders_of_builds(output) == []


def read_settled(output: Path) -> dict[str, str]:
    """Read the two outputs while no build moves its own in."""
    with publish._exclusive(output):
        return {name: (output / name).read_text() for name in whole("")}

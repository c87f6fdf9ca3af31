"""The commands, as a reader of the command line meets them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from octavo import __version__, recipe
from octavo.cli import main

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = '[book]\ntitle = "A book"\nlanguage = "en"\ndate = 2025-01-01\nslug = "book"\n'
GOOD = "# One\n\nText.\n"
WARNED = "# One\n\n### Three\n\nText.\n"
BROKEN = "# One\n\nTo [nowhere](#on).\n"
FAILED = "chapter.md:3:4: error: nothing has the identifier “on” [link-not-found]\n    did you mean “one”?\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give a folder with a book of one chapter."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "octavo.toml").write_text(CONFIGURATION)
    (folder / "chapter.md").write_text(GOOD)
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "dist"


def octavo(*arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    command = [sys.executable, "-m", "octavo", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, text=True, timeout=60, check=False)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What is built


def test_html_builds_the_site_and_the_single_page(book: Path, output: Path) -> None:
    assert octavo("html", book, "--output", output).exit_code == 0
    assert sorted(path.name for path in output.iterdir()) == ["book.html", "site"]


def test_epub_builds_the_epub_alone(book: Path, output: Path) -> None:
    assert octavo("epub", book, "--output", output).exit_code == 0
    assert [path.name for path in output.iterdir()] == ["book.epub"]


def test_pdf_builds_the_pdf_alone(book: Path, output: Path) -> None:
    assert octavo("pdf", book, "--output", output).exit_code == 0
    assert [path.name for path in output.iterdir()] == ["book.pdf"]


@pytest.mark.canary  # of the tags, without which a PDF claims nothing
def test_the_standard_of_the_pdf_is_that_of_the_command(book: Path, output: Path) -> None:
    (book / "octavo.toml").write_text(f'{CONFIGURATION}[pdf]\nstandard = "ua-1"\n')
    for asked, version in (((), b"%PDF-1.7"), (("--standard", "ua-2"), b"%PDF-2.0")):
        assert octavo("build", book, "--to", "pdf", *asked, "--output", output).exit_code == 0
        assert (output / "book.pdf").read_bytes().startswith(version)


def test_a_standard_that_nobody_knows_is_wrong_usage(book: Path, output: Path) -> None:
    result = octavo("pdf", book, "--standard", "ua-3", "--output", output)
    assert (result.exit_code, output.exists()) == (2, False)
    assert "'ua-2'" in result.output


def test_build_makes_what_it_is_told_and_each_once(book: Path, output: Path) -> None:
    assert octavo("build", book, "--to", "epub", "--to", "html", "--to", "epub", "--output", output).exit_code == 0
    assert sorted(path.name for path in output.iterdir()) == ["book.epub", "book.html", "site"]


def test_build_makes_everything_unless_told(book: Path, output: Path) -> None:
    assert octavo("build", book, "--output", output).exit_code == 0
    assert sorted(path.name for path in output.iterdir()) == ["book.epub", "book.html", "book.pdf", "site"]


def test_outputs_go_to_dist_under_the_working_directory(book: Path, tmp_path: Path) -> None:
    assert run("html", book, cwd=tmp_path).returncode == 0
    assert (tmp_path / "dist" / "book.html").is_file()


def test_one_file_is_a_book_too(book: Path, output: Path) -> None:
    assert octavo("html", book / "chapter.md", "--output", output).exit_code == 0
    assert (output / "chapter.html").is_file()


def test_the_single_page_can_be_left_out(book: Path, output: Path) -> None:
    (book / "octavo.toml").write_text(CONFIGURATION + "[html]\nsingle = false\n")
    assert octavo("html", book, "--output", output).exit_code == 0
    assert [path.name for path in output.iterdir()] == ["site"]


# Exit statuses


def test_a_good_book_is_built_in_silence(book: Path, output: Path) -> None:
    result = run("html", book, "--output", output)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_an_error_is_status_one(book: Path, output: Path) -> None:
    (book / "chapter.md").write_text(BROKEN)
    result = run("html", book, "--output", output)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", FAILED)


def test_a_path_that_is_not_there_is_status_one(book: Path, output: Path) -> None:
    result = octavo("html", book.with_name("sorce"), "--output", output)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[1] == "    did you mean “source”?"


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("html", "a", "b"),
        ("build", "a", "--to", "docx"),
        ("html", "a", "--messages", "xml"),
        ("print", "a"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_two(arguments: tuple[str, ...]) -> None:
    result = octavo(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")


def test_an_output_that_is_a_file_is_wrong_usage(book: Path, output: Path) -> None:
    output.write_text("a file")
    assert octavo("html", book, "--output", output).exit_code == 2


def test_control_c_is_status_130(book: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(recipe, "build", interrupted)
    result = octavo("html", book, "--output", output)
    assert (result.exit_code, result.output) == (130, "")


def test_control_c_leaves_nothing_half_written(book: Path, output: Path) -> None:
    assert octavo("html", book, "--output", output).exit_code == 0
    before = tree(output)
    program = (
        "import signal, time; from octavo import cli, writers\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what runs in the background may have it ignored
        "def write(edition, folder, breaks):\n"
        "    (folder / 'book.html').write_text('half'); print('writing', flush=True); time.sleep(60)\n"
        "writers._write_html = write; cli.main()\n"
    )
    command = [sys.executable, "-c", program, "html", str(book), "--output", str(output)]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "writing\n"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, "")
    assert tree(output) == before


# Messages


def test_messages_are_a_line_each_sorted_by_place(book: Path, output: Path) -> None:
    (book / "chapter.md").write_text("# One\n\n### Three\n\n[a](#a) ![](b.png)\n\n<o>x</y>\n")
    lines = octavo("html", book, "--output", output).stderr.splitlines()
    messages = [line for line in lines if not line.startswith("    ")]
    places = [tuple(map(int, re.findall(r"^chapter\.md:(\d+):(\d+): ", line)[0])) for line in messages]
    assert places == sorted(places)
    assert len(places) == 6
    assert all(re.search(r": (error|warning|note): .* \[[a-z-]+\]$", line) for line in messages)


def test_messages_as_json_are_an_object_a_line(book: Path, output: Path) -> None:
    (book / "chapter.md").write_text(BROKEN)
    result = octavo("html", book, "--output", output, "--messages", "json")
    assert [json.loads(line) for line in result.stderr.splitlines()] == [
        {
            "rule": "link-not-found",
            "severity": "error",
            "file": "chapter.md",
            "line": 3,
            "column": 4,
            "message": "nothing has the identifier “on”",
            "hint": "did you mean “one”?",
        }
    ]


def test_messages_for_github_are_workflow_commands(book: Path, output: Path) -> None:
    (book / "50%, a:b.md").write_text("# Two\n\nTo [nowhere](#on).\n")
    result = octavo("html", book, "--output", output, "--messages", "github")
    assert result.stderr == (
        "::error file=50%25%2C a%3Ab.md,line=3,col=4::"
        "nothing has the identifier “on”%0Adid you mean “one”? [link-not-found]\n"
    )


def test_a_message_without_a_place_has_none(book: Path, output: Path) -> None:
    messages = [octavo("html", book / "no", "--messages", form).stderr for form in ("text", "json", "github")]
    assert messages[0].startswith("error: there is nothing at ")
    assert json.loads(messages[1])["file"] is None
    assert messages[2].startswith("::error::there is nothing at ")


# Options


def test_a_warning_builds_and_fails_under_strict(book: Path, output: Path) -> None:
    (book / "chapter.md").write_text(WARNED)
    result = octavo("html", book, "--output", output)
    assert result.exit_code == 0
    assert ": warning: " in result.stderr
    before = tree(output)
    (book / "chapter.md").write_text(WARNED + "\nMore.\n")
    result = octavo("html", book, "--output", output, "--strict")
    assert result.exit_code == 1
    assert ": error: " in result.stderr
    assert tree(output) == before


def test_a_note_does_not_fail_under_strict(book: Path, output: Path) -> None:
    (book / "octavo.toml").write_text(CONFIGURATION.replace('language = "en"\n', ""))
    result = octavo("html", book, "--output", output, "--strict")
    assert result.exit_code == 0
    assert ": note: " in result.stderr


def test_timings_tell_each_stage(book: Path, output: Path) -> None:
    result = octavo("build", book, "--to", "html", "--to", "epub", "--output", output, "--timings")
    stages = [line.split() for line in result.stderr.splitlines()]
    assert [words[0] for words in stages] == ["read", "parse", "normalise", "epub", "html"]
    assert all(float(seconds) >= 0 and unit == "s" for _, seconds, unit in stages)


# An error changes nothing


def test_an_error_leaves_earlier_outputs_as_they_were(book: Path, output: Path) -> None:
    assert octavo("build", book, "--to", "html", "--to", "epub", "--output", output).exit_code == 0
    before = tree(output)
    (book / "chapter.md").write_text(BROKEN)
    assert octavo("build", book, "--to", "html", "--to", "epub", "--output", output).exit_code == 1
    assert tree(output) == before
    assert sorted(path.name for path in output.iterdir()) == ["book.epub", "book.html", "site"]


def test_an_error_of_the_second_format_keeps_the_first_back(book: Path, output: Path) -> None:
    (book / "octavo.toml").write_text(CONFIGURATION + '[theme]\nserif = "No Such Serif"\n')
    assert octavo("build", book, "--to", "html", "--to", "pdf", "--output", output).exit_code == 1
    assert not output.exists()


def test_two_builds_are_the_same_bytes(book: Path, output: Path) -> None:
    built = []
    for _ in range(2):
        assert octavo("build", book, "--output", output).exit_code == 0
        built.append(tree(output))
    assert built[0] == built[1]


# The other commands


def test_check_reads_what_was_built(book: Path, output: Path) -> None:
    assert octavo("html", book, "--output", output).exit_code == 0
    assert octavo("check", book, "--output", output).exit_code == 0
    page = output / "site" / "chapter.html"
    page.write_text(page.read_text("utf-8").replace("<p>Text.</p>", ""), "utf-8")
    result = octavo("check", book, "--output", output)
    assert (result.exit_code, result.stderr) == (
        1,
        "chapter.md:3:1: error: the site lacks the text “Text.” [check-text-missing]\n",
    )


@pytest.mark.canary
def test_check_builds_where_nothing_is_named(book: Path, tmp_path: Path) -> None:
    before = tree(tmp_path)
    assert octavo("check", book).exit_code == 0
    assert tree(tmp_path) == before


def test_check_says_that_there_is_nothing(book: Path, output: Path) -> None:
    output.mkdir()
    result = octavo("check", book, "--output", output)
    assert result.exit_code == 1
    assert "[path-not-found]" in result.stderr


def test_explain_tells_a_rule(book: Path) -> None:
    result = octavo("explain", "layout-failed")
    assert result.exit_code == 0
    assert result.stdout.startswith("# layout-failed\n")
    assert result.stdout.endswith("Severity: error\n")


def test_explain_names_the_nearest_rule() -> None:
    result = octavo("explain", "layout-faild")
    assert result.exit_code == 2
    assert "did you mean “layout-failed”?" in result.stderr


def test_doctor_says_what_there_is() -> None:
    result = octavo("doctor")
    assert all(line[0] in "✓✗– " for line in result.stdout.splitlines())
    assert result.exit_code == ("✗" in result.stdout)


def test_a_judge_is_no_part_of_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGES_HOME", str(tmp_path))
    lines = octavo("doctor").stdout.splitlines()
    assert "– EPUBCheck, which octavo check --judges asks" in lines
    assert "make judges" in lines[lines.index("– EPUBCheck, which octavo check --judges asks") + 1]


def test_version_and_help() -> None:
    assert octavo("--version").stdout == f"octavo, version {__version__}\n"
    assert octavo("-h").exit_code == 0


def test_help_imports_nothing_heavy() -> None:
    heavy = (
        "weasyprint",
        "pydantic",
        "jinja2",
        "ebooklib",
        "rich",
        "markdown_it",
        "babel",
        "PIL",
        "yaml",
        "watchfiles",
    )
    program = (
        "import contextlib, sys; from octavo.cli import main\n"
        "with contextlib.suppress(SystemExit): main(['--help'])\n"
        f"print([name for name in {heavy} if name in sys.modules])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout.startswith("Usage: ")
    assert result.stdout.endswith("\n[]\n")


def test_build_py_is_the_door(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "html", "--output", str(tmp_path / "dist")],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "dist" / "site" / "index.html").is_file()


# On a terminal


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_progress_is_shown_on_a_terminal_alone(book: Path, output: Path) -> None:
    import pty  # noqa: PLC0415 (Windows has no such module)

    terminal, line = pty.openpty()
    command = [sys.executable, "-m", "octavo", "html", str(book), "--output", str(output)]
    started = subprocess.Popen(command, stderr=line, env=environment() | {"TERM": "xterm"})
    os.close(line)
    shown = b""
    with suppress(OSError):  # which Linux raises at the end
        while part := os.read(terminal, 1000):
            shown += part
    os.close(terminal)
    assert started.wait() == 0
    assert b"html" in shown  # the last stage; how many of the short ones are seen is a matter of luck
    assert run("html", book, "--output", output).stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("arguments", [["explain", "glyph-missing"], ["--help"]])
def test_where_there_is_no_room_for_what_is_printed_it_is_said(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "octavo", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("error: not all of it could be printed: ")
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr

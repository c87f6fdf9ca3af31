"""How a process ends: at once, but behind all that is to be done then, with its status, and what it printed whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

_BEFORE = "import atexit, functools, sys; from octavo.ending import one_command\n"
# What is taken apart when Python ends says so.
_LAST = "last = type('Last', (), {'__del__': functools.partial(print, 'taken apart')})()\n"


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("status", [0, 3])
def test_what_is_to_be_done_at_the_end_is_done_and_nothing_is_taken_apart(status: int) -> None:
    command = f"with one_command(): atexit.register(print, 'done'); print('begun'); sys.exit({status})"
    ended = run(f"{_BEFORE}{_LAST}{command}")
    assert (ended.returncode, ended.stdout, ended.stderr) == (status, "begun\ndone\n", "")


@pytest.mark.parametrize(
    ("command", "status"),
    [("sys.exit('words')", 1), ("print(end='')", 0), ("1 / 0", 1)],
    ids=["words", "no status", "traceback"],
)
def test_without_a_number_python_ends_as_it_does(command: str, status: int) -> None:
    ended = run(f"{_BEFORE}{_LAST}with one_command(): {command}")
    assert (ended.returncode, ended.stdout) == (status, "taken apart\n")


def test_what_was_to_be_done_before_is_not_cut_short() -> None:
    ended = run(f"{_BEFORE}{_LAST}atexit.register(print, 'measured')\nwith one_command(): sys.exit(0)")
    assert (ended.returncode, ended.stdout) == (0, "measured\ntaken apart\n")


def test_a_command_ends_with_its_status() -> None:
    ended = run("import sys; sys.argv = ['octavo', 'explain', 'nothing']; from octavo.cli import main; main()")
    assert ended.returncode == 2
    assert "there is no rule" in ended.stderr

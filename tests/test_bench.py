"""What `make bench` runs still runs: on a book so small that it costs nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_the_cost_of_parsing_is_measured_on_a_sound_book() -> None:
    command = [sys.executable, "bench/bench_parse.py", "--sizes", "0.02", "0.03"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.stderr == ""
    assert run.stdout.count(" MB ") == 2 * 2
    assert run.stdout.count("the largest for the smallest") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9")
def test_builds_that_are_killed_leave_the_last_good_outputs() -> None:
    """Kill a few builds; `python bench/kill_builds.py` kills fifty, of all formats."""
    book = ROOT / "tests" / "cases" / "plain" / "source"
    command = [sys.executable, "bench/kill_builds.py", "--kills", "3", "--to", "html", str(book)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    killed = re.findall(r"^ *(\d+)  (?:old|new): the outputs after a build that was killed$", run.stdout, re.MULTILINE)
    assert sum(map(int, killed)) == 3


def test_each_addition_that_is_measured_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "bench")
    from bench_pdf_additions import ADDITIONS  # noqa: PLC0415

    sources = [path.read_text("utf-8") for path in sorted((ROOT / "octavo/pdf/patches").glob("*.py"))]
    patched = {name for source in sources for name in re.findall(r'Patch\([^()]*name="(\w+)"', source, re.DOTALL)}
    for addition in ADDITIONS.values():
        assert set(addition.patched) <= patched
        assert addition.patched or addition.changed
        for path, _ in addition.changed:
            assert resolve_name(path), path

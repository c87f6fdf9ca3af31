"""What `make bench` runs still runs: on a book so small that it costs nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_cost_of_parsing_is_measured_on_a_sound_book() -> None:
    command = [sys.executable, "bench/bench_parse.py", "--sizes", "0.02", "0.03"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.stderr == ""
    assert run.stdout.count(" MB ") == 2 * 2
    assert run.stdout.count("the largest for the smallest") == 2

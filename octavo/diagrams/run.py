"""Run a program that draws: text on its standard input, its drawing on its standard output, within limits.

The text is somebody's, and what the program does with it is not known: it gets an empty folder, little time, and is
heard only up to a size.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer
from typing import IO

SECONDS = 20.0
BYTES = 8 << 20  # of a drawing; one of five hundred boxes has a quarter of one MB
_COMPLAINT = 2000  # bytes of what a program complains of


class NotDrawnError(Exception):
    """Say in the words of the program why there is no drawing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound a program: the time that it may take, in seconds, and the bytes that it may write."""

    time: float = SECONDS
    size: int = BYTES


def run(command: Sequence[str], source: str, limits: Limits) -> bytes:
    """Return what a program writes of a source. Raises NotDrawnError."""
    with TemporaryDirectory(prefix="octavo-") as folder, TemporaryFile() as given, TemporaryFile() as complaint:
        given.write(source.encode())
        given.seek(0)
        try:
            process = subprocess.Popen(
                command,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=complaint,
                cwd=folder,
                env=_surroundings(folder),
                start_new_session=True,
            )
        except OSError as error:
            raise NotDrawnError(f"the program cannot be run: {error.strerror}") from error
        drawing, in_time = _heard(process, limits)
        if not in_time:
            raise NotDrawnError(f"the drawing was not ready after {limits.time:g} seconds")
        if len(drawing) > limits.size:
            raise NotDrawnError(f"the drawing has more than {limits.size:,} bytes")
        if process.returncode != 0:
            raise NotDrawnError(_words(complaint) or f"the program ended with status {process.returncode}")
        return drawing


def _surroundings(folder: str) -> dict[str, str]:
    # Graphviz reads pictures and shapes from GV_FILE_PATH alone; before version 10 only where a server is named.
    return os.environ | {"GV_FILE_PATH": folder, "SERVER_NAME": "octavo", "LC_ALL": "C.UTF-8"}


def _heard(process: subprocess.Popen[bytes], limits: Limits) -> tuple[bytes, bool]:
    """Return what a program wrote, one byte more than the limit at most, and whether it ended in time."""
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        _kill(process)

    timer = Timer(limits.time, end)
    timer.start()
    assert process.stdout is not None
    try:
        with process.stdout as output:
            drawing = output.read(limits.size + 1)
        if len(drawing) > limits.size:
            _kill(process)
        process.wait()
    finally:
        timer.cancel()
    return drawing, not late


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and those that it started, which would hold its output open."""
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):  # it may have ended by itself meanwhile
        os.killpg(process.pid, signal.SIGKILL)


def _words(complaint: IO[bytes]) -> str:
    complaint.seek(0)
    lines = complaint.read(_COMPLAINT).decode("utf-8", "replace").split("\n")
    return "; ".join(line.strip() for line in lines if line.strip())

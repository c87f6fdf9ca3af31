"""A process that runs one command and ends: what is gone with it anyway is neither searched nor taken apart before.

A book of laid-out pages is some million objects, and Python would spend a twentieth of a whole build on them.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_command() -> Iterator[None]:
    """Do inside all that this process is for: when Python ends it with a status, it ends at once.

    It does so behind all else that is to be done at the end, unless something is that was asked for before: programs
    that measure, or that look for faults, do so.
    """
    gc.disable()  # Python would look for cycles while it loads modules
    status: list[object] = []
    if not atexit._ncallbacks():
        atexit.register(_end, status)
    try:
        yield
    except SystemExit as end:
        status.append(end.code)
        raise
    finally:
        gc.freeze()  # and once more through all that there is when it ends


def _end(status: list[object]) -> None:
    """End the process, if it has a number for a status, and what was printed can be handed on; else Python does."""
    if not status or not isinstance(status[0], int):
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(status[0])

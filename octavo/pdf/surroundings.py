"""What surrounds a build and must leave no trace in it: the language of whoever runs it, and the clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_NEUTRAL = {
    # fontconfig prefers fonts by the user's locale, and with them changes the height of lines. It asks once a process.
    "FC_LANG": "en",
    # fontTools dates the fonts that WeasyPrint has it make from variable ones.
    "SOURCE_DATE_EPOCH": "0",
}


@contextmanager
def neutral() -> Iterator[None]:
    """Let the libraries below find the same environment everywhere, for a while."""
    before = {name: os.environ.get(name) for name in _NEUTRAL}
    os.environ.update(_NEUTRAL)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

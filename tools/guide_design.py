"""The passes and the reason for the place of each, as `octavo/normalise/passes.py` has them."""

from __future__ import annotations

import inspect
import re

from octavo.normalise import passes

_LINE = re.compile(r"^    (?P<name>\w+),(?:  # (?P<reason>.+))?$", re.MULTILINE)


def passes_in_order() -> str:
    """Return a table of the passes; one without a reason of its own has that of the pass above it."""
    listed = inspect.getsource(passes).partition("PASSES: ")[2].partition("\n)")[0]
    rows = ["| pass | why it has its place |", "|---|---|"]
    rows += [f"| `{found['name']}` | {found['reason'] or 'with the one above'} |" for found in _LINE.finditer(listed)]
    return "\n".join(rows)
